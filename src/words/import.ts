// What an import says to the landlord's staff, in French: faults of a file, problems of a line, the report.

import type { ColumnProblem, LineNote, LineProblem, NoteReason } from '../client/import/columns.ts';
import type { FileError, FileFault } from '../client/import/fault.ts';
import type { Guard, ImportCounts, ImportReport, KeptReport, Night } from '../client/import/guards.ts';
import type { NumberFault, NumbersReport } from '../client/import/new-numbers.ts';
import type { Reading } from '../client/import/reading.ts';
import { CLIENT_FILE, LENGTHS, REPORTS_KEPT } from '../numbers.ts';
import { frenchNumber } from './figures.ts';
import { frenchLength, lengthInWords } from './times.ts';

const FAULT_WORDS = {
  empty: 'Le fichier est vide.',
  too_large: `Le fichier dépasse ${CLIENT_FILE.bytes / 1_000_000}\u00a0Mo.`,
  line_too_long: `Une ligne dépasse ${CLIENT_FILE.lineBytes / 1024}\u00a0Ko : les fins de ligne manquent peut-être.`,
  not_text: 'Ce n’est pas un fichier CSV mais un classeur, une archive ou un PDF : enregistrez-le en CSV.',
  no_lines: 'Le fichier ne contient que les noms des colonnes.',
  separator:
    'La ligne des noms des colonnes est introuvable : séparez-les par des points-virgules, des virgules ou des tabulations.',
  missing_column: 'Il manque une colonne.',
  repeated_column: 'Une colonne est présente deux fois.',
  mixed_encodings: 'Le fichier mélange deux encodages : enregistrez-le entièrement en UTF-8.',
  unsure_encoding:
    'Les lettres accentuées ne se lisent pas de façon sûre : enregistrez le fichier en « CSV UTF-8 ».',
  month_first: 'Des dates ont le mois avant le jour : écrivez-les toutes jour, mois, année (JJ/MM/AAAA).',
  cut: 'Le fichier est coupé : envoyez-le de nouveau en entier.',
  line_count:
    'Le fichier n’a pas autant de lignes de clients que « lignes » l’annonce : il est peut-être coupé.',
} satisfies Record<FileFault, string>;

const PROBLEM_WORDS = {
  profile: 'doit être « locataire » ou « fournisseur »',
  cells: 'la ligne a plus de colonnes que la première',
  open_quote: 'commence par un guillemet qui n’est jamais refermé',
  missing: 'est vide',
  too_long: 'est trop long',
  garbled: 'contient des caractères illisibles : vérifiez l’encodage du fichier',
  entity: 'contient un code de page web à la place d’un signe : écrivez ce signe',
  spreadsheet_error: 'est une erreur de tableur : corrigez la formule',
  no_letter: 'ne contient aucune lettre',
  no_digit_or_letter: 'ne contient ni chiffre ni lettre',
  scientific: 'a été transformé par un tableur : mettez la colonne au format texte',
  amount: 'a été pris pour un montant par un tableur : mettez la colonne au format texte',
  birth_date: 'n’est pas une date de naissance (JJ/MM/AAAA)',
  siren: 'est un SIREN (9 chiffres) : il faut le SIRET (14 chiffres)',
  siret: 'doit compter 14 chiffres',
  ambiguous:
    'plusieurs personnes de cette référence peuvent être celle de la ligne : corrigez-en une à la fois',
} satisfies Record<LineProblem, string>;

/** What was left out of a line that is taken. */
const NOTE_WORDS = {
  email: 'n’est pas une adresse : la ligne est prise sans elle',
  emails: 'contient plusieurs adresses : la première est gardée',
  sector: `est trop long : ses ${LENGTHS.sector} premiers signes sont gardés`,
} satisfies Record<NoteReason, string>;

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
  refused: 'Aucun numéro n’est changé : des lignes sont à corriger.',
} satisfies Record<NumbersReport['outcome'], string>;

