// To an address not yet proved: neither name nor identifier. The leaflet's own sentences.

import type { Letter } from './letter.tsx';

/** The first mail: the link that leads to the choice of a password. */
export function activationLetter(url: string): Letter {
  return {
    subject: 'Activez votre compte',
    preview: 'Portail locataire : un lien valable 72 heures pour créer votre mot de passe.',
    lines: [
      'Bonjour,',
      'Une demande de création de compte vient d’être effectuée avec vos informations. Si vous en êtes l’auteur, cliquez sur le lien suivant pour poursuivre la création de compte.',
      { link: 'Confirmation de création de compte', url },
      'En sélectionnant ce lien, vous serez redirigé vers le site afin de créer votre mot de passe. Le lien est valable 72 heures. Si vous en avez demandé un autre depuis, seul le plus récent fonctionne.',
      'Si vous n’êtes pas l’auteur de cette demande, veuillez ignorer ce message : aucun compte ne sera ouvert.',
    ],
  };
}
