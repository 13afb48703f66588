// Comfort only: every page works without this file.

// A form that came back starts at what is to mend.
document.querySelector('.summary')?.focus();

// Show and hide a password.
for (const input of document.querySelectorAll('input[type="password"]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'second';
  button.setAttribute('aria-controls', input.id);
  const tell = (shown) => {
    input.type = shown ? 'text' : 'password';
    button.textContent = shown ? 'Cacher' : 'Voir';
    button.setAttribute('aria-label', `${button.textContent} le mot de passe`);
  };
  button.addEventListener('click', () => tell(input.type === 'password'));
  // Browsers save passwords, not texts.
  input.form?.addEventListener('submit', () => tell(false));
  const row = document.createElement('div');
  row.className = 'with-toggle';
  input.replaceWith(row);
  row.append(input, button);
  tell(false);
}

// The password rule, ticked while typing.
const lines = {
  length: /^.{8,}$/su,
  upper: /\p{Lu}/u,
  lower: /\p{Ll}/u,
  digit: /\p{Nd}/u,
  special: /[^\p{L}\p{N}]/u,
};
const chosen = document.querySelector('.rule ~ .field input[name="mot_de_passe"]');
chosen?.addEventListener('input', () => {
  for (const item of document.querySelectorAll('.rule [data-line]')) {
    item.classList.toggle('met', lines[item.dataset.line].test(chosen.value.normalize('NFKC')));
  }
});

// The address that was probably meant.
const hint = document.querySelector('.suggestion');
if (hint) {
  const [words, meant, button] = hint.querySelectorAll('span, strong, button');
  const fields = document.querySelectorAll('input[type="email"]');
  const suggest = (address) => {
    meant.textContent = address;
    words.hidden = button.hidden = !address;
  };
  suggest(meant.textContent);
  fields[0].addEventListener('change', async () => {
    const { suggestEmail } = await import('/email-hint.js');
    suggest(suggestEmail(fields[0].value));
  });
  button.addEventListener('click', () => {
    for (const input of fields) input.value = meant.textContent;
    suggest('');
    fields[0].focus();
  });
}

// What only some pages have.
for (const part of ['fate', 'extras']) {
  if (document.querySelector(`.${part}`)) import(`/${part}.js`);
}

// A form leaves once: a second press within eight seconds is not sent.
let left = 0;
addEventListener('submit', (event) => {
  if (Date.now() < left + 8000) event.preventDefault();
  else left = Date.now();
});
addEventListener('pageshow', () => (left = 0));