/** Why an import waits for a person. */
export const GUARD_WORDS = {
  too_many_left: `Plus de ${percent(CLIENT_FILE.mostLeft)} des clients partiraient.`,
  too_many_rejected: `Plus de ${percent(CLIENT_FILE.mostRejected)} des lignes sont rejetées ou incomplètes, et ne l’étaient pas dans le dernier fichier.`,
  ends_open:
    'Le dernier fichier finissait par un saut de ligne, celui-ci non : il est peut-être coupé, et des clients partiraient.',
} satisfies Record<Guard, string>;

const ENCODING_WORDS = {
  'utf-8': 'UTF-8',
  'utf-16': 'UTF-16',
  'windows-1252': 'Windows-1252',
  'iso-8859-15': 'ISO-8859-15 (Latin-9)',
  macintosh: 'Mac Roman',
  cp850: 'DOS (CP850)',
} satisfies Record<Reading['encoding'], string>;

/** How a file was read, so that a person sees it at a glance. */
const READING_WORDS = {
  how: (encoding: string, separator: string, line: number) =>
    `Lu en ${encoding}, colonnes séparées par ${separator}, leurs noms à la ligne ${line}.`,
  separators: { ';': '« ; »', ',': '« , »', '\t': 'des tabulations', '|': '« | »' } as Record<string, string>,
  ignored: (names: string) => `Colonnes laissées de côté : ${names}.`,
  assumed: (profile: string) => `Sans colonne « profil » : toutes les lignes sont lues comme « ${profile} ».`,
  serialDates: (count: string) =>
    `${count} sont des numéros de jour d’un tableur : comparez-en quelques-unes avec vos fiches.`,
  lastDigit:
    'Presque toutes les références ont un chiffre de plus (« 471 4 » pour 471). Le fichier doit les donner sans ce dernier chiffre.',
};

/** What became of a file. */
export const OUTCOME_WORDS = {
  applied: 'Le fichier est importé.',
  tried: 'Essai : rien n’a été changé.',
  refused: 'Le fichier n’est pas importé : rien n’a été changé.',
} satisfies Record<ImportReport['outcome'], string>;

/** Why a file is not even read, by the word of the answer's `error`. */
export const ACCESS_WORDS = {
  not_found: 'Le portail n’a pas de clé CLIENTS_API_KEY : il ne prend aucun fichier.',
  wrong_method: 'Le fichier se dépose par POST.',
  reports_method: 'Les rapports se lisent par GET.',
  no_report: `Aucun rapport n’est gardé sous ce numéro, ou pas encore : ils le sont ${frenchLength(REPORTS_KEPT)}.`,
  wrong_key: 'La clé CLIENTS_API_KEY n’est pas celle du portail.',
  wrong_content_type: 'Le fichier doit être annoncé comme du CSV : Content-Type: text/csv.',
  wrong_lines:
    '« lignes » doit être le nombre de lignes de clients du fichier, sans celle des noms de colonnes.',
  busy: `Un autre import est en cours : réessayez dans ${lengthInWords(CLIENT_FILE.lease)}.`,
};

/** Every sentence, for the test that reads the portal's French. */
export const importWords = {
  FAULT_WORDS,
  PROBLEM_WORDS,
  NOTE_WORDS,
  NUMBER_WORDS,
  GUARD_WORDS,
  READING_WORDS,
  OUTCOME_WORDS,
  NUMBERS_OUTCOME_WORDS,
  ACCESS_WORDS,
};

/** `Il manque une colonne. (ligne 1, colonne « siret »)` */
export function sayFault({ fault, line, column }: Pick<FileError, 'fault' | 'line' | 'column'>): string {
  return `${FAULT_WORDS[fault]} (ligne ${line}${column ? `, colonne « ${column} »` : ''})`;
}

/** `Ligne 12 : date_naissance est vide` and the value when there is one. */
function sayProblem(line: number, { column, reason, value }: ColumnProblem | LineNote): string {
  const quoted = value ? ` (« ${value} »)` : '';
  return `Ligne ${line} : ${column} ${{ ...PROBLEM_WORDS, ...NOTE_WORDS }[reason]}${quoted}`;
}

