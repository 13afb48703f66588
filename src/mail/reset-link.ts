// The first mail of a lost password: the link that proves the mailbox.

import type { Letter } from './letter.tsx';

/** @param name the person's or the company's, from the landlord's file */
export function resetLinkLetter(name: string, identifier: string, url: string): Letter {
  return {
    subject: 'Votre nouveau mot de passe sur le portail locataire',
    lines: [
      `Bonjour ${name},`,
      'Une demande de nouveau mot de passe vient d’être effectuée pour votre compte.',
      { label: 'Votre identifiant de connexion :', value: identifier },
      'Si vous en êtes l’auteur, cliquez sur le lien suivant pour choisir un nouveau mot de passe. Ce lien est valable une heure, une seule fois. Si vous en avez demandé un autre depuis, seul le plus récent fonctionne.',
      { link: 'Choisir un nouveau mot de passe', url },
      'Si vous n’êtes pas l’auteur de cette demande, veuillez ignorer ce message : votre mot de passe ne change pas.',
    ],
  };
}
