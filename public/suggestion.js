// The address that was probably meant: fetched with the page, ready when the field is left.
import { suggestEmail } from './email-hint.js';

const [place] = document.querySelectorAll('.suggestion');
const { before, after, accept } = place.dataset;
const [words] = place.children;
const fields = document.querySelectorAll('input[type="email"]');
const button = document.createElement('button');
button.type = 'button';
button.className = 'second';
button.textContent = accept;

const suggest = (address) => {
  const meant = document.createElement('strong');
  meant.textContent = address;
  words.textContent = '';
  button.remove();
  if (!address) return;
  words.append(before, ' ', meant, after);
  place.append(button);
};

suggest(suggestEmail(fields[0].value));
fields[0].addEventListener('change', () => suggest(suggestEmail(fields[0].value)));
button.addEventListener('click', () => {
  const meant = suggestEmail(fields[0].value);
  for (const input of fields) input.value = meant;
  suggest('');
  fields[0].focus();
});
