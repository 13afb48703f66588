// A name as the words it is compared by, and which of them are names: the rest stands beside or between them.

import { PLAIN, WESTERN, withoutAccents } from '../platform/letters.ts';

const set = (list: string) => new Set(list.split(' '));

/** Words before or behind a name that address a letter and are no part of the name. */
const BESIDE = set(
  'M MM MR MRS MME MMES MLE MLLE MLLES MELLE MONSIEUR MESSIEURS MADAME MESDAMES MADEMOISELLE MESDEMOISELLES DR ' +
    'INDIVISION SUCCESSION CONSORTS HERITIERS HOIRIE ET OU',
);

/** Words between the two names of one person: « DUPONT NEE MARTIN ». */
const JOINTS = set(
  'NE NEE EPOUSE EPOUX EPSE EPS EP VEUVE VEUF VVE VE DIVORCE DIVORCEE DIV DIT DITE ALIAS NOM USAGE NAISSANCE NJF JF',
);

/** Small words before a name, which are written or left out: « DE LA FOATA », « BEN ALI », « VAN DER BERG ». */
const PARTICLES = set(
  'DE DU DES D DA DAS DO DOS DI DEI DEL DELLA DELLE DEGLI LE LA LES L VAN VON DER DEN TEN TER ZU AF EL AL BEN IBN BINT BENT ' +
    'OULD AIT ABOU ABU MAC MC',
);

// Not the accent ´ alone: the modifier letters, primes and marks of other scripts that stand for an apostrophe.
const APOSTROPHE = "['’‘‚‛`´′‵＇ꞌ՚׳ߴߵ\\u02b0-\\u02ff]";
/** D’ and L’ are words of their own; in M’BAYE, LOZAC’H, TE’URA the apostrophe is no cut. */
const ELISION = new RegExp(`(?<![\\p{L}\\p{M}])([DL])${APOSTROPHE}+(?=\\p{L})`, 'giu');
const APOSTROPHES = new RegExp(APOSTROPHE, 'gu');
/** « Mª », « Nº »: a sign of abbreviation; and the dot in the middle of a Catalan « l·l ». */
const NO_LETTERS = /[ªº·]/g;
/** Every dash; the long sign of Japanese keyboards, which Unicode calls a letter, among them. */
const DASH = /[\p{Pd}−⁃ーｰ]/gu;

/** The words of a name: capitals, no accents, cut at every sign but an apostrophe within a word. */
export function words(text: string): string[] {
  return boundWords(text).map(bare);
}

/** The same, where a dash binds a word to the one before it: `MARIE-DOMINIQUE ANNE` → `MARIE`, `-DOMINIQUE`, `ANNE`. */
function boundWords(text: string): string[] {
  return (inSigns(text).match(/-?[\p{L}\p{N}]+/gu) ?? []).map((word, at) => (at === 0 ? bare(word) : word));
}

/** A word of `boundWords` without its dash. */
export const bare = (word: string) => (word.startsWith('-') ? word.slice(1) : word);

/** The name in capitals, its apostrophes gone, its dashes of one kind. */
function inSigns(text: string): string {
  const whole = text.replace(ELISION, '$1 ').replace(APOSTROPHES, '');
  if (PLAIN.test(whole)) return whole.toUpperCase();
  // Once more behind the folding: some letters come apart into one of these.
  const folded = withoutAccents(whole.replace(NO_LETTERS, '')).replace(APOSTROPHES, '');
  return folded.replace(DASH, '-');
}

/** One form of a name for comparing whole: `D’Ornano`, `d ornano` and `DORNANO` are all `DORNANO`. */
export function foldName(name: string): string {
  if (WESTERN.test(name)) return withoutAccents(name).replace(/[^A-Z0-9]+/g, '');
  return words(name).join('');
}

/** ST and STE are SAINT and SAINTE. */
function personWords(name: string): string[] {
  return boundWords(name).map((word) => word.replace(/^(-?)ST(E?)$/, '$1SAINT$2'));
}

/** Letters that registers without accents write out: MÜLLER is MULLER or MUELLER. */
const WRITTEN_OUT: Record<string, string> = { Ä: 'AE', Ö: 'OE', Ü: 'UE', Å: 'AA', Ø: 'OE' };

/** The ways a name field may be written in plain letters, as `boundWords`: one, or two where a letter can be written out. */
export function readings(name: string): string[][] {
  const plain = personWords(name);
  if (PLAIN.test(name)) return [plain];
  const capitals = name.normalize('NFC').toUpperCase();
  const written = capitals.replace(/[ÄÖÜÅØ]/g, (letter) => WRITTEN_OUT[letter] ?? letter);
  return written === capitals ? [plain] : [plain, personWords(written)];
}

/**
 * Which of the words are names. Civilities, joints, particles and single letters are none, unless they are all there is
 * of a name: Mrs EP, Mr DU, Mr O.
 */
export function namesAmong(all: string[]): string[] {
  const named = unlessNone(all, (word) => !BESIDE.has(word));
  const parts = partsOf(named, isJoint).flatMap((part) => unlessNone(part, isName));
  return parts.length > 0 ? parts : named;
}

/** Whether a word stands beside a name: a civility, or the « et » and « ou » between two. */
export const isBeside = (word: string) => BESIDE.has(word);
/** Whether a word stands between two names of one person. */
export const isJoint = (word: string) => JOINTS.has(word);
/** Whether a word is a particle of names. */
export const isParticle = (word: string) => PARTICLES.has(word);
const isName = (word: string) => word.length > 1 && !isParticle(word) && /\p{L}/u.test(word);

/** Those that pass; all of them when none does. */
export function unlessNone<T>(all: T[], keep: (one: T) => boolean): T[] {
  const kept = all.filter(keep);
  return kept.length > 0 ? kept : all;
}

/** The names that joints stand between. Of two joints at one end, the outer one is a name: EP EPOUSE MARTIN. */
export function partsOf<T>(all: T[], isCut: (one: T) => boolean): T[][] {
  const parts: T[][] = [[]];
  const cuts = all.map(isCut);
  all.forEach((one, at) => {
    const isOuter = (at === 0 && cuts[1]) || (at > 0 && at === all.length - 1 && cuts[at - 1]);
    if (cuts[at] && !isOuter) parts.push([]);
    else parts.at(-1)?.push(one);
  });
  return parts.filter((part) => part.length > 0);
}

/** The marks that registers write for a given name that does not exist or is not known: nothing, a sign, XXX, SP, NC. */
const NO_GIVEN_NAME =
  /^(?:[^\p{L}\p{N}]*|X+|N[./][AC]\.?|N[CR]|S[./]?P\.?|NULL|NEANT|AUCUN|INCONNUE?|SANS(?: PRENOM)?|NON (?:RENSEIGNE|COMMUNIQUE))$/u;

/** Whether a given-name field says that there is none. */
export function isNoGivenName(field: string): boolean {
  // Nearly all are given names that begin with another letter.
  if (/^[B-HJ-MO-RT-WYZÉ]/i.test(field)) return false;
  return NO_GIVEN_NAME.test(withoutAccents(field).trim());
}
