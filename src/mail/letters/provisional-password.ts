// The leaflet's second mail with a password: provisional, one hour, one sign-in.

import { PROVISIONAL_LIFETIME } from '../../numbers.ts';
import { PATHS } from '../../paths.ts';
import { frenchLength } from '../../words/times.ts';
import type { Letter, LetterFacts } from './letter.tsx';

const LIFETIME = frenchLength(PROVISIONAL_LIFETIME);

export function provisionalPasswordLetter({ name, identifier, secret, at }: LetterFacts): Letter {
  return {
    subject: 'Votre mot de passe provisoire',
    preview: `Portail locataire : valable ${LIFETIME}, pour une seule connexion.`,
    lines: [
      `Bonjour ${name},`,
      'Vous avez demandé à recevoir un mot de passe par courriel.',
      { label: 'Votre identifiant de connexion :', value: identifier },
      { label: 'Votre mot de passe provisoire :', value: secret },
      `Il est valable ${LIFETIME}, pour une seule connexion. Vous choisirez ensuite votre nouveau mot de passe. Respectez les majuscules et les minuscules.`,
      { link: 'Se connecter', url: at(PATHS.signIn) },
      'Tant qu’il ne sert pas, votre mot de passe habituel fonctionne.',
      { call: 'Si ce n’est pas vous qui l’avez demandé, appelez-nous' },
    ],
  };
}
