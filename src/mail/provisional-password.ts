// The leaflet's second mail with a password: provisional, one hour, one sign-in.

import type { Letter } from './letter.tsx';

/** @param password already in groups */
export function provisionalPasswordLetter(
  name: string,
  identifier: string,
  password: string,
  signInUrl: string,
): Letter {
  return {
    subject: 'Votre mot de passe provisoire',
    preview: 'Portail locataire : valable une heure, pour une seule connexion.',
    lines: [
      `Bonjour ${name},`,
      'Vous avez demandé à recevoir un mot de passe par courriel.',
      { label: 'Votre identifiant de connexion :', value: identifier },
      { label: 'Votre mot de passe provisoire :', value: password },
      'Il est valable une heure, pour une seule connexion. Vous choisirez ensuite votre nouveau mot de passe. Respectez les majuscules et les minuscules.',
      { link: 'Se connecter', url: signInUrl },
      'Tant qu’il ne sert pas, votre mot de passe habituel fonctionne.',
      { call: 'Si ce n’est pas vous qui l’avez demandé, appelez-nous' },
    ],
  };
}
