// To who could not sign in for too many tries, once the landlord's staff let them try again.

import type { Letter, LetterFacts } from './letter.tsx';

export function pauseLiftedLetter({ name, identifier, at }: LetterFacts): Letter {
  return {
    subject: 'Vous pouvez vous reconnecter',
    preview: 'Portail locataire : la pause après trop d’essais est finie.',
    lines: [
      `Bonjour ${name},`,
      'Votre compte était en pause, après trop de mots de passe essayés. Votre gestionnaire vient de lever cette pause.',
      { label: 'Votre identifiant de connexion :', value: identifier },
      { link: 'Me connecter', url: at('/connexion') },
      { call: 'Si vous n’avez rien demandé, appelez-nous' },
    ],
  };
}
