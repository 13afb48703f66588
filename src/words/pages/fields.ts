// What is said at a field that needs mending, and the mailbox that was probably meant.

import type { PasswordLine } from '../../account/password/rule.ts';
import type { BirthDateRefusal } from '../../client/birth-date.ts';
import type { EmailRefusal } from '../../mail/address.ts';
import { LENGTHS } from '../../numbers.ts';
import { sayMissing } from './password.ts';

export const birthDateRefusals = {
  birth_date_shape: 'Indiquez le jour, le mois et l’année. Par exemple 14071956.',
  birth_date_year: 'Indiquez l’année en quatre chiffres. Par exemple 14071956.',
  birth_date_impossible: 'Cette date n’existe pas dans le calendrier. Vérifiez le jour, le mois et l’année.',
  birth_date_future: 'Cette date est dans le futur. Vérifiez l’année de votre naissance.',
} satisfies Record<BirthDateRefusal, string>;

const tooLong = (most: number) => `Ce texte est trop long : ${most} caractères au plus.`;

export const emailRefusals = {
  email_empty: () => 'Indiquez votre adresse e-mail, par exemple marie@orange.fr',
  email_several: () => 'Indiquez une seule adresse e-mail : il y en a plusieurs dans cette case.',
  email_no_at: () => 'Il manque le signe @ dans votre adresse e-mail. Par exemple marie@orange.fr',
  email_no_name: () =>
    'Il manque le début de votre adresse e-mail, devant le signe @. Par exemple marie@orange.fr',
  email_space: () => 'Il y a un espace dans votre adresse e-mail. Effacez-le.',
  email_letter: (sign = '') =>
    `Une adresse e-mail s’écrit sans accent ni apostrophe : remplacez le signe « ${sign} ».`,
  email_ending: (ending = '') =>
    `Il manque la fin de votre adresse e-mail, derrière « @${ending} ». Par exemple marie@orange.fr`,
  email_too_long: () => tooLong(LENGTHS.email),
  email_shape: () => 'Votre adresse e-mail n’est pas complète. Comparez-la à celle-ci : marie@orange.fr',
} satisfies Record<EmailRefusal, (sign?: string) => string>;

export const emailHint = {
  before: 'Vouliez-vous dire',
  after: ' ?',
  accept: 'Oui, corriger',
};

export const errors = {
  tooLong,
  unreadable: 'Un caractère de cette case n’est pas accepté. Effacez la case et recommencez.',
  profile: 'Indiquez si vous êtes locataire ou fournisseur.',
  referenceEmpty: 'Indiquez votre référence client.',
  referenceShape: 'Votre référence client contient des chiffres. Recopiez-la.',
  referenceLease:
    'Ce numéro à 12 chiffres est la référence de votre bail. Il nous faut le numéro locataire, écrit plus bas sur l’avis, sans son dernier chiffre.',
  familyNameEmpty: 'Indiquez votre nom.',
  familyNameShape: 'Indiquez votre nom en lettres.',
  givenNameEmpty: 'Indiquez votre prénom.',
  givenNameShape: 'Indiquez votre prénom en lettres.',
  birthDateEmpty: 'Indiquez votre date de naissance.',
  companyEmpty: 'Indiquez la raison sociale de votre entreprise.',
  siretEmpty: 'Indiquez le numéro SIRET de votre entreprise.',
  siretShape: 'Un numéro SIRET a 14 chiffres. Vérifiez qu’aucun ne manque.',
  emailEmpty: 'Indiquez votre adresse e-mail.',
  emailConfirmationEmpty: 'Indiquez une seconde fois votre adresse e-mail.',
  emailsDiffer: 'Les deux adresses ne sont pas les mêmes. Corrigez l’une des deux.',
  identifierEmpty: 'Vous devez indiquer un identifiant.',
  identifierShape: (stem: string) =>
    `Un identifiant ressemble à ${stem} 123 456. Vérifiez qu’il ne manque aucun chiffre.`,
  identifierNotEmail: (stem: string) =>
    `Il faut ici votre identifiant, pas votre adresse e-mail. Il commence par ${stem}.`,
  passwordEmpty: 'Indiquez votre mot de passe.',
  newPasswordEmpty: 'Indiquez votre nouveau mot de passe.',
  passwordTooLong: (most: number) => `Ce mot de passe est trop long : ${most} caractères au plus.`,
  passwordMisses: (lines: PasswordLine[]) =>
    `${sayMissing(lines)} Indiquez de nouveau le mot de passe en entier, dans les deux cases.`,
  confirmationEmpty: 'Indiquez une seconde fois votre mot de passe.',
  currentEmpty: 'Indiquez votre mot de passe actuel.',
  tooManyTries: (moment: string) => `Trop d’essais : réessayez ${moment}.`,
  currentWrong: 'Ce n’est pas votre mot de passe actuel. Vérifiez les majuscules et les chiffres.',
  identifierOther: 'Ce n’est pas l’identifiant de ce compte, qui est écrit sur cette page.',
  identifierOfAccount: 'Ce n’est pas l’identifiant du compte qui a demandé ce changement.',
  emailSame: 'C’est déjà l’adresse de votre compte. Indiquez-en une autre.',
  passwordsDiffer: 'Les deux mots de passe ne sont pas les mêmes. Indiquez-les de nouveau.',
};
