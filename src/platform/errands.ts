// The setting SERVICES: what tenants come for and another site does, named and ordered by the landlord.

/** Shown on the sign-in page too when it is public. */
export type Errand = { label: string; address: string; isPublic: boolean };

/** More would be a list to search, not one to see; a longer label fills three lines of a small phone. */
const MOST = { errands: 8, label: 60 };

const PUBLIC = 'public';

/** `Payer mon loyer | https://paiement.example.fr | public; …`, in that order; an empty entry is left out. */
export function readErrands(written: string): Errand[] {
  return entriesOf(written).map(([label = '', address = '', mark]) => ({
    label,
    address,
    isPublic: mark === PUBLIC,
  }));
}

/** What is wrong with the setting, to be said behind its name; undefined when nothing is. */
export function errandsFault(written: string): string | undefined {
  const entries = entriesOf(written);
  if (entries.length > MOST.errands) return `has ${entries.length} entries: ${MOST.errands} at most`;
  const faults = entries.map((entry) => entryFault(entry, entries));
  const nth = faults.findIndex((fault) => fault !== undefined);
  return nth < 0 ? undefined : `is wrong in entry ${nth + 1}: ${faults[nth]}`;
}

function entryFault([label = '', address = '', ...marks]: string[], entries: string[][]): string | undefined {
  if (label === '') return 'it has no label';
  if ([...label].length > MOST.label) return `its label has more than ${MOST.label} letters`;
  if (entries.filter(([other]) => other === label).length > 1) return 'its label is there twice';
  if (!isAddress(address)) return 'behind its label and « | » must stand an address that begins with https:';
  const isMarked = marks.length === 0 || (marks.length === 1 && marks[0] === PUBLIC);
  return isMarked ? undefined : `behind its address may stand « | ${PUBLIC} » and nothing else`;
}

function isAddress(written: string): boolean {
  const url = URL.parse(written);
  return url?.protocol === 'https:' && url.username + url.password === '' && !/\s/.test(written);
}

function entriesOf(written: string): string[][] {
  const entries = written.split(';').filter((entry) => entry.trim() !== '');
  return entries.map((entry) => entry.split('|').map((part) => part.trim()));
}
