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
  // A browser must save a password, not a text.
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

// The e-mail address that was probably meant.
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

// Print the page, copy the identifier.
for (const extras of document.querySelectorAll('.extras')) {
  extras.hidden = false;
  extras.querySelector('[data-do="print"]')?.addEventListener('click', () => print());
  extras.querySelector('[data-do="copy"]')?.addEventListener('click', async () => {
    await navigator.clipboard.writeText(extras.dataset.copy);
    extras.querySelector('[role="status"]').textContent = extras.dataset.copied;
  });
}

// Where a mail is on its way: its line is refreshed each ten seconds while it may still change, ten minutes at most.
const way = document.querySelector('.fate[data-refresh]');
const refresh = async () => {
  const answer = await fetch(way.dataset.refresh);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [said, now] = [way, page].map((place) => place.querySelector('.fate-line'));
  // What was waited for is over: the page that says so is another one.
  if (!now || now.matches('.lost')) return location.assign(way.dataset.refresh);
  if (said.textContent !== now.textContent) said.textContent = now.textContent;
};
for (let after = 10; way && after <= 600; after += 10) {
  setTimeout(() => document.hidden || refresh().catch(() => undefined), after * 1000);
}
