// What the landlord's staff reads in the terminal (`npm run account`).

import type { MailReason, MailState } from './rules/delivery.ts';
import type { MailKind } from './rules/mails.ts';

export const supportText = {
  unknown: 'Personne sous cette référence ni sous cet identifiant.',
  noAccount: 'Aucun compte.',
  noAccountNext: 'La personne peut en créer un sur la page « Créer votre espace client ».',
  pending: (since: string) => `Compte demandé ${since}, pas encore activé.`,
  pendingNext:
    'Qu’elle ouvre le dernier courriel reçu, ou qu’elle recommence son inscription : le formulaire renvoie un lien.',
  active: (since: string) => `Compte actif, demandé ${since}.`,
  activeNext:
    'Mot de passe perdu : « Mot de passe oublié ? ». Identifiant perdu : « Identifiant oublié ? », ou lisez-le-lui ci-dessus.',
  closed: (since: string) => `Compte fermé ${since}.`,
  closedNext: 'La personne peut en créer un nouveau.',
  left: (since: string) => `Absent du fichier des clients depuis le ${since}.`,
  mails: 'Courriels',
  events: 'Activité',
  next: 'À faire :',
  closedNow: 'Le compte est fermé. La personne peut en créer un nouveau.',
  whichOne: 'Plusieurs personnes : redemandez avec l’identifiant de celle qui appelle.',
  mailKinds: {
    activation: 'lien d’activation',
    account_created: 'identifiant',
    account_requested: 'avis : un compte est demandé',
    already_registered: 'avis : un compte existe déjà',
    reset_link: 'lien de nouveau mot de passe',
    provisional_password: 'mot de passe provisoire',
    password_changed: 'avis : mot de passe changé',
    identifier_reminder: 'rappel de l’identifiant',
    confirm_email: 'lien de confirmation d’adresse',
    email_changing: 'avis : adresse en cours de changement',
    email_changed: 'avis : adresse changée',
    account_closed: 'avis : compte fermé',
  } satisfies Record<MailKind, string>,
  mailStates: {
    queued: 'en attente',
    sent: 'parti',
    deferred: 'retardé par la messagerie',
    delivered: 'remis',
    refused: 'refusé',
    failed: 'abandonné après un jour',
    cancelled: 'annulé, remplacé par un plus récent',
  } satisfies Record<MailState, string>,
  mailReasons: {
    unreachable: 'service d’envoi injoignable',
    timeout: 'service d’envoi trop lent',
    throttled: 'service d’envoi saturé',
    quota: 'quota d’envoi du jour atteint',
    provider_failed: 'panne du service d’envoi',
    setup_refused: 'clé ou expéditeur refusé : voir /sante',
    portal_failed: 'panne du portail',
    address_refused: 'adresse refusée par le service d’envoi',
    content_refused: 'courriel refusé par le service d’envoi',
    slow: 'messagerie lente',
    no_such_address: 'adresse inexistante',
    mailbox_full: 'boîte pleine',
    blocked: 'bloqué par la messagerie',
    undelivered: 'non remis',
    complained: 'signalé comme indésirable',
  } satisfies Record<MailReason, string>,
};
