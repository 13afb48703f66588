// To a new address not yet proved: neither name nor identifier.

import { frenchLength } from '../../words/times.ts';
import { MAILED_LINKS } from '../kinds.ts';
import type { Letter, LetterFacts } from './letter.tsx';

const LIFETIME = frenchLength(MAILED_LINKS.email.lifetime);

export function confirmEmailLetter({ secret, at }: LetterFacts): Letter {
  return {
    subject: 'Confirmez votre adresse e-mail',
    preview: `Portail locataire : un lien valable ${LIFETIME}.`,
    lines: [
      'Bonjour,',
      `Cette adresse e-mail vient d’être indiquée pour un compte du portail locataire. Si vous en êtes l’auteur, appuyez sur le lien suivant pour la confirmer. Le lien est valable ${LIFETIME}.`,
      { link: 'Confirmer cette adresse', url: at(`${MAILED_LINKS.email.path}${secret}`) },
      'Si vous n’êtes pas l’auteur de cette demande, veuillez ignorer ce message : cette adresse ne sera pas utilisée.',
    ],
  };
}
