// To the owner of an active account, when somebody asks for it a second time.

import { PATHS } from '../../paths.ts';
import type { Letter, LetterFacts } from './letter.tsx';

export function alreadyRegisteredLetter({ name, identifier, at }: LetterFacts): Letter {
  return {
    subject: 'Vous avez déjà un compte',
    preview: 'Portail locataire : votre identifiant, pour vous connecter.',
    lines: [
      `Bonjour ${name},`,
      'Une demande de création de compte vient d’être effectuée avec vos informations. Vous avez déjà un compte : rien n’a changé.',
      { label: 'Votre identifiant de connexion :', value: identifier },
      { link: 'Se connecter', url: at(PATHS.signIn) },
      'Si vous n’êtes pas l’auteur de cette demande, vous pouvez ignorer ce message.',
      { call: 'Si cela se répète, appelez-nous' },
    ],
  };
}
