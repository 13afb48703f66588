// /connexion

import { waitAfterFailure } from '../../account/lock-out.ts';
import { SESSION, SIGN_IN } from '../../numbers.ts';
import { frenchLength } from '../times.ts';

const FIRST_PAUSE = frenchLength(waitAfterFailure(SIGN_IN.free));

export const signIn = {
  title: 'Connexion',
  required: 'Les deux cases sont à remplir.',
  identifier: 'Identifiant de connexion',
  identifierHint: ([tenant, supplier]: string[]) =>
    `Il commence par ${tenant} (${supplier} pour un fournisseur).`,
  password: 'Mot de passe',
  submit: 'Connexion',
  /** The way here, from elsewhere. */
  way: 'Se connecter',
  forgottenPassword: 'Mot de passe oublié ?',
  forgottenIdentifier: 'Identifiant oublié ?',
  create: 'Créer un compte ?',
  passwordReset: 'Votre mot de passe est changé. Connectez-vous avec le nouveau.',
  accountClosed: 'Votre compte est fermé. Vous pourrez en créer un nouveau quand vous voudrez.',
  signedOut: 'Vous êtes déconnecté.',
  sessionOver: `Votre session a pris fin : l’espace se ferme après ${frenchLength(SESSION.idle)} sans activité, ou depuis un autre appareil. Connectez-vous de nouveau.`,
  impossible: 'Connexion impossible',
  wrong: 'L’identifiant ou le mot de passe n’est pas le bon. Vérifiez les majuscules et les chiffres.',
  wrongFew: (left: number) =>
    `Encore ${left}\u00a0${left > 1 ? 'essais' : 'essai'} avant une pause de ${FIRST_PAUSE}.`,
  paused: (moment: string) =>
    `Trop d’essais : réessayez ${moment}. Vous pouvez aussi demander un nouveau mot de passe dès maintenant.`,
  clientLeft:
    'D’après notre fichier, votre contrat avec nous a pris fin : cet espace est fermé. Si ce n’est pas le cas, appelez-nous, nous corrigerons notre fichier avec vous.',
  alreadyTitle: 'Cet appareil est déjà connecté',
  already: (name: string) => `C’est le compte de ${name} qui est ouvert.`,
  goToSpace: 'Aller à mon espace',
  notYou: 'Ce n’est pas vous ?',
  changePerson: 'Me connecter avec un autre compte',
};
