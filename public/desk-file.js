// Sends the client file with a bar, and keeps it: what was compared is applied without choosing it again. Without this
// file the form sends itself.
const LOST =
  'L’envoi n’a pas abouti : rien n’a été changé. Choisissez de nouveau le fichier, ou rechargez la page.';
let request;

const send = (form) => {
  const [file] = form.elements.fichier.files;
  const button = form.querySelector('[type="submit"]');
  const [place, bar, said] = ['div', 'progress', 'p'].map((tag) => document.createElement(tag));
  for (const old of form.querySelectorAll('.sending')) old.remove();
  place.className = 'sending';
  said.setAttribute('role', 'status');
  bar.setAttribute('aria-label', 'Envoi du fichier');
  place.append(said, bar);
  button.before(place);
  button.setAttribute('aria-disabled', true);
  // Said once it stands in the page, or it is not read aloud.
  setTimeout(() => {
    said.textContent = `Envoi de ${file.name}…`;
  });
  const over = (words) => {
    request = undefined;
    button.removeAttribute('aria-disabled');
    bar.remove();
    said.textContent = words;
  };
  request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.responseType = 'document';
  request.upload.onprogress = ({ loaded, total }) => {
    bar.max = total;
    bar.value = loaded;
  };
  request.upload.onload = () => {
    bar.removeAttribute('value');
    said.textContent = 'Le fichier est arrivé : le portail le lit…';
  };
  request.onerror = () => over(LOST);
  request.onload = () => {
    const { response, responseURL } = request;
    request = undefined;
    if (responseURL && responseURL !== form.action) return location.assign(responseURL);
    const main = response ? response.querySelector('main') : null;
    if (!main) return over(LOST);
    show(main, response.title, file);
  };
  request.send(new FormData(form));
};

/** The answer takes the page's place, with the same file in its form. */
const show = (main, title, file) => {
  const again = main.querySelector('[name="fichier"]');
  const parcel = new DataTransfer();
  parcel.items.add(file);
  document.title = title;
  document.querySelector('main').replaceWith(main);
  if (again) again.files = parcel.files;
  for (const hint of main.querySelectorAll('[data-kept]')) hint.textContent = hint.dataset.kept;
  scrollTo(0, 0);
  (main.querySelector('.summary') || main).focus();
};

// Before the script of every page: a form that stays has no second press to fear.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('.send-file')) return;
  const [file] = form.elements.fichier.files;
  if (!file) return;
  event.preventDefault();
  event.stopPropagation();
  if (!request) send(form);
});

// A file on its way is lost with its page.
addEventListener('beforeunload', (event) => {
  if (!request) return;
  event.preventDefault();
  event.returnValue = '';
});
