// The client number ("référence client", "numéro locataire") as people really type it.

import { plainDigits, visible } from '../platform/letters.ts';

/**
 * The key under which a reference is stored and looked for: its digits without leading zeros
 * (`00471`, `471.`, `L 471` are all `471`); a reference without any digit keeps its letters.
 */
export function referenceKey(reference: string): string {
  const plain = lettersAndDigits(reference);
  return plain.replace(/\D/g, '').replace(/^0+/, '') || plain;
}

/**
 * The keys a typed reference may denote, the likeliest first: as it stands, then without its last digit, since the notice
 * prints `471 4` for client 471 and many copy that digit although the leaflet asks to leave it out. Where a letter stands
 * among the digits, as in `82O1O11`, also what it is with a digit in its place.
 */
export function possibleReferenceKeys(typed: string): string[] {
  const keys = [typed, digitsMeant(typed)].map(referenceKey);
  return [...new Set([...keys, ...keys.flatMap(withoutLastDigit)])];
}

function withoutLastDigit(key: string): string[] {
  return /^\d{2,}$/.test(key) ? [key.slice(0, -1)] : [];
}

/**
 * A number with the digits meant where letters stand among them: O for 0, I or a small l for 1. At an end such a letter is
 * the kind's: `L 471`.
 */
export function digitsMeant(typed: string): string {
  const text = visible(plainDigits(typed.normalize('NFKC'))).replace(/\s/g, '');
  return text.replace(/\d[OoIl|]+(?=\d)/g, (run) => run.replace(/[OoIl|]/g, likeDigit));
}

/** `O` → `0`, `I`, `l`, `|` → `1`. */
export function likeDigit(letter: string): string {
  return /o/i.test(letter) ? '0' : '1';
}

/** The 12-digit lease reference, crossed out on the leaflet: the one number people confuse with theirs. */
export function isLeaseReference(typed: string): boolean {
  return /^\d{12}$/.test(lettersAndDigits(typed));
}

/** Whether anything is left of the typed reference once spaces and signs are gone. */
export function hasReference(typed: string): boolean {
  return lettersAndDigits(typed) !== '';
}

function lettersAndDigits(text: string): string {
  // Most are plain digits: nothing to fold.
  if (/^[0-9A-Z]*$/.test(text)) return text;
  return plainDigits(text.normalize('NFKC'))
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
}
