// Comfort only: every page works without this file. Written for browsers of 2018 (test/old-browsers.test.ts).

// A form that came back starts at what is to mend; each line leads to its field, seen from its label on.
const summary = document.querySelector('.summary');
if (summary) {
  summary.focus();
  summary.addEventListener('click', ({ target }) => {
    const field = target.hash && document.getElementById(target.hash.slice(1));
    if (!field) return;
    // Once the browser has gone there by itself.
    setTimeout(() => {
      field.focus();
      (field.closest('.field, fieldset') || field).scrollIntoView();
    });
  });
}

// Show and hide a password, and say which.
for (const input of document.querySelectorAll('input[type="password"]')) {
  const [button, said] = ['button', 'span'].map((tag) => document.createElement(tag));
  const label = document.querySelector(`label[for="${input.id}"]`).firstChild.textContent;
  const tell = (shown) => {
    input.type = shown ? 'text' : 'password';
    button.textContent = shown ? 'Cacher' : 'Voir';
    button.setAttribute('aria-label', `${button.textContent} : ${label}`);
  };
  button.type = 'button';
  button.className = 'second';
  button.setAttribute('aria-controls', input.id);
  button.addEventListener('click', () => {
    tell(input.type === 'password');
    said.textContent = input.type === 'text' ? 'Le mot de passe est affiché.' : 'Le mot de passe est caché.';
  });
  said.className = 'offscreen';
  said.setAttribute('role', 'status');
  // Browsers save passwords, not texts.
  if (input.form) input.form.addEventListener('submit', () => tell(false));
  // Beside the field, which stays in its place: one that is moved loses the focus of who types already.
  input.parentNode.append(button, said);
  tell(false);
}

// What only some pages have.
for (const part of ['rule', 'suggestion', 'fate', 'extras', 'passkey']) {
  if (document.querySelector(`.${part}`)) import(`./${part}.js`);
}

// A form leaves once: a second press within eight seconds is not sent, and the button says why.
let pressed;
addEventListener('submit', (event) => {
  if (pressed) return event.preventDefault();
  const button = event.target.querySelector('[type="submit"]');
  const words = button.textContent;
  const timer = setTimeout(() => pressed(), 8000);
  pressed = () => {
    clearTimeout(timer);
    button.textContent = words;
    button.removeAttribute('aria-disabled');
    pressed = undefined;
  };
  button.setAttribute('aria-disabled', true);
  button.textContent = 'Envoi en cours…';
});
// Back on the page, as a phone keeps it.
addEventListener('pageshow', () => {
  if (pressed) pressed();
});
