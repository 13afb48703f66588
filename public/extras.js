// Print the page, copy the identifier.
for (const extras of document.querySelectorAll('.extras')) {
  const [print, copy, said] = ['[data-do="print"]', '[data-do="copy"]', '[role="status"]'].map((part) =>
    extras.querySelector(part),
  );
  extras.hidden = false;
  if (print) print.addEventListener('click', () => window.print());
  if (copy) {
    // Browsers of before 2020 cannot.
    copy.hidden = !navigator.clipboard;
    copy.addEventListener('click', async () => {
      await navigator.clipboard.writeText(extras.dataset.copy);
      said.textContent = extras.dataset.copied;
    });
  }
}
