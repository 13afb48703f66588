// Names of people and companies: tolerant on form (case, accents, signs), strict on content.

const CIVILITY = 'M|MR|MME|MLLE|MELLE|MONSIEUR|MADAME|MADEMOISELLE';
/** "MME X", "M. ET MME X", "X MADAME". A lone M counts only before a space or a dot: not in M'BAYE. */
const LEADING_CIVILITY = new RegExp(
  `^\\s*(?:(?:M|MR|MONSIEUR)\\.?\\s*(?:ET|OU|&|/)\\s*)?(?:${CIVILITY})(?:\\.\\s*|\\s+)(?=\\S)`,
  'i',
);
const TRAILING_CIVILITY = /\s(?:MME|MLLE|MONSIEUR|MADAME|MADEMOISELLE)\s*$/i;

/** Landlords write both names of one person in one field: « DUPONT NEE MARTIN », « DUPONT / MARTIN ». */
const NAME_JOINTS =
  /\/|(?<![\p{L}’'])(?:N[ÉE]E?|[ÉE]POUSE|EPSE|EP|VEUVE|VVE|DIVORC[ÉE]E?|USAGE)(?![\p{L}’'])/iu;

/** Particles stay small inside a name: Maria de Fatima da Silva. */
const PARTICLES = new Set('de du des da di do dos von van'.split(' '));

const LEGAL_FORMS = new Set(
  'SARL SAS SASU SA EURL EI EIRL SCI SNC SCOP SCP SELARL GIE STE SOCIETE ETS ETABLISSEMENTS ENTREPRISE ENT'.split(
    ' ',
  ),
);

/** Most of a landlord's file is plain ASCII: folding 100,000 lines takes a third of the time. */
const PLAIN = /^[ -~]*$/;

/** `Œuvré-d’Ornano` → `OEUVRE-D'ORNANO`: capitals without accents, signs kept. */
export function withoutAccents(text: string): string {
  if (PLAIN.test(text)) return text.toUpperCase();
  // The accents first: what is left of ǽ is an æ.
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/Œ/g, 'OE')
    .replace(/Æ/g, 'AE')
    .replace(/Ø/g, 'O');
}

/** The words of a name: capitals, no accents, cut at every sign that is neither letter nor digit. */
export function words(text: string): string[] {
  return withoutAccents(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** One form of a name for comparing whole: `D’Ornano`, `d ornano` and `DORNANO` are all `DORNANO`. */
export function foldName(name: string): string {
  if (PLAIN.test(name)) return name.toUpperCase().replace(/[^A-Z0-9]+/g, '');
  return words(name).join('');
}

/** A company's name for comparing: folded, `&` read as ET, without its legal form (SARL, SAS …). */
export function foldCompany(name: string): string {
  // `S.A.R.L.` is one word, not four.
  const found = words(name.replace(/&/g, ' ET ').replace(/\b(\p{L})\.(?=\p{L}\b)/gu, '$1'));
  const core = found.filter((word) => !LEGAL_FORMS.has(word));
  return (core.length > 0 ? core : found).join('');
}

/**
 * The family names one field may hold, folded: `MME DUPONT NEE MARTIN` → `DUPONT`, `MARTIN`,
 * and both together in either order. Empty when no letter is in it.
 */
export function familyNames(name: string): string[] {
  const plain = withoutAccents(name).trim();
  const bare = plain.replace(LEADING_CIVILITY, '').replace(TRAILING_CIVILITY, '');
  const parts = bare.split(NAME_JOINTS).map(foldName).filter(Boolean);
  const names = parts.length < 2 ? parts : [...parts, parts.join(''), parts.toReversed().join('')];
  // « M BAYE » is Mr Baye, or M'Baye without his apostrophe.
  return /^M\s/.test(plain) && names.length > 0 ? [...names, foldName(plain)] : names;
}

/** Two names in one field are four ways to write them, three are five: more is a list, and a list is a guess. */
const MOST_WAYS = 5;

/** Whether a person may have typed a name of their own: in letters, and no list of names. */
export function isName(typed: string): boolean {
  return /\p{L}/u.test(typed) && foldName(typed) !== '' && familyNames(typed).length <= MOST_WAYS;
}

/** Whether two family-name fields share a name. */
export function sameFamilyName(a: string, b: string): boolean {
  const known = new Set(familyNames(b));
  return familyNames(a).some((name) => known.has(name));
}

/**
 * How well two given-name fields agree: `exact`; `first` when the shorter one holds only the
 * first given name or names of the other; `no` otherwise.
 */
export function compareGivenNames(a: string, b: string): 'exact' | 'first' | 'no' {
  const [one, other] = [words(a), words(b)];
  if (one.length === 0 || other.length === 0) return 'no';
  if (one.join('') === other.join('')) return 'exact';
  return startsWithNames(one, other) || startsWithNames(other, one) ? 'first' : 'no';
}

/** Whether the first words of `long`, joined, are exactly `short`. */
function startsWithNames(long: string[], short: string[]): boolean {
  const wanted = short.join('');
  return long.some((_, index) => long.slice(0, index).join('') === wanted);
}

/** How a person or a company is greeted, from the landlord's file: without civility, by the first family name. */
export function fullName(client: {
  givenName: string | null;
  familyName: string | null;
  companyName: string | null;
}): string {
  const family = (client.familyName ?? '').replace(LEADING_CIVILITY, '').replace(TRAILING_CIVILITY, '');
  const [first] = family.split(NAME_JOINTS).filter((part) => foldName(part) !== '');
  if (client.companyName) return typographic(client.companyName);
  return [client.givenName ?? '', first ?? ''].map(titleCase).join(' ').trim();
}

/** `PIERRE D'ORNANO` → `Pierre d’Ornano`: the file shouts, the portal does not. Mixed case is left as it is. */
export function titleCase(name: string): string {
  const plain = typographic(name.trim());
  if (plain !== plain.toUpperCase()) return plain;
  return plain.toLowerCase().replace(/[\p{L}\p{M}]+/gu, (word, at: number, all: string) => {
    const isParticle = PARTICLES.has(word) || (word === 'd' && all[at + 1] === '’');
    return isParticle ? word : word.charAt(0).toUpperCase() + word.slice(1);
  });
}

function typographic(name: string): string {
  return name.replace(/'/g, '’');
}
