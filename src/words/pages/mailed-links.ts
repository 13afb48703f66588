// A mailed link: what is said where it is dead, by what it was for, and the words of the ways on.

import type { DeadLink } from '../../account/links.ts';
import { MAILED_LINKS, type TokenPurpose } from '../../mail/kinds.ts';
import { ofLength } from '../times.ts';

type Ending = { title: string; body: string };

// Said of every link.
const unknown = {
  title: 'Ce lien n’est pas encore reconnu, ou ne l’est plus',
  body: 'Si vous venez de recevoir ce courriel, attendez une minute, puis appuyez de nouveau sur le lien. Sinon, recommencez votre demande.',
};
const closed = {
  title: 'Ce compte est fermé',
  body: 'Ce lien ne sert plus. Vous pouvez créer un nouveau compte.',
};
const replaced = {
  title: 'Un lien plus récent vous a été envoyé',
  body: 'Ce lien ne fonctionne plus. Ouvrez le dernier courriel reçu.',
};
const client_left = {
  title: 'Ce compte ne peut pas être ouvert',
  body: 'D’après notre fichier, votre contrat avec nous a pris fin. Si ce n’est pas le cas, appelez-nous : nous corrigerons notre fichier avec vous.',
};

const deadEnds: { [Purpose in TokenPurpose]: Record<DeadLink<Purpose> | 'unknown', Ending> } = {
  activation: {
    unknown,
    used: {
      title: 'Ce lien a déjà servi',
      body: 'Votre compte est actif. Vous pouvez vous connecter avec votre identifiant et votre mot de passe.',
    },
    already_active: {
      title: 'Votre compte est déjà actif',
      body: 'Vous n’avez plus besoin de ce lien. Vous pouvez vous connecter avec votre identifiant et votre mot de passe.',
    },
    closed,
    address_changed: {
      title: 'L’adresse e-mail a été corrigée',
      body: 'Ce lien ne fonctionne plus : un autre courriel est parti vers la nouvelle adresse. Ouvrez ce courriel-là.',
    },
    replaced,
    expired: {
      title: 'Ce lien n’est plus valable',
      body: `Ce lien a plus ${ofLength(MAILED_LINKS.activation.lifetime)}. Nous pouvons vous en envoyer un nouveau tout de suite, à la même adresse. Vous n’avez rien à retaper.`,
    },
    client_left,
  },
  reset: {
    unknown,
    used: {
      title: 'Ce lien a déjà servi',
      body: 'Il a servi à demander ou à choisir un nouveau mot de passe. Connectez-vous avec le dernier, ou demandez un autre lien.',
    },
    not_active: {
      title: 'Ce compte n’est pas encore activé',
      body: 'Ouvrez le courriel d’activation. Si vous ne l’avez plus, créez de nouveau votre compte.',
    },
    closed,
    address_changed: {
      title: 'Ce lien ne sert plus',
      body: 'L’adresse e-mail du compte a changé après l’envoi de ce lien. Demandez-en un autre : il ira à la nouvelle adresse.',
    },
    password_changed: {
      title: 'Ce lien ne sert plus',
      body: 'Votre mot de passe a changé après l’envoi de ce lien. Connectez-vous avec le nouveau. Si ce n’est pas vous qui l’avez changé, demandez un autre lien et appelez-nous.',
    },
    replaced,
    expired: {
      title: 'Ce lien n’est plus valable',
      body: `Ce lien a plus ${ofLength(MAILED_LINKS.reset.lifetime)}. Nous pouvons vous en envoyer un nouveau tout de suite, à la même adresse.`,
    },
    client_left,
  },
  email: {
    unknown,
    used: {
      title: 'Cette adresse est déjà confirmée',
      body: 'Elle est utilisée pour votre compte. Vous n’avez rien à faire.',
    },
    closed,
    address_changed: {
      title: 'Ce lien a déjà servi',
      body: 'Votre compte utilise maintenant une autre adresse e-mail.',
    },
    cancelled: {
      title: 'Ce changement a été annulé',
      body: 'Votre adresse e-mail n’a pas changé. Un nouveau mot de passe annule aussi un changement d’adresse en cours : vous pouvez recommencer.',
    },
    replaced,
    expired: {
      title: 'Ce lien n’est plus valable',
      body: `Ce lien a plus ${ofLength(MAILED_LINKS.email.lifetime)}. Votre adresse n’a pas changé. Recommencez depuis votre espace.`,
    },
    client_left,
  },
};

export const mailedLinks = {
  deadEnds,
  /** Beside « Un lien plus récent vous a été envoyé ». */
  newest: (moment: string) => `Le bon courriel est celui qui a été demandé ${moment}.`,
  newLink: 'Recevoir un nouveau lien',
  tryAgain: 'Réessayer',
  signUp: 'Créer un compte',
  signUpAgain: 'Demander un autre courriel',
  changeAgain: 'Recommencer le changement d’adresse',
};
