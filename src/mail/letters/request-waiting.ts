// To whoever asked for help, when the file needs mending first: an address nobody has proved, so neither name nor reference.

import type { Letter } from './letter.tsx';

export function requestWaitingLetter(): Letter {
  return {
    subject: 'Votre demande est en cours',
    preview: 'Portail locataire : vous n’avez rien à faire pour le moment.',
    lines: [
      'Bonjour,',
      'Vous avez demandé à votre gestionnaire de vérifier vos informations, pour ouvrir un compte sur le portail locataire.',
      'Nous corrigeons d’abord nos propres informations. Vous n’avez rien à faire : un courriel avec un lien vous parviendra ensuite.',
      { call: 'Pour toute question, appelez-nous' },
      'Si vous n’êtes pas l’auteur de cette demande, vous pouvez ignorer ce message.',
    ],
  };
}
