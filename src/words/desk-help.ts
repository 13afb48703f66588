// What the landlord's staff reads of help requests and codes; and the sheet that goes to whom a code is for.

import { CODE, DAY, HELP } from '../numbers.ts';
import type { CodeKind, IdentityProof, RequestState } from '../schema.ts';

export const deskHelpText = {
  /** How somebody's identity was proven: the agent chooses. */
  proofs: {
    document_shown: 'Pièce d’identité vue au guichet',
    called_back: 'Rappelée au numéro de son dossier',
    lease_details: 'A donné des détails de son bail',
    known_in_person: 'Connue en personne',
  } satisfies Record<IdentityProof, string>,
  proof: 'Comment avez-vous vérifié qui c’est ?',
  noProof: 'Pas vérifié',
  chooseProof: 'Choisissez',
  proofMissing: 'Choisissez comment vous avez vérifié qui c’est.',

  list: {
    title: 'Demandes de vérification',
    waiting: (count: number) =>
      count === 1 ? '1 demande de vérification à traiter' : `${count} demandes de vérification à traiter`,
    intro: 'Les plus anciennes d’abord. Ce qui se ressemble est ensemble.',
    none: 'Aucune demande à traiter.',
    heads: ['Reçue', 'Qui', 'Référence écrite', 'Code', 'État'],
    alike: 'ressemble à la précédente',
    toDecide: 'À traiter',
    decided: 'Les dernières traitées',
    decidedHeads: ['Traitée', 'Qui', 'Code', 'Par', 'Réponse'],
    byPortal: 'le portail',
    isMore: (most: number) => `Les ${most} plus anciennes sont affichées.`,
  },

  states: {
    open: 'Personne n’y a encore répondu.',
    waiting: 'Elle attend que le fichier des clients soit corrigé : le lien partira alors de lui-même.',
    accepted: 'Acceptée : le lien d’activation est parti à l’adresse écrite.',
    refused: 'Refusée : un courriel l’a dit.',
    matched: 'Réglée par une mise à jour du fichier : le lien d’activation est parti.',
    has_account: 'Close : la personne a ouvert un compte depuis.',
    left: 'Close : le client attendu a quitté le fichier.',
  } satisfies Record<RequestState, string>,
  shortStates: {
    open: 'À traiter',
    waiting: 'Attend le fichier',
    accepted: 'Acceptée',
    refused: 'Refusée',
    matched: 'Réglée par le fichier',
    has_account: 'Compte ouvert depuis',
    left: 'Parti du fichier',
  } satisfies Record<RequestState, string>,

  request: {
    title: (code: string) => `Demande ${code}`,
    received: (when: string) => `Reçue ${when}. Effacée ${HELP.kept / DAY} jours après.`,
    decidedBy: (agent: string, when: string) => `Traitée par ${agent}, ${when}.`,
    mail: (what: string) => `Son courriel : ${what}.`,
    alike: 'Une autre demande ressemble à celle-ci : comparez les adresses avant de répondre.',
    typed: 'Ce qui a été écrit',
    reach: 'Où lui répondre',
    parts: {
      reference: 'Référence',
      name: 'Nom',
      given_name: 'Prénom',
      birth_date: 'Naissance',
      company: 'Raison sociale',
      siret: 'SIRET',
    },
    email: 'Adresse e-mail',
    phone: 'Téléphone',
    candidates: 'Dans le fichier des clients',
    candidatesHint: 'Les lettres qui diffèrent sont marquées.',
    heads: { what: 'Quoi', typed: 'Écrit', file: 'Fichier' },
    nobody: 'Personne n’y ressemble.',
    choose: 'Cette personne',
    noneOfThem: 'Personne de cette liste',
    notes: {
      left: 'A quitté le fichier des clients.',
      held: 'Retenu : un responsable doit d’abord le libérer.',
      pending: 'A un compte à activer : le lien partirait à la nouvelle adresse.',
      active: 'A déjà un compte actif : aidez-la depuis sa page.',
    },
    answer: 'Votre réponse',
    decisions: {
      oui: {
        label: 'C’est cette personne',
        hint: 'Le lien d’activation part à l’adresse écrite. L’adresse du fichier est prévenue.',
      },
      fichier: {
        label: 'Le fichier se trompe',
        hint: 'Faites-le corriger : dès qu’il concorde, le lien part de lui-même. Un courriel le lui dit.',
      },
      non: {
        label: 'Non',
        hint: 'Un courriel dit que la demande n’aboutit pas, et de vous appeler.',
      },
    },
    decisionMissing: 'Choisissez votre réponse.',
    clientMissing: 'Choisissez de quelle personne il s’agit.',
    submit: 'Répondre',
    back: 'Retour aux demandes',
    done: {
      accept_request: 'C’est fait : le lien d’activation part à l’adresse écrite.',
      wait_for_file: 'C’est fait : la demande attend le fichier corrigé. Un courriel le lui dit.',
      refuse_request: 'C’est fait : un courriel dit que la demande n’aboutit pas.',
    },
    refused: {
      has_account: 'Rien n’a été fait : cette personne a déjà un compte actif. Aidez-la depuis sa page.',
      held: 'Rien n’a été fait : ce client est retenu. Un responsable doit d’abord le libérer.',
      client_left: 'Rien n’a été fait : ce client a quitté le fichier depuis trop longtemps.',
      no_such_client: 'Rien n’a été fait : ce client n’est plus dans le fichier.',
    },
    gone: 'Cette demande n’existe pas, ou plus.',
    goneTip: `Les demandes sont effacées après ${HELP.kept / DAY} jours.`,
  },

  giveCode: {
    kind: 'Comment lui parvient-il ?',
    kinds: {
      counter: `En main propre, au guichet : valable ${CODE.lifetimes.counter / DAY} jours`,
      post: `Par la poste, à l’adresse du logement : valable ${CODE.lifetimes.post / DAY} jours`,
    } satisfies Record<CodeKind, string>,
    kindMissing: 'Choisissez comment le code lui parvient.',
    earlier: (when: string, by: string) =>
      `Un code a déjà été fait ${when}, par ${by}. Le nouveau le remplace.`,
    shown: 'Imprimez cette feuille maintenant : le code ne s’affichera plus.',
    sheetTitle: 'La feuille avec le code',
    print: 'Imprimer la feuille',
    back: 'Retour à sa page',
  },

  /** In large print, for whom a code is for. */
  sheet: {
    title: 'Entrez dans votre espace locataire',
    for: (name: string) => `Pour ${name}`,
    address: 'Adresse à ouvrir',
    qr: 'Ou photographiez ce carré avec votre téléphone :',
    qrName: (address: string) => `Code QR de l’adresse ${address}`,
    reference: 'Votre référence',
    code: 'Votre code',
    until: (day: string) => `À utiliser avant le ${day}, une seule fois.`,
    steps: [
      'Ouvrez l’adresse, puis recopiez la référence et le code.',
      'Choisissez un mot de passe.',
      'Notez l’identifiant qui s’affiche : il sert à chaque connexion.',
    ],
    keep: 'Ne donnez ce code à personne, pas même au téléphone.',
    phone: 'Besoin d’aide ? Appelez-nous au',
  },
};
