// To an address not yet proved: neither name nor identifier. The leaflet's own sentences.

import { frenchLength } from '../../words/times.ts';
import { MAILED_LINKS } from '../kinds.ts';
import type { Letter, LetterFacts } from './letter.tsx';

/** The words its reader looks for in the mailbox. */
export const ACTIVATION_SUBJECT = 'Activez votre compte';

const LIFETIME = frenchLength(MAILED_LINKS.activation.lifetime);

/** The first mail: the link that leads to the choice of a password. */
export function activationLetter({ secret, at }: LetterFacts): Letter {
  return {
    subject: ACTIVATION_SUBJECT,
    preview: `Portail locataire : un lien valable ${LIFETIME} pour créer votre mot de passe.`,
    lines: [
      'Bonjour,',
      'Une demande de création de compte vient d’être effectuée avec vos informations. Si vous en êtes l’auteur, cliquez sur le lien suivant pour poursuivre la création de compte.',
      { link: 'Confirmation de création de compte', url: at(`${MAILED_LINKS.activation.path}${secret}`) },
      `En sélectionnant ce lien, vous serez redirigé vers le site afin de créer votre mot de passe. Le lien est valable ${LIFETIME}. Si vous en avez demandé un autre depuis, seul le plus récent fonctionne.`,
      'Si vous n’êtes pas l’auteur de cette demande, veuillez ignorer ce message : aucun compte ne sera ouvert.',
    ],
  };
}
