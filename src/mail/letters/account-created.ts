// The second mail of the leaflet: it carries the identifier, to an address now proved.

import { PATHS } from '../../paths.ts';
import type { Letter, LetterFacts } from './letter.tsx';

export function accountCreatedLetter({ name, identifier, at }: LetterFacts): Letter {
  return {
    subject: 'Votre identifiant de connexion',
    preview: 'Votre compte vient d’être créé. Gardez ce courriel.',
    lines: [
      `Bonjour ${name},`,
      'Votre compte vient d’être créé.',
      { label: 'Voici votre identifiant :', value: identifier },
      'Gardez ce courriel : cet identifiant vous sera utile pour accéder à votre espace client, avec le mot de passe que vous avez choisi.',
      { link: 'Se connecter', url: at(PATHS.signIn) },
      { call: 'Si ce n’est pas vous qui avez créé ce compte, appelez-nous' },
    ],
  };
}