/** What stands at the top of a report: how the file was read, and what of it is no client that can open an account. */
export function sayReading(reading: Reading): string[] {
  const words = READING_WORDS;
  const { encoding, separator, headLine, ignored, assumed, serialDates, skipped } = reading;
  return [
    words.how(ENCODING_WORDS[encoding], words.separators[separator] ?? separator, headLine),
    ...(ignored.length > 0 ? [words.ignored(ignored.join(', '))] : []),
    ...(assumed ? [words.assumed(assumed)] : []),
    ...(serialDates > 0 ? [words.serialDates(count(serialDates, 'date', 'dates'))] : []),
    ...(reading.isLastDigitWritten ? [words.lastDigit] : []),
    ...COUNTED.flatMap(([name, one, several]) =>
      reading[name] > 0 ? [`  ${count(reading[name], one, several)}`] : [],
    ),
    ...(skipped > 0
      ? [`  ${count(skipped, 'ligne qui n’est pas un client', 'lignes qui ne sont pas des clients')}`]
      : []),
  ];
}

const COUNTED: ['withoutPerson' | 'withoutBirthDate', string, string][] = [
  ['withoutPerson', 'locataire sans personne', 'locataires sans personne'],
  ['withoutBirthDate', 'locataire sans date de naissance', 'locataires sans date de naissance'],
];

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

/** `3 clients nouveaux, 1 client parti`: what an import changed; empty when nothing. */
export function sayCounts(counts: ImportCounts | NumbersReport['counts']): string {
  if ('clients' in counts) return count(counts.clients, 'client concerné', 'clients concernés');
  const told: string[] = ['created', 'changed', 'back', 'left', 'rejected'];
  const words = COUNT_WORDS.filter(([name]) => told.includes(name) && counts[name] > 0);
  return words.map(([name, one, several]) => count(counts[name], one, several)).join(', ');
}

/** Accounts that an import touches. */
export function sayFollows({
  accountsLeft,
  pendingLeft,
  accountsCorrected,
}: ImportReport['follows']): string[] {
  return [
    count(accountsLeft, 'compte dont le client part', 'comptes dont le client part'),
    count(pendingLeft, 'inscription en attente sans client', 'inscriptions en attente sans client'),
    count(accountsCorrected, 'compte dont le client est corrigé', 'comptes dont les clients sont corrigés'),
  ];
}

/** What a report lists, a sentence for each entry. */
export function reportLists(report: Omit<ImportReport, 'rejectedCsv'>) {
  return {
    corrected: report.corrected.map(sayCorrected),
    rejected: report.rejected.flatMap(({ line, problems }) => problems.map((one) => sayProblem(line, one))),
    notes: report.reading.notes.flatMap(({ line, notes }) => notes.map((note) => sayProblem(line, note))),
    incomplete: report.incomplete.map(
      ({ line, missing }) => `Ligne ${line} : il manque ${missing.join(', ')}`,
    ),
    repeated: report.repeated.map(({ line, first }) => `Ligne ${line} : déjà à la ligne ${first}`),
    changed: report.changed.map(({ line, columns }) => `Ligne ${line} : ${columns.join(', ')} à modifier`),
    left: report.left.map(
      ({ reference, name, account }) => `${reference} ${name}${ACCOUNT_WORDS[account ?? 'none']}`,
    ),
  };
}

/** The report as a person reads it in a terminal. */
export function sayReport(report: Omit<ImportReport, 'rejectedCsv'>): string[] {
  const { left, ...lists } = reportLists(report);
  return [
    OUTCOME_WORDS[report.outcome],
    ...sayReading(report.reading),
    ...report.guards.map((guard) => GUARD_WORDS[guard]),
    ...COUNT_WORDS.map(([name, one, several]) => `  ${count(report.counts[name], one, several)}`),
    ...sayFollows(report.follows).map((line) => `  ${line}`),
    ...Object.values(lists).flat(),
    ...left.map((one) => `Parti : ${one}`),
    `Empreinte : ${report.fingerprint}`,
  ];
}

/** New numbers, as a person reads their report in a terminal. */
export function sayNumbers({ outcome, counts, refused, unknown, untouched }: NumbersReport): string[] {
  return [
    NUMBERS_OUTCOME_WORDS[outcome],
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
  return `${frenchNumber(value)} ${value < 2 ? one : several}`;
}

/** A share, as it is said: `20 %`. */
function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`;
}
