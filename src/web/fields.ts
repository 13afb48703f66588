// One line of text, the rule under most fields; and the identifier, which four forms ask for.

import * as z from 'zod/mini';
import { identifierStems, readIdentifier } from '../account/identifier.ts';
import { LENGTHS } from '../numbers.ts';
import { visible } from '../platform/letters.ts';
import { text } from '../words/pages.ts';

// Controls (NUL, line ends …) and the marks that turn the writing round: nobody types them in a name. Phones leave others
// that nobody sees, and copied text a tab: they are taken off.
const UNREADABLE = /[^\P{Cc}\t]|[\u202d\u202e\ufffd]/u;

/** What each field is for, in the words browsers know (WCAG 1.3.5); a new password says so where it is chosen. */
export const PURPOSES: Record<string, string> = {
  identifiant: 'username',
  mot_de_passe: 'current-password',
  mot_de_passe_actuel: 'current-password',
  confirmation: 'new-password',
  reference: 'off',
  nom: 'family-name',
  prenom: 'given-name',
  date_naissance: 'bday',
  raison_sociale: 'organization',
  email: 'email',
  email_confirmation: 'email',
  telephone: 'tel',
  code: 'off',
};

/** How numbers are set: as many digits as their field is wide, or an identifier's letters and digits apart. */
const NUMBERS: Record<string, string> = {
  reference: 'digits',
  date_naissance: 'digits',
  siret: 'digits',
  identifiant: 'code',
};

/** The classes of a field's control. */
export function inputClass(name: string): string {
  return NUMBERS[name] ? `input ${NUMBERS[name]}` : 'input';
}

/** One line of text, trimmed, without invisible signs; with the sentences for: empty, too long. */
export function line(empty: string, most: number) {
  return lineOrNothing(empty, most).check(z.minLength(1, { error: empty }));
}

/** The same where nothing may be an answer too. @param missing the sentence when the field was not even sent */
export function lineOrNothing(missing: string, most: number) {
  return z.string({ error: missing }).check(
    z.trim(),
    z.refine((value) => !UNREADABLE.test(value), { error: text.errors.unreadable }),
    z.overwrite((value) => visible(value).replaceAll('\t', ' ').trim()),
    z.maxLength(most, { error: text.errors.tooLong(most) }),
  );
}

/** The identifier, however it is spelled. */
export const identifier = line(text.errors.identifierEmpty, LENGTHS.identifier);

/** The sentence for what is nobody's identifier, as it is written; undefined when it may be one. */
export function shapeFault(typed: string, prefix: string): string | undefined {
  if (readIdentifier(typed, prefix).candidates.length > 0) return undefined;
  const [stem = ''] = identifierStems(prefix);
  return typed.includes('@') ? text.errors.identifierNotEmail(stem) : text.errors.identifierShape(stem);
}
