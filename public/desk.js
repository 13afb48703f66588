// Comfort of the desk: « / » leads to the search from anywhere, on the desk's first page and on every other.
addEventListener('keydown', (event) => {
  const { target } = event;
  if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey) return;
  if (target instanceof Element && target.closest('input, select, textarea')) return;
  event.preventDefault();
  const box = document.getElementById('q');
  if (!box) {
    location.href = '/guichet';
    return;
  }
  box.focus();
  box.select();
});

// What only one page has.
if (document.querySelector('.send-file')) import('./desk-file.js');
