// To the address in the landlord's file, when the account was asked for with another one: a warning, no link,
// and nothing that identifies the person, since that mailbox may no longer be theirs.

import type { Letter } from './letter.tsx';

export function accountRequestedLetter(): Letter {
  return {
    subject: 'Un compte demandé à votre nom',
    preview: 'Si ce n’est pas vous, appelez-nous.',
    lines: [
      'Bonjour,',
      'Une demande de création de compte vient d’être effectuée avec vos informations, mais avec une autre adresse e-mail que celle que nous connaissons.',
      'Si vous en êtes l’auteur, vous n’avez rien à faire ici : le courriel d’activation est parti à l’autre adresse.',
      { call: 'Si ce n’est pas vous, nous fermerons ce compte : appelez-nous' },
    ],
  };
}
