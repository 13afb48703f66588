// What an import says to the landlord's staff, in French: faults of a file, problems of a line, the report.

import type { ColumnProblem, LineProblem } from './rules/client-file.ts';
import type { FileError, FileFault } from './rules/client-file-text.ts';
import type { Guard, ImportCounts, ImportReport, KeptReport, Night } from './rules/import-report.ts';
import type { NumberFault, NumbersReport } from './rules/renumbering.ts';

const FAULT_WORDS = {
  empty: 'Le fichier est vide.',
  too_large: 'Le fichier dépasse 100 Mo.',
  line_too_long: 'Une ligne dépasse 16 Ko : les fins de ligne manquent peut-être.',
  not_text: 'Ce n’est pas un fichier CSV mais un classeur, une archive ou un PDF : enregistrez-le en CSV.',
  utf16: 'Le fichier est en UTF-16 : enregistrez-le en « CSV UTF-8 ».',
  no_lines: 'Le fichier ne contient que les noms des colonnes.',
  separator: 'Les colonnes doivent être séparées par des points-virgules ou des virgules.',
  missing_column: 'Il manque une colonne.',
  unknown_column: 'Une colonne n’est pas connue.',
  repeated_column: 'Une colonne est présente deux fois.',
  mixed_encodings: 'Le fichier mélange deux encodages : enregistrez-le entièrement en UTF-8.',
  open_quote: 'Un guillemet ouvert n’est jamais refermé sur sa ligne.',
  cut: 'Le fichier est coupé : envoyez-le de nouveau en entier.',
  line_count:
    'Le fichier n’a pas autant de lignes de clients que « lignes » l’annonce : il est peut-être coupé.',
} satisfies Record<FileFault, string>;

const PROBLEM_WORDS = {
  profile: 'doit être « locataire » ou « fournisseur »',
  cells: 'la ligne n’a pas le même nombre de colonnes que la première',
  missing: 'est vide',
  too_long: 'est trop long',
  garbled: 'contient des caractères illisibles : vérifiez l’encodage du fichier',
  no_letter: 'ne contient aucune lettre',
  no_digit_or_letter: 'ne contient ni chiffre ni lettre',
  scientific: 'a été transformé par un tableur : mettez la colonne au format texte',
  birth_date: 'n’est pas une date de naissance (JJ/MM/AAAA)',
  siret: 'doit compter 14 chiffres',
  email: 'n’est pas une adresse électronique',
  ambiguous:
    'plusieurs personnes de cette référence peuvent être celle de la ligne : corrigez-en une à la fois',
} satisfies Record<LineProblem, string>;

const NUMBER_WORDS = {
  profile: PROBLEM_WORDS.profile,
  missing: PROBLEM_WORDS.missing,
  too_long: PROBLEM_WORDS.too_long,
  no_digit_or_letter: PROBLEM_WORDS.no_digit_or_letter,
  twice: 'reçoit deux numéros différents',
  taken: 'est déjà le numéro d’un client qui n’en change pas',
  same_person: 'réunirait deux fois la même personne sous un numéro',
} satisfies Record<NumberFault, string>;

const NUMBERS_OUTCOME_WORDS = {
  applied: 'Les nouveaux numéros sont en place : les comptes ont suivi.',
  tried: 'Essai : rien n’a été changé.',
  refused:
    'Les numéros ne sont pas changés : ce n’est plus le fichier, ou ce ne sont plus les clients, de l’essai.',
} satisfies Record<NumbersReport['outcome'], string>;

const GUARD_WORDS = {
  too_many_left: 'Plus de 20 % des clients partiraient.',
  too_many_rejected: 'Plus de 5 % des lignes sont rejetées.',
} satisfies Record<Guard, string>;

const OUTCOME_WORDS = {
  applied: 'Le fichier est importé.',
  tried: 'Essai : rien n’a été changé.',
  refused: 'Le fichier n’est pas importé : rien n’a été changé.',
} satisfies Record<ImportReport['outcome'], string>;

/** Why a file is not even read, by the word of the answer's `error`. */
export const ACCESS_WORDS = {
  not_found: 'Le portail n’a pas de clé CLIENTS_API_KEY : il ne prend aucun fichier.',
  wrong_method: 'Le fichier se dépose par POST.',
  reports_method: 'Les rapports se lisent par GET.',
  no_report: 'Aucun rapport n’est gardé sous ce numéro, ou pas encore : ils le sont 30 jours.',
  wrong_key: 'La clé CLIENTS_API_KEY n’est pas celle du portail.',
  wrong_content_type: 'Le fichier doit être annoncé comme du CSV : Content-Type: text/csv.',
  wrong_lines:
    '« lignes » doit être le nombre de lignes de clients du fichier, sans celle des noms de colonnes.',
  busy: 'Un autre import est en cours : réessayez dans deux minutes.',
};

/** Every sentence, for the test that reads the portal's French. */
export const importWords = {
  FAULT_WORDS,
  PROBLEM_WORDS,
  NUMBER_WORDS,
  GUARD_WORDS,
  OUTCOME_WORDS,
  NUMBERS_OUTCOME_WORDS,
  ACCESS_WORDS,
};

/** `Il manque une colonne. (ligne 1, colonne « siret »)` */
export function sayFault({ fault, line, column }: Pick<FileError, 'fault' | 'line' | 'column'>): string {
  return `${FAULT_WORDS[fault]} (ligne ${line}${column ? `, colonne « ${column} »` : ''})`;
}

