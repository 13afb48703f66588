// Print the page, copy the identifier.
for (const extras of document.querySelectorAll('.extras')) {
  extras.hidden = false;
  extras.querySelector('[data-do="print"]')?.addEventListener('click', () => print());
  extras.querySelector('[data-do="copy"]')?.addEventListener('click', async () => {
    await navigator.clipboard.writeText(extras.dataset.copy);
    extras.querySelector('[role="status"]').textContent = extras.dataset.copied;
  });
}
