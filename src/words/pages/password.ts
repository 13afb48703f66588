// The password's rule, and why one is refused.

import type { PasswordLine } from '../../account/password/rule.ts';
import type { PasswordWeakness } from '../../account/password/weakness.ts';
import { LENGTHS } from '../../numbers.ts';

export const passwordLines = {
  length: `${LENGTHS.passwordLeast}\u00a0caractères`,
  upper: 'Une majuscule',
  lower: 'Une minuscule',
  digit: 'Un chiffre',
  special: 'Un caractère spécial (par exemple ! ? . - * # %)',
} satisfies Record<PasswordLine, string>;

/** Why a password is refused that keeps the rule; `word` is what it is made of. */
export const passwordRefusals = {
  common: (word: string) => `Les voleurs essaient « ${word} » en premier, même avec des chiffres.`,
  own_name: (word: string) => `On trouve « ${word} » dans votre nom : ce mot de passe est facile à deviner.`,
  own_number: () => 'Votre identifiant et votre référence sont écrits sur vos courriers.',
  landlord: (word: string) => `On trouve « ${word} » dans notre nom : ce mot de passe est facile à deviner.`,
} satisfies Record<PasswordWeakness, (word: string) => string>;

/** What to choose in its place. */
export const passwordInstead = (phrase: string) =>
  `Prenez plutôt trois mots sans rapport et un nombre, par exemple ${phrase}.`;

const passwordLacks: Record<PasswordLine, string> = {
  length: `des caractères (${LENGTHS.passwordLeast}\u00a0au moins)`,
  upper: 'une majuscule',
  lower: 'une minuscule',
  digit: 'un chiffre',
  special: 'un caractère spécial (par exemple ! à la fin)',
};

/** « Il ne manque qu’un chiffre. » or « Il manquait une majuscule et un chiffre. » */
export function sayMissing(lines: PasswordLine[]): string {
  const missing = inWords(lines.map((line) => passwordLacks[line]));
  const isOne = lines.length === 1 && lines[0] !== 'length';
  return isOne ? `Il ne manque qu’${missing}.` : `Il manquait ${missing}.`;
}

/** `une majuscule, un chiffre et un caractère spécial`. */
function inWords(things: string[]): string {
  return new Intl.ListFormat('fr').format(things);
}
