// What stands on every page: the frame, the parts of a form, and what a browser without cookies is told.

import { PATHS } from '../../paths.ts';

/** What a declaration may say, as the settings have it. */
export type AccessibilityState = 'none' | 'partial' | 'full';

export const accessibilityClaims = {
  none: 'Accessibilité : non conforme',
  partial: 'Accessibilité : partiellement conforme',
  full: 'Accessibilité : totalement conforme',
} satisfies Record<AccessibilityState, string>;

export const layout = {
  service: 'Portail locataire',
  skip: 'Aller au contenu',
  errorTitle: 'Erreur : ',
  helpTitle: 'Besoin d’aide ?',
  helpBody: 'En cas d’erreur ou de difficulté, contactez votre gestionnaire.',
  phone: 'Téléphone :',
  call: (number: string) => `Appeler le ${number}`,
  hours: 'Horaires :',
  write: 'Courriel :',
  guide: 'Le portail, pas à pas, avec des dessins',
  stuck: 'Je n’arrive pas à me connecter',
  description: (landlord: string) =>
    `Portail locataire (${landlord}) : créez votre compte avec votre avis d’échéance, connectez-vous, retrouvez votre identifiant ou votre mot de passe.`,
  step: (nth: number) => `Étape ${nth} sur 3`,
  own: 'Mon espace',
  footer: 'À propos de ce portail',
  links: (state: AccessibilityState) => [
    { href: PATHS.help, label: 'Aide' },
    { href: PATHS.siteMap, label: 'Plan du site' },
    { href: PATHS.accessibility, label: accessibilityClaims[state] },
    { href: PATHS.legalNotices, label: 'Mentions légales' },
    { href: PATHS.personalData, label: 'Données personnelles' },
  ],
};

export const noCookies = {
  signIn: 'Vous venez de vous connecter, et cette page revient ?',
  justAsked: 'Vous venez de remplir le formulaire ?',
  why: 'Votre navigateur ne garde pas les cookies de ce portail. Sans eux, il ne peut pas vous reconnaître d’une page à l’autre.',
  remedy:
    'Quittez la navigation privée, ou autorisez les cookies dans les réglages du navigateur. Sinon, prenez un autre navigateur.',
  created: 'Votre identifiant est dans le second courriel que nous venons de vous envoyer.',
  waitingTitle: 'Ouvrez le courriel reçu',
  waiting:
    'Votre demande est enregistrée : un courriel part vers l’adresse que vous avez donnée. Appuyez sur le lien qu’il contient.',
};

export const form = {
  toMend: (count: number) => (count > 1 ? `Il y a ${count} points à corriger` : 'Il y a un point à corriger'),
  problem: 'Nous n’avons pas pu continuer',
  sending: 'Envoi en cours…',
  starLegend: 'Les cases marquées d’une étoile * sont à remplir.',
  send: 'Envoyer de nouveau',
  youWrote: 'Vous aviez écrit :',
  back: 'Retour',
  goBack: 'Revenir à la page précédente',
  toPage: 'Ouvrir la page du portail',
};

export const siteMap = {
  title: 'Plan du site',
  openTitle: 'Pour tous',
  ownTitle: 'Une fois connecté',
};
