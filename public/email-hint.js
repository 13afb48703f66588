// Guesses the domain somebody meant to type. The server asks it too: one rule for both sides.

/** What may be suggested: the mailboxes of France, the commonest first. */
const common =
  'gmail.com orange.fr hotmail.fr hotmail.com wanadoo.fr free.fr sfr.fr laposte.net outlook.fr outlook.com yahoo.fr yahoo.com live.fr icloud.com bbox.fr'.split(
    ' ',
  );

/** Real domains that look like one of them; some have one in many countries. */
const real =
  /^((y|e|google)?mail\.com|(live|msn|me|aol|gmx|orange|cloud)\.com|(aol|neuf|laposte)\.fr|(hotmail|outlook|yahoo|live|gmx)\.(be|ca|ch|de|dk|es|fr|gr|ie|it|nl|no|pl|pt|ro|se|co\.uk))$/;

/**
 * The address that was probably meant; empty when there is nothing to suggest.
 * @param {string} address as typed
 */
export function suggestEmail(address) {
  const [, person, typed = ''] = /^(.+)@(.+)$/.exec(address.trim()) ?? [];
  const domain = typed.toLowerCase();
  if (!domain || common.includes(domain) || real.test(domain)) return '';
  let [best, least] = ['', Infinity];
  for (const meant of common) {
    const name = meant.replace(/\..*/, '');
    // The shorter a name, the more others look like it.
    const near = distance(domain, meant, name.length > 6 ? 2 : name.length > 3 ? 1 : 0);
    // Or the right name with another ending, or none: gmail.fr, orange.
    const steps = Math.min(near, domain.replace(/\..*/, '') === name ? 1.5 : Infinity);
    if (steps < least) [best, least] = [meant, steps];
  }
  return best && `${person}@${best}`;
}

/**
 * Letters to add, drop, change or swap with the next, up to `most`.
 * @param {string} one @param {string} other @param {number} most
 * @returns {number}
 */
function distance(one, other, most) {
  if (one === other) return 0;
  if (most < 1) return Infinity;
  const [a, b] = [one.slice(1), other.slice(1)];
  if (one[0] === other[0]) return distance(a, b, most);
  const isSwap = one[0] === other[1] && one[1] === other[0];
  const swapped = isSwap ? distance(one.slice(2), other.slice(2), most - 1) : Infinity;
  const rest = [distance(a, other, most - 1), distance(one, b, most - 1), distance(a, b, most - 1)];
  return 1 + Math.min(swapped, ...rest);
}
