// Answers that are no page of their own; each says what happened and what to do.

import { SCREEN_PERIOD, SESSION } from '../../numbers.ts';
import { frenchLength, lengthInWords } from '../times.ts';

export const problems = {
  notFound: {
    status: 404,
    title: 'Cette page n’existe pas (ou plus)',
    body: 'L’adresse est peut-être incomplète. Voici ce que l’on cherche le plus souvent :',
  },
  malformedLink: {
    status: 404,
    title: 'Ce lien est incomplet',
    body: 'Une partie de l’adresse manque. Ouvrez de nouveau le courriel et appuyez sur le lien, ou copiez-le en entier.',
  },
  wrongMethod: {
    status: 405,
    title: 'Cette adresse ne s’ouvre pas directement',
    body: 'Revenez à la page précédente.',
  },
  bodyTooLarge: {
    status: 413,
    title: 'Votre envoi est trop volumineux',
    body: 'Revenez à la page précédente et raccourcissez ce que vous avez écrit.',
  },
  wrongContentType: {
    status: 415,
    title: 'Nous n’avons pas pu lire cet envoi',
    body: 'Revenez à la page précédente et utilisez le bouton du formulaire.',
  },
  repeatedField: {
    status: 400,
    title: 'Nous n’avons pas pu lire cet envoi',
    body: 'Une même case est arrivée deux fois. Revenez à la page précédente et envoyez de nouveau le formulaire.',
  },
  tooManyRequests: {
    status: 429,
    title: 'Beaucoup de demandes arrivent de votre connexion internet',
    body: `Attendez ${lengthInWords(SCREEN_PERIOD)}, puis recommencez. Si vous êtes plusieurs derrière la même connexion, c’est normal.`,
  },
  anotherHost: {
    status: 421,
    title: 'Cette adresse n’est pas celle du portail',
    body: 'Revenez à la page de connexion avec le bouton, puis recommencez.',
  },
  sessionOver: {
    status: 401,
    title: 'Votre session a pris fin',
    body: `L’espace se ferme après ${frenchLength(SESSION.idle)} sans activité, ou depuis un autre appareil. Rien n’a été changé. Reconnectez-vous : vous reviendrez à cette page pour recommencer.`,
  },
  choiceOver: {
    status: 401,
    title: 'Le temps pour choisir votre mot de passe est passé',
    body: 'Le mot de passe provisoire a déjà servi. Demandez un autre lien : il vous permettra de choisir votre mot de passe.',
  },
  crossSite: {
    status: 403,
    title: 'Cet envoi vient d’un autre site',
    body: 'Cet envoi ne semble pas venir de notre portail : nous ne l’avons pas pris en compte, et rien n’a changé. Si c’est bien vous, ouvrez la page du portail et remplissez-la.',
  },
  nameless: {
    status: 403,
    title: 'Votre adresse e-mail n’est pas connue',
    body: 'Le guichet note qui fait quoi : sans adresse e-mail, il ne peut pas vous ouvrir. Demandez à l’informatique de compléter votre accès.',
  },
  managersOnly: {
    status: 403,
    title: 'Cette action revient à un responsable',
    body: 'Rien n’a été changé. Demandez à l’une des personnes responsables du guichet.',
  },
  broken: {
    status: 500,
    title: 'Le portail a eu un problème',
    body: 'Rien n’est perdu : réessayez dans une minute. Si cela continue, appelez-nous et donnez ce numéro :',
  },
  unavailable: {
    status: 503,
    title: 'Le portail a eu un problème',
    body: 'Rien n’est perdu : réessayez dans une minute. Si cela continue, appelez-nous et donnez ce numéro :',
  },
} as const satisfies Record<string, { status: number; title: string; body: string }>;

export type Problem = keyof typeof problems;

/** Without settings there is no page to frame it. */
export const outOfOrder = 'Le portail est en travaux. Réessayez plus tard, ou appelez votre gestionnaire.';
