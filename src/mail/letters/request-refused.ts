// To whoever asked for help and was not found: an address nobody has proved, so neither name nor reference.

import type { Letter } from './letter.tsx';

export function requestRefusedLetter(): Letter {
  return {
    subject: 'Votre demande n’a pas abouti',
    preview: 'Portail locataire : appelez-nous, nous regarderons ensemble.',
    lines: [
      'Bonjour,',
      'Vous avez demandé à votre gestionnaire de vérifier vos informations, pour ouvrir un compte sur le portail locataire.',
      'Avec ces informations, nous n’avons pas pu ouvrir de compte. Aucun compte n’est créé.',
      { call: 'Pour savoir pourquoi et trouver la solution avec nous, appelez-nous' },
      'Si vous n’êtes pas l’auteur de cette demande, vous pouvez ignorer ce message.',
    ],
  };
}
