// To the address in the landlord's file, when an account without an address was opened by a code: a warning, no link, and
// nothing that identifies the person, since that mailbox may no longer be theirs.

import type { Letter } from './letter.tsx';

export function codeUsedLetter(): Letter {
  return {
    subject: 'Un compte ouvert à votre nom',
    preview: 'Si ce n’est pas vous, appelez-nous.',
    lines: [
      'Bonjour,',
      'Un compte du portail locataire vient d’être ouvert à votre nom, avec un code sur papier remis par votre gestionnaire.',
      'Si c’est vous, vous n’avez rien à faire. Ce compte n’a pas d’adresse e-mail : vous pouvez en ajouter une dans votre espace.',
      { call: 'Si ce n’est pas vous, nous fermerons ce compte : appelez-nous' },
    ],
  };
}
