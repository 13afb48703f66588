// The second mail of the leaflet: it carries the identifier, to an address now proved.

import type { Letter } from './letter.tsx';

/** @param name the person's or the company's, from the landlord's file */
export function accountCreatedLetter(name: string, identifier: string, signInUrl: string): Letter {
  return {
    subject: 'Votre identifiant de connexion',
    preview: 'Votre compte vient d’être créé. Gardez ce courriel.',
    lines: [
      `Bonjour ${name},`,
      'Votre compte vient d’être créé.',
      { label: 'Voici votre identifiant :', value: identifier },
      'Gardez ce courriel : cet identifiant vous sera utile pour accéder à votre espace client, avec le mot de passe que vous avez choisi.',
      { link: 'Se connecter', url: signInUrl },
      { call: 'Si ce n’est pas vous qui avez créé ce compte, appelez-nous' },
    ],
  };
}
