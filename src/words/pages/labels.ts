// What a kept form calls its fields: the labels of the pages they come from.

import { activation } from './activation.ts';
import { askHelp } from './ask-help.ts';
import { code } from './code.ts';
import { signIn } from './sign-in.ts';
import { signUp } from './sign-up.ts';
import { spacePassword } from './space.ts';

export const labels: Record<string, string> = {
  profil: signUp.profile,
  reference: signUp.reference,
  nom: signUp.familyName,
  prenom: signUp.givenName,
  date_naissance: signUp.birthDate,
  raison_sociale: signUp.company,
  siret: signUp.siret,
  email: signUp.email,
  email_confirmation: signUp.emailConfirmation,
  identifiant: signIn.identifier,
  mot_de_passe: signIn.password,
  confirmation: activation.confirmation,
  mot_de_passe_actuel: spacePassword.current,
  telephone: askHelp.phone,
  code: code.code,
};
