// What the landlord's staff reads at the desk. Of a client's state and mails it says what the terminal says (`case.ts`).

import type { Step } from '../account/case.ts';
import { DESK, RESET_LINK_LIFETIME } from '../numbers.ts';
import type { ActKind, ActReason } from '../schema.ts';
import type { Role } from '../staff/members.ts';
import { frenchLength } from './times.ts';

export const deskText = {
  name: 'Guichet',
  titleEnd: (title: string) => `${title} – Guichet`,
  nav: 'Guichet',
  ways: [
    { href: '/guichet', label: 'Rechercher' },
    { href: '/guichet/demandes', label: 'Demandes' },
    { href: '/guichet/courriels', label: 'Courriels refusés' },
    { href: '/guichet/fichier', label: 'Fichier', of: 'send_file' },
    { href: '/guichet/journal', label: 'Journal' },
  ] as { href: string; label: string; of?: ActKind }[],
  signOut: 'Quitter',
  roles: { reception: 'accueil', manager: 'responsable' } satisfies Record<Role, string>,

  search: {
    title: 'Qui appelle ?',
    label: 'Numéro, identifiant, nom, adresse e-mail ou code de demande',
    hint: 'Dans n’importe quel ordre ; le début d’un nom suffit. Touche « / » pour revenir ici.',
    submit: 'Rechercher',
    found: (typed: string) => `Résultats pour « ${typed} »`,
    nothing: (typed: string) => `Personne ne correspond à « ${typed} ».`,
    nothingTips: [
      'Essayez le numéro locataire seul, ou le nom seul.',
      'Sans résultat, la personne n’est pas dans le fichier des clients : il faut d’abord l’y ajouter.',
    ],
    tooShort: 'Écrivez au moins deux lettres d’un nom, ou un numéro.',
    tooLong: (most: number) => `Écrivez ${most} caractères au plus.`,
    isMore: 'Il y en a d’autres. Ajoutez un prénom, ou demandez le numéro locataire.',
    waiting: 'Ce qui attend',
    lostMails: (count: number) =>
      count === 1 ? '1 courriel refusé ou abandonné' : `${count} courriels refusés ou abandonnés`,
    nothingWaits: 'Rien n’attend.',
    client: 'Client',
    reference: 'Référence',
    account: 'Compte',
    left: 'parti',
    states: { none: 'aucun compte', pending: 'à activer', active: 'actif', closed: 'fermé' },
  },

  client: {
    kinds: { tenant: 'Locataire', supplier: 'Fournisseur' },
    present: 'Présent dans le fichier des clients.',
    stateTitle: 'Où en est son compte',
    nextTitle: 'À faire',
    noMail: 'Aucun courriel envoyé.',
    lastMail: 'Dernier courriel',
    lastSignIn: 'Dernière connexion',
    never: 'Jamais',
    failures: 'Mots de passe faux',
    noFailure: 'Aucun depuis un jour',
    someFailures: (count: number) => (count === 1 ? '1 depuis un jour' : `${count} depuis un jour`),
    sessions: 'Connexions ouvertes',
    identifier: 'Identifiant',
    email: 'Adresse e-mail',
    pendingEmail: 'Nouvelle adresse, à confirmer',
    held: (since: string) => `Retenu depuis le ${since} : personne ne peut ouvrir de compte en son nom.`,
    otherActs: 'Autres actions',
    more: 'Plus',
    nothingYet: 'Rien ne s’est encore passé.',
    print: 'Imprimer cette page',
    mails: { title: 'Courriels', heads: ['Date', 'Courriel'] },
    events: { title: 'Activité', heads: ['Date', 'Ce qui s’est passé'] },
    acts: { title: 'Ce que le guichet a fait', heads: ['Date', 'Qui', 'Quoi'] },
    gone: 'Ce client n’est pas dans le portail (ou n’y est plus).',
    goneTip: 'Le fichier des clients de la nuit l’a peut-être changé. Recherchez la personne de nouveau.',
  },

  compare: {
    title: 'Comparer la date de naissance',
    label: 'Date que dit la personne',
    hint: 'Jour, mois, année. La date du fichier ne s’affiche pas.',
    submit: 'Comparer',
    same: 'Oui : c’est la date du fichier.',
    other: 'Non : ce n’est pas la date du fichier.',
    unknown: 'Le fichier n’a pas de date de naissance pour cette personne.',
    over: (moment: string) => `Vous avez comparé plusieurs fois. Vous pourrez recommencer ${moment}.`,
  },

  /** Why an act is done: the agent chooses. */
  reasons: {
    asked_by_phone: 'La personne le demande au téléphone',
    asked_at_counter: 'La personne est devant moi',
    asked_in_writing: 'La personne l’a écrit',
    intruder: 'Quelqu’un d’autre s’est servi du compte',
    death: 'Décès',
    moved: 'Changement de logement',
    new_contact: 'Changement d’interlocuteur',
    mistake: 'Erreur à corriger',
    other: 'Autre raison',
  } satisfies Record<ActReason, string>,
  reason: 'Pourquoi',
  words: 'Précision (facultatif)',
  wordsHint: 'La personne concernée peut demander à la lire.',
  reasonMissing: 'Choisissez une raison.',
  wordsMissing: 'Précisez l’autre raison.',

  acts: {
    send_link: {
      title: 'Renvoyer le lien',
      pending: 'Un nouveau lien d’activation part à son adresse. Le précédent ne sert plus.',
      active: `Un lien pour choisir un nouveau mot de passe part à son adresse. Il est valable ${frenchLength(RESET_LINK_LIFETIME)}.`,
      submit: { pending: 'Renvoyer le lien d’activation', active: 'Envoyer un lien de mot de passe' },
      done: 'Le lien vient de partir à son adresse.',
    },
    lift_pause: {
      title: 'Lever la pause',
      body: 'La personne peut réessayer tout de suite. Elle est prévenue par courriel si son compte est actif.',
      submit: 'Lever la pause',
      done: 'La pause est levée : la personne peut réessayer.',
    },
    secure: {
      title: 'Protéger le compte',
      body: 'Toutes les connexions se ferment, le mot de passe ne sert plus. Un lien pour en choisir un autre part à son adresse.',
      submit: 'Fermer toutes les connexions',
      done: 'Les connexions sont fermées et le mot de passe ne sert plus. Le lien vient de partir à son adresse.',
    },
    correct_email: {
      title: 'Corriger l’adresse e-mail',
      pending: 'Le lien d’activation part à la nouvelle adresse. L’ancien ne sert plus.',
      active:
        'La nouvelle adresse ne sert qu’une fois confirmée par son lien. L’ancienne adresse est prévenue.',
      email: 'Nouvelle adresse e-mail',
      submit: 'Envoyer le lien à cette adresse',
      done: 'Le lien vient de partir à la nouvelle adresse.',
      same: 'C’est déjà l’adresse de ce compte.',
    },
    close: {
      title: 'Fermer le compte',
      body: 'L’adresse et le mot de passe sont effacés. La personne est prévenue ; son contrat ne change pas.',
      after: 'Ensuite',
      free: 'La personne peut en ouvrir un autre',
      hold: 'Retenir : aucun autre compte sans votre accord',
      submit: 'Fermer le compte',
      done: 'Le compte est fermé.',
    },
    give_code: {
      title: 'Donner un code',
      body: 'Pour qui n’a pas d’adresse e-mail, ou n’y a plus accès. Avec ce code, la personne choisit elle-même un mot de passe.',
      submit: 'Faire le code',
      done: 'Le code est fait.',
    },
    hold: {
      title: 'Retenir : aucun compte sans votre accord',
      body: 'Personne ne peut ouvrir de compte en son nom depuis le portail, jusqu’à votre accord.',
      submit: 'Retenir',
      done: 'C’est retenu : aucun compte ne peut être ouvert en son nom.',
    },
    release: {
      title: 'Ne plus retenir',
      body: 'La personne peut de nouveau ouvrir un compte depuis le portail.',
      submit: 'Ne plus retenir',
      done: 'La personne peut de nouveau ouvrir un compte.',
    },
  },
  /** Nothing was done: somebody else was first, or the client has changed. */
  changedTitle: 'L’état a changé',
  changed:
    'Rien n’a été fait : l’état a changé depuis que cette page est ouverte. Voici où il en est maintenant.',
  tooSoon: (moment: string) =>
    `Rien n’est parti : plusieurs courriels l’ont déjà été. Vous pourrez recommencer ${moment}.`,
  managersOnly: 'Réservé aux responsables.',

  /** Where the desk has other means than the sentence of `case.ts` tells. */
  steps: {
    open_mail: 'Qu’elle ouvre le dernier courriel reçu. Si elle ne l’a plus, renvoyez le lien.',
    sign_in: 'Mot de passe perdu : envoyez le lien. Identifiant perdu : lisez-le-lui.',
    held: 'Le bailleur a retenu ce client. Si c’est réglé, ne le retenez plus.',
    other_address_pending: 'Sinon, corrigez son adresse : le lien y partira.',
    other_address_active: 'Sinon, corrigez son adresse : un lien de confirmation y partira.',
    make_room: 'Sa boîte est pleine : qu’elle y fasse de la place, puis renvoyez le lien.',
    let_mails_in:
      'Sa messagerie refuse nos courriels : qu’elle accepte notre adresse, puis renvoyez le lien.',
    sign_up: 'La personne peut en créer un sur le portail, avec son avis d’échéance.',
  } as Partial<Record<Step, string>>,
  liftFirst: 'Levez la pause : la personne pourra réessayer tout de suite.',

  mails: {
    title: 'Courriels refusés ou abandonnés',
    intro: `Les plus récents d’abord, sur ${frenchLength(DESK.lostMails)}. Un appel évite que la personne attende pour rien.`,
    none: 'Aucun courriel refusé ni abandonné.',
    heads: ['Date', 'Client', 'Courriel', 'Que faire'],
  },

  journal: {
    title: 'Journal',
    own: 'Ce que vous avez regardé et fait. Personne ne peut changer ni effacer ces lignes pendant un an.',
    all: 'Ce que le guichet a regardé et fait. Personne ne peut changer ni effacer ces lignes pendant un an.',
    agent: 'Qui (adresse e-mail)',
    reference: 'Référence du client',
    act: 'Quoi',
    anyAct: 'Tout',
    day: 'Jour',
    dayHint: 'JJ/MM/AAAA',
    submit: 'Chercher',
    export: 'Les mêmes lignes, dans un fichier (CSV)',
    none: 'Aucune ligne.',
    isMore: (most: number) => `Les ${most} plus récentes : précisez pour voir les autres.`,
    heads: ['Date', 'Qui', 'Quoi', 'Client', 'Pourquoi'],
    forgotten: (id: number) => `client ${id}, effacé`,
    columns: ['date', 'agent', 'acte', 'client', 'reference', 'raison', 'precision'],
  },

  actNames: {
    look: 'a regardé',
    compare_birth_date: 'a comparé la date de naissance',
    send_link: 'a renvoyé le lien',
    lift_pause: 'a levé la pause',
    secure: 'a fermé les connexions',
    correct_email: 'a corrigé l’adresse e-mail',
    close: 'a fermé le compte',
    hold: 'a retenu le client',
    release: 'ne retient plus le client',
    give_code: 'a remis un code',
    post_code: 'a fait un code à poster',
    see_request: 'a vu, à côté d’une demande',
    accept_request: 'a accepté une demande',
    wait_for_file: 'a mis une demande en attente du fichier',
    refuse_request: 'a refusé une demande',
    send_file: 'a envoyé le fichier des clients',
    print_letters: 'a fait des lettres à imprimer',
    export_absent: 'a pris la liste des absents en fichier',
    export_acts: 'a pris le journal en fichier',
  } satisfies Record<ActKind, string>,
};
