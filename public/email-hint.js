// The domain somebody meant to type: one rule for the server and the browser.

// The commonest first.
const common =
  'gmail.com orange.fr hotmail.fr hotmail.com wanadoo.fr free.fr sfr.fr laposte.net outlook.fr outlook.com yahoo.fr yahoo.com live.fr icloud.com bbox.fr';

// Real ones that look like them, some per country.
const real =
  /^([ye]?mail\.com|live\.com|orange\.com|cloud\.com|laposte\.fr|(hotmail|outlook|yahoo|live)\.(?!c[mo]$)(co\.)?[a-z]{2})$/;

/** The address that was probably meant, or nothing. @param {string} address */
export function suggestEmail(address) {
  const [, person, typed = ''] = /^(.+)@(.+)$/.exec(address.trim()) || [];
  const domain = typed.toLowerCase();
  let [best, least] = ['', Infinity];
  if (!domain || real.test(domain)) return best;
  for (const meant of common.split(' ')) {
    const [name = ''] = meant.split('.');
    // The shorter a name, the more others look like it.
    const near = distance(domain, meant, name.length > 6 ? 2 : name.length > 3 ? 1 : 0);
    // Or another ending: gmail.fr, orange.
    const steps = Math.min(near, domain.split('.')[0] === name ? 1.5 : Infinity);
    if (steps < least) [best, least] = [meant, steps];
  }
  return best && least ? `${person}@${best}` : '';
}

/**
 * Letters to add, drop, change or swap, up to `most`.
 * @type {(one: string, other: string, most: number) => number}
 */
const distance = (one, other, most) => {
  if (one === other) return 0;
  if (!most) return Infinity;
  const [a, b] = [one.slice(1), other.slice(1)];
  if (one[0] === other[0]) return distance(a, b, most);
  const isSwap = one[0] === b[0] && a[0] === other[0];
  const changed = isSwap ? distance(a.slice(1), b.slice(1), most - 1) : distance(a, b, most - 1);
  return 1 + Math.min(changed, distance(a, other, most - 1), distance(one, b, most - 1));
};
