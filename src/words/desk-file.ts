// What the landlord's staff reads where the client file is sent from the browser.

import type { Guard } from '../client/import/guards.ts';
import { CLIENT_FILE, REPORTS_KEPT } from '../numbers.ts';
import type { ImportState } from '../schema.ts';
import { frenchLength } from './times.ts';

export const deskFileText = {
  title: 'Fichier des clients',
  intro:
    'Le fichier est complet : qui n’y est pas est considéré comme parti. Comparez d’abord : cela ne change rien.',
  label: 'Fichier (CSV)',
  columns: (names: string) => `Le même que celui de la nuit. Colonnes : ${names}.`,
  optional: '« email » et « secteur » sont facultatives.',
  most: `${CLIENT_FILE.bytes / 1_000_000} Mo au plus.`,
  sample: 'Télécharger un modèle',
  compare: 'Comparer',

  missing: 'Choisissez le fichier.',
  notSent: 'Rien n’a été changé',
  cutOff: 'L’envoi s’est interrompu avant la fin du fichier. Envoyez-le de nouveau.',
  other:
    'Ce n’est pas le fichier comparé, ou des clients ont changé depuis. Voici ce que ferait celui-ci ; s’il est juste, appliquez-le.',
  numberMissing: 'Écrivez combien de clients partiraient : le nombre est au-dessus.',
  numberWrong: 'Ce n’est pas le nombre de clients qui partiraient. Relisez-le au-dessus.',

  report: {
    compared: 'Comparaison du fichier',
    file: (name: string, lines: string) => `Fichier : ${name}, ${lines} lignes.`,
    nothing: 'Ce fichier ne changerait aucun client.',
    stopped: 'À confirmer',
    leaving: (left: string, present: string) => `Clients qui partiraient : ${left} sur ${present}.`,
    figures: {
      created: { would: 'nouveaux', did: 'nouveaux' },
      changed: { would: 'à modifier', did: 'modifiés' },
      left: { would: 'partiraient', did: 'partis' },
      back: { would: 'de retour', did: 'de retour' },
      unchanged: { would: 'inchangés', did: 'inchangés' },
      rejected: { would: 'lignes rejetées', did: 'lignes rejetées' },
    },
    clients: 'Clients',
    accounts: 'Comptes touchés',
    reading: 'Comment le fichier est lu',
    lists: {
      corrected: 'Est-ce bien la même personne ?',
      left: 'Clients absents du fichier',
      rejected: 'Lignes rejetées',
      changed: 'Clients modifiés',
      notes: 'Cellules laissées de côté',
      incomplete: 'Clients sans date de naissance ou sans prénom',
      repeated: 'Lignes en double',
    },
    firsts: (most: number) => `Les ${most} premières lignes de la liste.`,
    byColumn: (columns: string) => `Colonnes qui changent : ${columns}.`,
    mend: 'Télécharger ces lignes, à corriger dans le fichier entier',
    takeLeft: 'Télécharger cette liste',
    leftColumns: ['reference', 'nom', 'compte'],
    account: { active: 'oui', pending: 'en attente' },
    notKept: 'Les lignes elles-mêmes ne sont pas gardées : elles sont dans le fichier envoyé.',
  },

  apply: {
    title: 'Appliquer ce fichier',
    body: 'Les clients seront changés comme ci-dessus, en une fois.',
    label: 'Le même fichier, encore une fois',
    hint: 'Un autre fichier ne serait pas appliqué.',
    kept: 'Le fichier comparé est encore choisi.',
    number: 'Combien de clients partiraient ?',
    numberHint: 'Écrivez le nombre lu au-dessus, pour confirmer.',
    submit: 'Appliquer',
    another: 'Comparer un autre fichier',
  },

  /** What each guard asks to look at. */
  look: {
    too_many_left: 'Le fichier est-il complet ?',
    too_many_rejected: 'Une colonne a-t-elle changé de contenu ?',
    ends_open: 'Regardez sa dernière ligne.',
  } satisfies Record<Guard, string>,

  last: {
    title: 'Derniers imports',
    intro: `De toutes origines. Leur compte rendu est gardé ${frenchLength(REPORTS_KEPT)}.`,
    none: 'Aucun import.',
    heads: ['Date', 'Résultat', 'Envoyé par', 'Ce qui a changé'],
    system: 'le système du bailleur',
    states: {
      running: 'En cours',
      applied: 'Appliqué',
      tried: 'Comparé',
      refused: 'Arrêté avant d’être appliqué',
      failed: 'Fichier refusé',
    } satisfies Record<ImportState, string>,
    numbers: 'nouveaux numéros',
    interrupted: 'Interrompu',
    nothing: 'rien',
    gone: 'Aucun compte rendu sous ce numéro',
  },

  one: {
    title: (number: number) => `Import n° ${number}`,
    by: (sender: string) => `Envoyé par ${sender}.`,
    back: 'Tous les imports',
  },

  /** What the journal says of a file that was sent. */
  sent: {
    running: 'envoyé',
    applied: 'appliqué',
    tried: 'comparé',
    refused: 'arrêté avant d’être appliqué',
    failed: 'refusé',
  } satisfies Record<ImportState, string>,
  sentNumber: (what: string, number: string) => `${what}, import n° ${number}`,
};
