// The client number ("référence client", "numéro locataire") as people really type it.

/**
 * The key under which a reference is stored and looked for: its digits without leading zeros
 * (`00471`, `471.`, `L 471` are all `471`); a reference without any digit keeps its letters.
 */
export function referenceKey(reference: string): string {
  const plain = lettersAndDigits(reference);
  return plain.replace(/\D/g, '').replace(/^0+/, '') || plain;
}

/**
 * The keys a typed reference may denote, the likeliest first. The notice prints `471 4`
 * for client 471, and many copy that last digit although the leaflet asks to leave it out.
 */
export function possibleReferenceKeys(typed: string): string[] {
  const key = referenceKey(typed);
  return /^\d{2,}$/.test(key) ? [key, key.slice(0, -1)] : [key];
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
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
}