/** `Ligne 12 : date_naissance est vide` and the value when there is one. */
function sayProblem(line: number, { column, reason, value }: ColumnProblem): string {
  const quoted = value ? ` (« ${value} »)` : '';
  return `Ligne ${line} : ${column} ${PROBLEM_WORDS[reason]}${quoted}`;
}

// One, and several: French counts zero and one alike.
const COUNT_WORDS: [Exclude<keyof ImportCounts, 'present' | 'newFaults'>, string, string][] = [
  ['lines', 'ligne lue', 'lignes lues'],
  ['created', 'client nouveau', 'clients nouveaux'],
  ['changed', 'client modifié', 'clients modifiés'],
  ['unchanged', 'client inchangé', 'clients inchangés'],
  ['back', 'client de retour', 'clients de retour'],
  ['left', 'client parti', 'clients partis'],
  ['rejected', 'ligne rejetée', 'lignes rejetées'],
  [
    'incomplete',
    'client sans date de naissance ou sans prénom : il ne peut pas créer son compte seul',
    'clients sans date de naissance ou sans prénom : ils ne peuvent pas créer leur compte seuls',
  ],
  ['repeated', 'ligne en double', 'lignes en double'],
];

/** The report as a person reads it in a terminal. */
export function sayReport(report: Omit<ImportReport, 'rejectedCsv'>): string[] {
  const { accountsLeft, pendingLeft, accountsCorrected } = report.follows;
  return [
    OUTCOME_WORDS[report.outcome],
    ...report.guards.map((guard) => GUARD_WORDS[guard]),
    ...COUNT_WORDS.map(([name, one, several]) => `  ${count(report.counts[name], one, several)}`),
    `  ${count(accountsLeft, 'compte dont le client part', 'comptes dont le client part')}`,
    `  ${count(pendingLeft, 'inscription en attente sans client', 'inscriptions en attente sans client')}`,
    `  ${count(accountsCorrected, 'compte dont le client est corrigé', 'comptes dont les clients sont corrigés')}`,
    ...report.corrected.map(sayCorrected),
    ...report.rejected.flatMap(({ line, problems }) => problems.map((problem) => sayProblem(line, problem))),
    ...report.incomplete.map(({ line, missing }) => `Ligne ${line} : il manque ${missing.join(', ')}`),
    ...report.repeated.map(({ line, first }) => `Ligne ${line} : déjà à la ligne ${first}`),
    ...report.changed.map(({ line, columns }) => `Ligne ${line} : ${columns.join(', ')} à modifier`),
    ...report.left.map(({ reference, name }) => `Parti : ${reference} ${name}`),
    `Empreinte : ${report.fingerprint}`,
  ];
}

/** New numbers, as a person reads their report in a terminal. */
export function sayNumbers({
  outcome,
  counts,
  refused,
  unknown,
  untouched,
  fingerprint,
}: NumbersReport): string[] {
  return [
    refused.length > 0
      ? 'Aucun numéro n’est changé : des lignes sont à corriger.'
      : NUMBERS_OUTCOME_WORDS[outcome],
    `  ${count(counts.lines, 'numéro à changer', 'numéros à changer')}`,
    `  ${count(counts.clients, 'client concerné', 'clients concernés')}`,
    `  ${count(counts.accounts, 'compte suit son client', 'comptes suivent leur client')}`,
    `  ${count(counts.unknown, 'ancien numéro que personne n’a', 'anciens numéros que personne n’a')}`,
    `  ${count(counts.untouched, 'client garde son numéro', 'clients gardent leur numéro')}`,
    ...refused.map(
      ({ line, column, reason, value }) => `Ligne ${line} : ${column} ${NUMBER_WORDS[reason]} (« ${value} »)`,
    ),
    ...unknown.map(({ line, reference }) => `Ligne ${line} : personne n’a le numéro ${reference}`),
    ...untouched.map(({ reference, name }) => `Inchangé : ${reference} ${name}`),
    `Empreinte : ${fingerprint}`,
  ];
}

const STATE_WORDS: Record<string, string> = {
  applied: 'appliqué',
  refused: 'arrêté par une garde',
  failed: 'refusé',
};

/** A night that is kept, in a line. */
export function sayNight({ id, at, state, kind }: Night): string {
  const what = kind === 'numbers' ? 'nouveaux numéros' : 'fichier';
  return `n° ${id} · ${dayAndHour(at)} · ${what} · ${STATE_WORDS[state] ?? state}`;
}

/** A report that is kept, as it was answered. */
export function sayKept(report: KeptReport): string[] {
  if ('error' in report) return [sayFault({ ...report, fault: report.error })];
  return 'untouched' in report ? sayNumbers(report) : sayReport(report);
}

/** On the clock of whoever reads it. */
function dayAndHour(at: number): string {
  return new Date(at).toLocaleString('fr-FR', { dateStyle: 'short', timeStyle: 'short' });
}

const ACCOUNT_WORDS = { active: ' (a un compte)', pending: ' (inscription en attente)', none: '' };

/** Whether it is still the same person, only the landlord can tell. */
function sayCorrected({
  line,
  reference,
  account,
  before,
  after,
}: ImportReport['corrected'][number]): string {
  return `À vérifier, ligne ${line} : ${reference}${ACCOUNT_WORDS[account]} était ${before}, devient ${after}`;
}

function count(value: number, one: string, several: string): string {
  return `${value.toLocaleString('fr-FR')} ${value < 2 ? one : several}`;
}
