// To the address in force, when another one is asked for: it stays in force until the other is confirmed.

import { PATHS } from '../../paths.ts';
import type { Letter, LetterFacts } from './letter.tsx';

export function emailChangingLetter({ name, identifier, at }: LetterFacts): Letter {
  return {
    subject: 'Changement d’adresse demandé',
    preview: 'Votre adresse e-mail reste utilisée pour l’instant.',
    lines: [
      `Bonjour ${name},`,
      'Une nouvelle adresse e-mail vient d’être indiquée pour votre compte. Votre adresse actuelle reste utilisée tant que la nouvelle n’est pas confirmée.',
      { label: 'Votre identifiant de connexion :', value: identifier },
      'Si c’est vous, ouvrez le courriel envoyé à la nouvelle adresse : c’est là que le changement se confirme.',
      'Si ce n’est pas vous, annulez ce changement dans votre espace, page « Adresse e-mail », puis changez votre mot de passe.',
      { call: 'Vous pouvez aussi nous appeler' },
      { link: 'Ouvrir mon espace', url: at(PATHS.spaceEmail) },
    ],
  };
}
