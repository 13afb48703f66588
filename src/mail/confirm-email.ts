// To a new address not yet proved: neither name nor identifier.

import type { Letter } from './letter.tsx';

export function confirmEmailLetter(url: string): Letter {
  return {
    subject: 'Confirmez votre adresse e-mail',
    preview: 'Portail locataire : un lien valable 72 heures.',
    lines: [
      'Bonjour,',
      'Cette adresse e-mail vient d’être indiquée pour un compte du portail locataire. Si vous en êtes l’auteur, appuyez sur le lien suivant pour la confirmer. Le lien est valable 72 heures.',
      { link: 'Confirmer cette adresse', url },
      'Si vous n’êtes pas l’auteur de cette demande, veuillez ignorer ce message : cette adresse ne sera pas utilisée.',
    ],
  };
}
