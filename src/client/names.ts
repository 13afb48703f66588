// Names of people compared: tolerant on form (case, accents, signs, what stands beside), strict on content.

import { bare, foldName, isJoint, namesAmong, partsOf, readings, unlessNone, words } from './name-words.ts';

export { foldCompany } from './company.ts';
export { fullName } from './greeting.ts';
export { foldName, isNoGivenName, words } from './name-words.ts';

/** How many words a person may type besides the names the file knows; with more it is a list, and a list is a guess. */
const MOST_OTHERS = 3;

/** The shortest family name in which a slip of the finger is forgiven: in a shorter one it makes another name. */
const LONG_NAME = 5;

/**
 * All that comparing sees of a name field: its words in their order, with an umlaut also those that write it out. (A dash
 * between given names only takes away: names with a dash agree with nothing that they would not agree with without it.)
 */
export function nameWords(field: string): string[] {
  return readings(field).flat().map(bare);
}

/** The family names one field may hold, folded: `MME DUPONT NEE MARTIN` → `DUPONT`, `MARTIN`, and the whole field. */
export function familyNames(field: string): string[] {
  const found = bareReadings(field).flatMap((all) => [...namesAmong(all), all.join('')]);
  return [...new Set(found)].filter(Boolean);
}

/** The names of one person that a field may join: « DUPONT EPOUSE MARTIN VEUVE LECA ». */
const MOST_JOINED = 3;

/** Whether a person may have typed a name: something in letters, and no list. */
export function isName(typed: string): boolean {
  const joined = typed.split('/').flatMap((part) => partsOf(words(part), isJoint));
  return /\p{L}/u.test(typed) && foldName(typed) !== '' && joined.length <= MOST_JOINED;
}

/**
 * How well a typed family-name field agrees with the file's: `exact`; `part` when the names of one are all among the
 * other's, in any order (half of a double name, a maiden name more); `no` otherwise.
 * @param own the person's words of the other field: written here too, by either side, they are neither proof nor guess
 */
export function compareFamilyNames(
  typed: string,
  known: string,
  own: string[] = [],
): 'exact' | 'part' | 'no' {
  const found = pairs(typed, known).map(([a, b]) => compareFamilies(a, b, own));
  return found.find((one) => one === 'exact') ?? found.find((one) => one === 'part') ?? 'no';
}

/** Whether two family-name fields agree, the first being the one that was typed. */
export function sameFamilyName(typed: string, known: string): boolean {
  return compareFamilyNames(typed, known) !== 'no';
}

function compareFamilies(a: string[], b: string[], own: string[]): 'exact' | 'part' | 'no' {
  if (a.length === 0 || b.length === 0) return 'no';
  if (a.join('') === b.join('')) return 'exact';
  const isOther = (name: string) => !own.includes(name);
  const typed = unlessNone(namesAmong(glued(a, b)), isOther);
  const known = unlessNone(namesAmong(glued(b, a)), isOther);
  const isAll = known.every((name) => typed.includes(name));
  const others = typed.filter((name) => !known.includes(name)).length;
  if (others === 0) return isAll ? 'exact' : 'part';
  return isAll && others <= MOST_OTHERS ? 'part' : 'no';
}

/**
 * Whether a typed family name is the file's but for one slip of the finger in one word: a letter more, less or other, or two
 * turned round.
 */
export function isSlipOf(typed: string, known: string): boolean {
  return pairs(typed, known).some(([a, b]) => {
    if (isOneSlip(a.join(''), b.join(''))) return true;
    const [one, other] = [namesAmong(glued(a, b)), namesAmong(glued(b, a))];
    const [slipped, ...more] = one.filter((name) => !other.includes(name));
    return slipped !== undefined && more.length === 0 && other.some((name) => isOneSlip(slipped, name));
  });
}

function isOneSlip(typed: string, name: string): boolean {
  if (name.length < LONG_NAME) return false;
  const shorter = Math.min(typed.length, name.length);
  let start = 0;
  while (start < shorter && typed[start] === name[start]) start += 1;
  let end = 0;
  while (end < shorter - start && typed.at(-1 - end) === name.at(-1 - end)) end += 1;
  const [one, other] = [typed.slice(start, typed.length - end), name.slice(start, name.length - end)];
  const isOneLetter = one !== other && one.length <= 1 && other.length <= 1;
  return isOneLetter || (one.length === 2 && other === `${one[1]}${one[0]}`);
}

