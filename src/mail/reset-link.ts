// The first mail of a lost password: the link that proves the mailbox.

import type { Letter } from './letter.tsx';

/**
 * @param name the person's or the company's, from the landlord's file
 * @param hasPassword whether a password is in force: after « ce n’est pas moi » or a provisional one that served, none is
 */
export function resetLinkLetter(name: string, identifier: string, url: string, hasPassword: boolean): Letter {
  return {
    subject: 'Choisissez un mot de passe',
    preview: 'Portail locataire : un lien valable une heure.',
    lines: [
      `Bonjour ${name},`,
      hasPassword
        ? 'Une demande de nouveau mot de passe vient d’être effectuée pour votre compte.'
        : 'Le mot de passe de votre compte ne sert plus : il faut en choisir un nouveau.',
      { label: 'Votre identifiant de connexion :', value: identifier },
      `${hasPassword ? 'Si vous en êtes l’auteur, appuyez' : 'Appuyez'} sur le lien suivant pour choisir un nouveau mot de passe. Ce lien est valable une heure, une seule fois. Si vous en avez demandé un autre depuis, seul le plus récent fonctionne.`,
      { link: 'Choisir un nouveau mot de passe', url },
      hasPassword
        ? 'Si vous n’êtes pas l’auteur de cette demande, veuillez ignorer ce message : votre mot de passe ne change pas.'
        : { call: 'Si vous n’avez rien demandé, appelez-nous' },
    ],
  };
}
