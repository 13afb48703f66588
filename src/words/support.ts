// What the landlord's staff reads in the terminal (`npm run account`, `npm run clients:import`).

import type { Shared } from '../client/candidates.ts';
import { DAY, DELIVERY } from '../numbers.ts';
import type { MailKind, MailReason, MailState, PauseReason, RequestState } from '../schema.ts';
import { lengthInWords } from './times.ts';

/** What a mail's fate asks for. */
type Remedy =
  | 'wait'
  | 'otherAddress'
  | 'mailboxFull'
  | 'suppressed'
  | 'blocked'
  | 'portal'
  | 'setup'
  | 'closed';

export const supportText = {
  usage:
    'Usage : npm run account -- IDENTIFIANT-OU-RÉFÉRENCE-OU-CODE-DE-DEMANDE [--close --reason "MOTIF"] [--lift] [--remote]',
  dashes: (line: string) => `Écrivez « -- » devant les options, sinon npm les garde :\n  ${line}`,
  unknown: 'Personne sous cette référence ni sous cet identifiant.',
  notLoggedIn: 'Non connecté à Cloudflare. Lancez d’abord : npx wrangler login',
  notReached: (complaint: string) => `La base du portail n’est pas joignable : ${complaint}`,
  noTables: (command: string) => `La base est encore vide. Lancez d’abord : ${command}`,
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
  newEmail: (email: string) => `nouvelle adresse, pas encore confirmée : ${email}`,
  formerIdentifier: 'L’identifiant demandé est celui d’un ancien compte, fermé. Le plus récent est celui-ci.',
  cutReference: 'Si le dernier chiffre est celui que l’avis ajoute :',
  left: (since: string) => `Absent du fichier des clients depuis le ${since}.`,
  leftUntil: (until: string) =>
    `La personne entre encore jusqu’au ${until} ; ensuite, le portail la refuse. Si elle est toujours cliente, faites corriger le fichier des clients.`,
  leftRefused:
    'Le portail refuse cette personne, absente du fichier. Si elle est toujours cliente, faites corriger le fichier des clients.',
  /** Why a person is stopped, and until when; `--lift` ends it. */
  pauses: {
    reference: (until: string) => signUpPaused('avec cette référence', until),
    cut_reference: (until: string) => signUpPaused('avec cette référence', until),
    birth_date: (until: string) => signUpPaused('avec cette date de naissance', until),
    siret: (until: string) => signUpPaused('avec ce numéro SIRET', until),
    name_and_year: (until: string) => signUpPaused('avec ce nom', until),
    network: (until: string) => signUpPaused('depuis sa connexion à internet', until),
    sign_in: (until: string) =>
      `Connexion en pause, après trop de mots de passe : à nouveau possible ${until}. « Mot de passe oublié ? » reste ouvert. Pour lever la pause : --lift`,
  } satisfies Record<PauseReason, (until: string) => string>,
  lifted: (whose: string) => `La pause est levée : ${whose}. La personne peut réessayer.`,
  nothingToLift: (whose: string) => `Aucune pause en ce moment : ${whose}.`,
  mails: 'Courriels',
  events: 'Activité',
  next: 'À faire :',
  closedNow: (whose: string) => `Le compte est fermé : ${whose}. La personne peut en créer un nouveau.`,
  alreadyClosed: (whose: string) => `Ce compte est déjà fermé : ${whose}.`,
  whichOne:
    'Plusieurs personnes : rien n’est fermé. Redemandez avec l’identifiant entier de celle qui appelle.',
  mailWaiting: 'Son dernier courriel n’est pas encore parti : il part dans la minute.',
  mailRetried: `Son dernier courriel n’est pas encore parti : le portail réessaie pendant ${lengthInWords(DELIVERY.giveUpAfter)}.`,
  mailHeldBack:
    'Son dernier courriel n’est pas encore parti : le quota d’envoi du jour est atteint. Il peut ne partir que demain ; prévenez l’informatique.',
  mailSuppressed: `Le portail réessaie pendant ${DELIVERY.longest / DAY} jours.`,
  /** Before an advice that leads to the sign-up. */
  liftFirst: (until: string) =>
    `Levez d’abord la pause avec --lift. Sinon, l’inscription redevient possible ${until}.`,
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
    code_given: 'avis : un code est préparé',
    code_used: 'avis : un compte est ouvert par un code',
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
  remedies: {
    wait: 'Sa messagerie tarde à prendre le dernier courriel : qu’elle attende quelques heures.',
    otherAddress: 'Son dernier courriel n’arrive pas : l’adresse n’existe pas, ou plus.',
    mailboxFull: 'Sa boîte est pleine : qu’elle y fasse de la place, puis redemande le courriel.',
    suppressed:
      'Un courriel précédent à cette adresse est revenu : le service d’envoi n’y écrit plus pour un temps. Si sa boîte est pleine, qu’elle y fasse de la place.',
    blocked:
      'Sa messagerie refuse nos courriels : qu’elle accepte notre adresse, puis redemande le courriel.',
    portal:
      'Son dernier courriel n’est pas parti, par la faute du portail : prévenez l’informatique, puis qu’elle le redemande.',
    setup:
      'Aucun courriel ne part : la clé ou l’expéditeur est refusé. Prévenez l’informatique : voir /sante.',
    closed:
      'Aucun courriel ne part : le service d’envoi refuse l’adresse internet du portail. Prévenez l’informatique : voir /sante.',
  } satisfies Record<Remedy, string>,
  remedyOf: {
    unreachable: 'portal',
    timeout: 'portal',
    throttled: 'portal',
    quota: 'portal',
    provider_failed: 'portal',
    setup_refused: 'setup',
    ip_refused: 'closed',
    portal_failed: 'portal',
    address_suppressed: 'suppressed',
    address_refused: 'otherAddress',
    content_refused: 'portal',
    slow: 'wait',
    no_such_address: 'otherAddress',
    mailbox_full: 'mailboxFull',
    blocked: 'blocked',
    undelivered: 'blocked',
    complained: 'blocked',
  } satisfies Record<MailReason, Remedy>,
  otherAddressNext: {
    pending: 'Sinon, qu’elle recommence son inscription avec une autre adresse.',
    active:
      'Sinon, qu’elle change d’adresse dans son espace ; si elle n’y entre plus, fermez le compte avec --close.',
  },
  /** A help code: what was typed, and whom of the file it may mean. */
  request: {
    made: (code: string, when: string) => `Demande de vérification ${code}, faite ${when}.`,
    states: {
      open: 'Personne n’y a encore répondu.',
      waiting: 'Elle attend que le fichier des clients soit corrigé.',
      accepted: 'Acceptée : le courriel d’activation est parti.',
      refused: 'Refusée : un courriel l’a dit.',
      matched: 'Réglée par une mise à jour du fichier : le courriel d’activation est parti.',
      has_account: 'Close : la personne a ouvert un compte depuis.',
      left: 'Close : le client attendu a quitté le fichier.',
    } satisfies Record<RequestState, string>,
    typed: 'Ce qui a été écrit',
    born: (date: string) => `naissance ${date}`,
    siret: (siret: string) => `SIRET ${siret}`,
    phone: (phone: string) => `téléphone ${phone}`,
    candidates: 'Dans le fichier',
    nobody: 'Personne qui ressemble.',
    differs: (what: string) => `diffère : ${what}`,
    same: 'tout est pareil',
    left: 'parti',
    parts: {
      reference: 'référence',
      birth_date: 'date de naissance',
      siret: 'SIRET',
      name: 'nom',
      given_name: 'prénom',
    } satisfies Record<Shared, string>,
    next: 'Vérifiez d’abord qui appelle. Si le fichier des clients se trompe, faites-le corriger : le courriel d’activation partira alors de lui-même. Sinon, répondez au guichet.',
    only: 'Un code de demande se montre seulement. Pour --close et --lift, donnez l’identifiant ou la référence.',
  },
  /** To the landlord's own people, who try the sending. */
  trialMail: {
    subject: 'Essai d’envoi du portail locataire',
    body: (origin: string) =>
      `Ceci est un essai d’envoi du portail ${origin}. Si vous lisez ce courriel, les courriels du portail peuvent partir.`,
  },
  clientFile: {
    usage:
      'Usage : npm run clients:import -- FICHIER.csv [--renumber] [--dry-run] [--remote] [--confirm EMPREINTE], ou --last [NUMÉRO]',
    noFile: (path: string) => `Le fichier ${path} n’existe pas.`,
    unreadable: (path: string) => `Le fichier ${path} ne peut pas être lu.`,
    noKey: 'La variable d’environnement CLIENTS_API_KEY manque.',
    wrongPort: 'PORT doit être un nombre de 1 à 65535.',
    wrongOrigin: 'PORTAL_ORIGIN doit être une adresse complète, comme https://portail.example.fr.',
    silent: (origin: string) => `Le portail ${origin} ne répond pas : rien n’a été changé.`,
    startFirst: 'Lancez d’abord npm start.',
    unsure: 'On ne sait pas si le fichier est appliqué : renvoyez le même fichier.',
    cut: 'La réponse du portail manque ou n’est pas entière.',
    moved: (where: string) =>
      `Le portail renvoie vers ${where} : rien n’a été changé. Corrigez PORTAL_ORIGIN.`,
    answered: (status: string) => `Le portail a répondu ${status}.`,
    nothingChanged: 'Rien n’a été changé.',
    nights: 'Rapports gardés :',
    linesToMend: 'Lignes à corriger :',
    toConfirm: (fingerprint: string) => `Pour passer outre : --confirm ${fingerprint}`,
  },
};

function signUpPaused(how: string, until: string): string {
  return `Inscription en pause, après trop d’essais ${how} : à nouveau possible ${until}. Pour lever la pause : --lift`;
}
