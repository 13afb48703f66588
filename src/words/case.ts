// What terminal and desk say of a client: where the account stands, why it is stopped, what to do, where its mails are.

import type { Step } from '../account/next-step.ts';
import { DAY, DELIVERY } from '../numbers.ts';
import type { AccountState, MailKind, MailReason, MailState, PauseReason } from '../schema.ts';
import { lengthInWords } from './times.ts';

export const caseText = {
  /** The one sentence of state. `since`: « à 10 h 42 », « le 3 mars 2026 à 10 h 42 ». */
  states: {
    none: () => 'Aucun compte.',
    pending: (since) => `Compte demandé ${since}, pas encore activé.`,
    active: (since) => `Compte actif, demandé ${since}.`,
    closed: (since) => `Compte fermé ${since}.`,
  } satisfies Record<AccountState | 'none', (since: string) => string>,

  left: (since: string) => `Absent du fichier des clients depuis le ${since}.`,
  newEmail: (email: string) => `nouvelle adresse, pas encore confirmée : ${email}`,

  /** Why a person is stopped, and until when. */
  pauses: {
    reference: (until) => signUpPaused('avec cette référence', until),
    cut_reference: (until) => signUpPaused('avec cette référence', until),
    birth_date: (until) => signUpPaused('avec cette date de naissance', until),
    siret: (until) => signUpPaused('avec ce numéro SIRET', until),
    name_and_year: (until) => signUpPaused('avec ce nom', until),
    network: (until) => signUpPaused('depuis sa connexion à internet', until),
    sign_in: (until) =>
      `Connexion en pause, après trop de mots de passe : à nouveau possible ${until}. « Mot de passe oublié ? » reste ouvert.`,
  } satisfies Record<PauseReason, (until: string) => string>,

  /** What to do. `until`: the day on which a client who left is refused. */
  steps: {
    left_refused: () =>
      'Le portail refuse cette personne, absente du fichier. Si elle est toujours cliente, faites corriger le fichier des clients.',
    left_until: (until) =>
      `La personne entre encore jusqu’au ${until} ; ensuite, le portail la refuse. Si elle est toujours cliente, faites corriger le fichier des clients.`,
    held: () => 'Elle ne peut pas en ouvrir un depuis le portail : le bailleur l’a retenu.',
    lift_first: () => 'Levez d’abord la pause, ou attendez qu’elle finisse.',
    sign_up: () => 'La personne peut en créer un sur la page « Créer votre espace client ».',
    sign_up_again: () => 'La personne peut en créer un nouveau.',
    mail_waiting: () => 'Son dernier courriel n’est pas encore parti : il part dans la minute.',
    mail_retried: () =>
      `Son dernier courriel n’est pas encore parti : le portail réessaie pendant ${lengthInWords(DELIVERY.giveUpAfter)}.`,
    mail_held_back: () =>
      'Son dernier courriel n’est pas encore parti : le quota d’envoi du jour est atteint. Il peut ne partir que demain ; prévenez l’informatique.',
    mail_suppressed: () => `Le portail réessaie pendant ${DELIVERY.longest / DAY} jours.`,
    mail_slow: () => 'Sa messagerie tarde à prendre le dernier courriel : qu’elle attende quelques heures.',
    portal_fault: () =>
      'Son dernier courriel n’est pas parti, par la faute du portail : prévenez l’informatique, puis qu’elle le redemande.',
    setup_fault: () =>
      'Aucun courriel ne part : la clé ou l’expéditeur est refusé. Prévenez l’informatique : voir /sante.',
    door_shut: () =>
      'Aucun courriel ne part : le service d’envoi refuse l’adresse internet du portail. Prévenez l’informatique : voir /sante.',
    suppressed: () =>
      'Un courriel précédent à cette adresse est revenu : le service d’envoi n’y écrit plus pour un temps. Si sa boîte est pleine, qu’elle y fasse de la place.',
    wrong_address: () => 'Son dernier courriel n’arrive pas : l’adresse n’existe pas, ou plus.',
    make_room: () => 'Sa boîte est pleine : qu’elle y fasse de la place, puis redemande le courriel.',
    let_mails_in: () =>
      'Sa messagerie refuse nos courriels : qu’elle accepte notre adresse, puis redemande le courriel.',
    other_address_pending: () => 'Sinon, qu’elle recommence son inscription avec une autre adresse.',
    other_address_active: () => 'Sinon, qu’elle change d’adresse dans son espace.',
    open_mail: () =>
      'Qu’elle ouvre le dernier courriel reçu, ou qu’elle recommence son inscription : le formulaire renvoie un lien.',
    sign_in: () =>
      'Mot de passe perdu : « Mot de passe oublié ? ». Identifiant perdu : « Identifiant oublié ? », ou lisez-le-lui ci-dessus.',
  } satisfies Record<Step, (until: string) => string>,

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
    passkey_added: 'avis : entrée sans mot de passe ajoutée',
    account_closed: 'avis : compte fermé',
    request_refused: 'réponse : la demande n’aboutit pas',
    request_waiting: 'réponse : la demande attend le fichier',
    code_given: 'avis : un code est préparé',
    code_used: 'avis : un compte est ouvert par un code',
    pause_lifted: 'avis : pause levée',
    month_report: 'compte rendu du mois',
  } satisfies Record<MailKind, string>,
  mailStates: {
    queued: 'en attente',
    sent: 'parti',
    deferred: 'retardé par la messagerie',
    delivered: 'remis',
    refused: 'refusé',
    failed: 'abandonné',
    cancelled: 'annulé, remplacé par un plus récent',
  } satisfies Record<MailState, string>,
  mailReasons: {
    unreachable: 'service d’envoi injoignable',
    timeout: 'service d’envoi trop lent',
    throttled: 'service d’envoi saturé',
    quota: 'quota d’envoi du jour atteint',
    provider_failed: 'panne du service d’envoi',
    setup_refused: 'clé ou expéditeur refusé : voir /sante',
    ip_refused: 'service d’envoi fermé au portail : voir /sante',
    portal_failed: 'panne du portail',
    address_suppressed: 'un courriel précédent à cette adresse est revenu',
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

function signUpPaused(how: string, until: string): string {
  return `Inscription en pause, après trop d’essais ${how} : à nouveau possible ${until}.`;
}
