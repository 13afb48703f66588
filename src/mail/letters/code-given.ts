// To the address in force, when staff give a code for the account: whoever holds that code can choose its password.

import type { Letter, LetterFacts } from './letter.tsx';

export function codeGivenLetter({ name, identifier, moment }: LetterFacts): Letter {
  return {
    subject: 'Un code pour votre compte',
    preview: 'Si vous n’avez rien demandé, appelez-nous.',
    lines: [
      `Bonjour ${name},`,
      `Votre gestionnaire a préparé ${moment} un code sur papier, pour choisir un nouveau mot de passe.`,
      { label: 'Votre identifiant de connexion :', value: identifier },
      'Si c’est vous qui l’avez demandé, vous n’avez rien à faire ici : le mode d’emploi est sur la feuille.',
      { call: 'Si vous n’avez rien demandé, nous annulerons ce code : appelez-nous' },
    ],
  };
}
