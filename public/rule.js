// The lines of the password's rule, ticked while it is typed; what is still missing is said once the typing rests.
import { passwordLines } from './password-lines.js';

const rule = document.getElementById('regle');
const tests = passwordLines(rule.dataset.least);
const chosen = document.querySelector('input[name="mot_de_passe"]');
const said = document.createElement('p');
said.className = 'offscreen';
said.setAttribute('role', 'status');
rule.after(said);

let rest;
const judge = () => {
  const missing = [];
  for (const line of rule.children) {
    const isMet = tests[line.dataset.line].test(chosen.value.normalize('NFKC'));
    line.classList.toggle('met', isMet);
    if (!isMet) missing.push(line.textContent);
  }
  const { missing: words, complete } = rule.dataset;
  clearTimeout(rest);
  rest = setTimeout(() => {
    said.textContent = missing.length ? `${words} ${missing.join(', ')}` : complete;
  }, 1000);
};
chosen.addEventListener('input', judge);
// On a slow network somebody types before this comes.
if (chosen.value) judge();
