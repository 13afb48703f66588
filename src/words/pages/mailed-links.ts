// What a dead link says, by what it was for.

import type { DeadLink } from '../../account/links.ts';
import type { TokenPurpose } from '../../mail/kinds.ts';

type Ending = { title: string; body: string };

/** What a dead link says, whatever it was for. */
export const deadLinks = {
  unknown: {
    title: 'Ce lien n’est pas encore reconnu, ou ne l’est plus',
    body: 'Si vous venez de recevoir ce courriel, attendez une minute, puis appuyez de nouveau sur le lien. Sinon, recommencez votre demande.',
  },
  used: {
    title: 'Ce lien a déjà servi',
    body: 'Votre compte est actif. Vous pouvez vous connecter avec votre identifiant et votre mot de passe.',
  },
  already_active: {
    title: 'Votre compte est déjà actif',
    body: 'Vous n’avez plus besoin de ce lien. Vous pouvez vous connecter avec votre identifiant et votre mot de passe.',
  },
  not_active: {
    title: 'Ce compte n’est pas encore activé',
    body: 'Ouvrez le courriel d’activation. Si vous ne l’avez plus, créez de nouveau votre compte.',
  },
  closed: {
    title: 'Ce compte est fermé',
    body: 'Ce lien ne sert plus. Vous pouvez créer un nouveau compte.',
  },
  address_changed: {
    title: 'L’adresse e-mail a été corrigée',
    body: 'Ce lien ne fonctionne plus : un autre courriel est parti vers la nouvelle adresse. Ouvrez ce courriel-là.',
  },
  password_changed: {
    title: 'Ce lien ne sert plus',
    body: 'Votre mot de passe a changé après l’envoi de ce lien. Connectez-vous avec le nouveau. Si ce n’est pas vous qui l’avez changé, demandez un autre lien et appelez-nous.',
  },
  cancelled: {
    title: 'Ce changement a été annulé',
    body: 'Votre adresse e-mail n’a pas changé. Un nouveau mot de passe annule aussi un changement d’adresse en cours : vous pouvez recommencer.',
  },
  replaced: {
    title: 'Un lien plus récent vous a été envoyé',
    body: 'Ce lien ne fonctionne plus. Ouvrez le dernier courriel reçu.',
  },
  expired: {
    title: 'Ce lien n’est plus valable',
    body: 'Ce lien a plus de 72 heures. Nous pouvons vous en envoyer un nouveau tout de suite, à la même adresse. Vous n’avez rien à retaper.',
  },
  client_left: {
    title: 'Ce compte ne peut pas être ouvert',
    body: 'D’après notre fichier, votre contrat avec nous a pris fin. Si ce n’est pas le cas, appelez-nous : nous corrigerons notre fichier avec vous.',
  },
} satisfies Record<DeadLink, Ending>;

/** The same, where a link of one purpose says it otherwise. */
export const deadLinksOf: Record<TokenPurpose, Partial<Record<DeadLink, Ending>>> = {
  activation: {},
  reset: {
    used: {
      title: 'Ce lien a déjà servi',
      body: 'Il a servi à demander ou à choisir un nouveau mot de passe. Connectez-vous avec le dernier, ou demandez un autre lien.',
    },
    address_changed: {
      title: 'Ce lien ne sert plus',
      body: 'L’adresse e-mail du compte a changé après l’envoi de ce lien. Demandez-en un autre : il ira à la nouvelle adresse.',
    },
    expired: {
      title: 'Ce lien n’est plus valable',
      body: 'Ce lien a plus d’une heure. Nous pouvons vous en envoyer un nouveau tout de suite, à la même adresse.',
    },
  },
  email: {
    used: {
      title: 'Cette adresse est déjà confirmée',
      body: 'Elle est utilisée pour votre compte. Vous n’avez rien à faire.',
    },
    address_changed: {
      title: 'Ce lien a déjà servi',
      body: 'Votre compte utilise maintenant une autre adresse e-mail.',
    },
    expired: {
      title: 'Ce lien n’est plus valable',
      body: 'Ce lien a plus de 72 heures. Votre adresse n’a pas changé. Recommencez depuis votre espace.',
    },
  },
};