/**
 * How well two given-name fields agree, the first being the one that was typed: `exact`; `first` when the given names of
 * one all stand among the other's, in their order, or an initial stands for one of them; `no` otherwise. None is guessed:
 * PASCAL is not PASCALE, JEAN-LUC is not JEAN-PAUL, MARIE-ANNE is not ANNE-MARIE, MARIE-DOMINIQUE is not DOMINIQUE.
 * @param own as in `compareFamilyNames`
 */
export function compareGivenNames(
  typed: string,
  known: string,
  own: string[] = [],
): 'exact' | 'first' | 'no' {
  const found = pairs(typed, known, readings).map(([a, b]) => compareGiven(a, b, own));
  return found.find((one) => one === 'exact') ?? found.find((one) => one === 'first') ?? 'no';
}

function compareGiven(a: string[], b: string[], own: string[]): 'exact' | 'first' | 'no' {
  if (a.length === 0 || b.length === 0) return 'no';
  if (isSameWhole(a, b)) return 'exact';
  const isOther = (name: string) => bare(name) !== 'ET' && bare(name) !== 'OU' && !own.includes(bare(name));
  const [typed, known] = [unlessNone(glued(a, b), isOther), unlessNone(glued(b, a), isOther)];
  if (standIn(typed, known, isSameOrInitial)) return 'first';
  const others = typed.length - known.length;
  return standIn(known, typed, isSameOrInitial) && others <= MOST_OTHERS ? 'first' : 'no';
}

/**
 * Whether whole names typed are among the file's, in the fields they belong to: all that is taken where the rest of the
 * proof is weak. No slip, no initial, nothing glued, nothing more than the file knows.
 */
export function holdsNames(
  typed: { familyName: string; givenName: string },
  known: { familyName: string; givenName: string },
): boolean {
  return (
    holdsFamilyName(typed.familyName, known.familyName) && holdsGivenName(typed.givenName, known.givenName)
  );
}

/** The same for the family name alone. */
export function holdsFamilyName(typed: string, known: string): boolean {
  return pairs(typed, known).some(([a, b]) => {
    const names = namesAmong(b);
    return isSameWhole(a, b) || (a.length > 0 && namesAmong(a).every((name) => names.includes(name)));
  });
}

function holdsGivenName(typed: string, known: string): boolean {
  const isSame = (one: string, other: string) => one === other;
  return pairs(typed, known, readings).some(([a, b]) => isSameWhole(a, b) || standIn(a, b, isSame));
}

const bareReadings = (field: string) => readings(field).map((all) => all.map(bare));

/** Every way of writing the one field with every way of writing the other. */
function pairs(one: string, other: string, waysOf = bareReadings): [string[], string[]][] {
  return waysOf(one).flatMap((a) => waysOf(other).map((b): [string[], string[]] => [a, b]));
}

function isSameWhole(a: string[], b: string[]): boolean {
  return a.length > 0 && a.map(bare).join('') === b.map(bare).join('');
}

/**
 * The words, some of them joined where the other side has them as one: DE LA FOATA beside DELAFOATA. A word spelled letter
 * by letter is not joined: it would hold every name its letters begin.
 */
function glued(all: string[], others: string[]): string[] {
  const whole = new Set(others.map(bare));
  const found: string[] = [];
  for (let at = 0; at < all.length; ) {
    const length = runLength(all.slice(at).map(bare), whole);
    const [first = '', ...rest] = all.slice(at, at + length);
    found.push(first + rest.map(bare).join(''));
    at += length;
  }
  return found;
}

function runLength(all: string[], whole: Set<string>): number {
  for (let length = all.length; length > 1; length -= 1) {
    const run = all.slice(0, length);
    const isSpelled = run.filter((word) => word.length === 1).length > 1;
    if (!isSpelled && whole.has(run.join(''))) return length;
  }
  return 1;
}

/**
 * Whether some given names stand among all, in their order, one at least as a whole word. What a dash binds is one name:
 * all of it stands there, or its beginning, MARIE for MARIE-DOMINIQUE.
 */
function standIn(some: string[], all: string[], isSame: (one: string, other: string) => boolean): boolean {
  let next = 0;
  let isAnyWhole = false;
  for (const name of some) {
    const found = all.findIndex((other, at) => {
      const isBehind = next > 0 && at === next;
      const isBound = name.startsWith('-') || other.startsWith('-');
      return at >= next && (isBehind || !isBound) && isSame(bare(name), bare(other));
    });
    if (found === -1) return false;
    isAnyWhole ||= bare(name).length > 1 && bare(all[found] ?? '') === bare(name);
    next = found + 1;
  }
  return isAnyWhole;
}

function isSameOrInitial(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return one === other || (short.length === 1 && long.startsWith(short));
}
