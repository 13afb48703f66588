// To the address of an account whose holder lost the identifier.

import { PATHS } from '../../paths.ts';
import type { Letter, LetterFacts } from './letter.tsx';

export function identifierReminderLetter({ name, identifier, at }: LetterFacts): Letter {
  return {
    subject: 'Rappel de votre identifiant',
    preview: 'Portail locataire : l’identifiant que vous avez demandé.',
    lines: [
      `Bonjour ${name},`,
      'Vous avez demandé à retrouver votre identifiant.',
      { label: 'Votre identifiant de connexion :', value: identifier },
      { link: 'Se connecter', url: at(PATHS.signIn) },
      'Si vous n’êtes pas l’auteur de cette demande, veuillez ignorer ce message : rien n’a changé.',
    ],
  };
}
