// The first mail of a lost password: the link that proves the mailbox.

import { frenchLength } from '../../words/times.ts';
import { MAILED_LINKS } from '../kinds.ts';
import type { Letter, LetterFacts } from './letter.tsx';

const LIFETIME = frenchLength(MAILED_LINKS.reset.lifetime);

export function resetLinkLetter({ name, identifier, secret, hasPassword, at }: LetterFacts): Letter {
  return {
    subject: 'Choisissez un mot de passe',
    preview: `Portail locataire : un lien valable ${LIFETIME}.`,
    lines: [
      `Bonjour ${name},`,
      hasPassword
        ? 'Une demande de nouveau mot de passe vient d’être effectuée pour votre compte.'
        : 'Le mot de passe de votre compte ne sert plus : il faut en choisir un nouveau.',
      { label: 'Votre identifiant de connexion :', value: identifier },
      `${hasPassword ? 'Si vous en êtes l’auteur, appuyez' : 'Appuyez'} sur le lien suivant pour choisir un nouveau mot de passe. Ce lien est valable ${LIFETIME}, une seule fois. Si vous en avez demandé un autre depuis, seul le plus récent fonctionne.`,
      { link: 'Choisir un nouveau mot de passe', url: at(`${MAILED_LINKS.reset.path}${secret}`) },
      hasPassword
        ? 'Si vous n’êtes pas l’auteur de cette demande, veuillez ignorer ce message : votre mot de passe ne change pas.'
        : { call: 'Si vous n’avez rien demandé, appelez-nous' },
    ],
  };
}
