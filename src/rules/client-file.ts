// One line of the landlord's client file: what it must hold, and the row it becomes.

import * as z from 'zod/mini';
import { readFileBirthDate } from './birth-date.ts';
import type { ClientKind } from './identity.ts';
import { foldCompany, foldName } from './names.ts';
import { CLIENT_FILE, LENGTHS } from './numbers.ts';
import { hasReference, referenceKey } from './reference.ts';

/** The file's columns, in the order of the sample; only the e-mail may be missing. */
export const COLUMNS = [
  'profil',
  'reference',
  'nom',
  'prenom',
  'date_naissance',
  'raison_sociale',
  'siret',
  'email',
] as const;
export type Column = (typeof COLUMNS)[number];

/** A row of the landlord's file as the portal keeps it, with the keys it is found by. */
type ClientRow = {
  kind: ClientKind;
  reference: string;
  referenceKey: string;
  nameKey: string;
  familyName: string | null;
  givenName: string | null;
  birthDate: string | null;
  companyName: string | null;
  siret: string | null;
  email: string | null;
};

/** Why a line is rejected: the sentences stand in `src/text-import.ts`. */
export type LineProblem =
  | 'profile'
  | 'cells'
  | 'missing'
  | 'too_long'
  | 'garbled'
  | 'no_letter'
  | 'no_digit_or_letter'
  | 'scientific'
  | 'birth_date'
  | 'siret'
  | 'email'
  | 'ambiguous';
export type ColumnProblem = { column: Column; reason: LineProblem; value: string };

/** A line that was read, or why it was not; whom it speaks of is told as far as it can be known. */
export type ReadLine =
  | { ok: true; row: ClientRow }
  | { ok: false; kind: ClientKind | null; referenceKey: string | null; problems: ColumnProblem[] };

// A zod message is the reason itself.
const reason = (name: LineProblem) => name;
const filled = z.string(reason('missing')).check(z.minLength(1, reason('missing')));
const isNotScientific = (text: string) => !/^\d+(?:[.,]\d+)?E[+-]\d+$/i.test(text);

const isNoScientific = z.refine<string>(isNotScientific, { error: reason('scientific'), abort: true });
const hasLetter = z.regex(/\p{L}/u, reason('no_letter'));

const reference = filled.check(
  z.maxLength(LENGTHS.reference, reason('too_long')),
  isNoScientific,
  z.refine(hasReference, reason('no_digit_or_letter')),
);
const name = filled.check(z.maxLength(LENGTHS.name, reason('too_long')));
/** An association has none. Without it, or without a birth date, a client is kept, but opens no account from the web. */
const givenName = z.string().check(
  z.maxLength(LENGTHS.name, reason('too_long')),
  z.refine((text) => text === '' || /\p{L}/u.test(text), reason('no_letter')),
);
const address = z.email();
const email = z._default(
  z.string().check(
    z.maxLength(LENGTHS.email, reason('too_long')),
    z.refine((text) => text === '' || address.safeParse(text).success, reason('email')),
  ),
  '',
);

/** Nothing, or `00/00/0000`. */
const NO_DATE = /^[0\s./-]*$/;

const tenantLine = z.object({
  reference,
  nom: name.check(hasLetter),
  prenom: givenName,
  date_naissance: z.pipe(
    z.string(),
    z.transform((text, { issues }) => {
      if (NO_DATE.test(text)) return null;
      const date = readFileBirthDate(text, Date.now());
      if (!date) issues.push({ code: 'custom', message: reason('birth_date'), input: text });
      return date ?? z.NEVER;
    }),
  ),
  email,
});

const supplierLine = z.object({
  reference,
  raison_sociale: name.check(z.refine((text) => foldCompany(text) !== '', reason('no_digit_or_letter'))),
  siret: filled.check(
    isNoScientific,
    z.overwrite((text) => text.replace(/\s/g, '')),
    z.regex(/^\d{14}$/, reason('siret')),
  ),
  email,
});

/** Reads one line of the client file, keyed by its column names. */
export function readClientLine(cells: Partial<Record<Column, string>>): ReadLine {
  const line = trimmed(cells);
  const garbled = GARBLED.test(Object.values(line).join('')) ? garbledColumns(line) : [];
  if (garbled.length > 0) return refuse(line, garbled, 'garbled');
  const profile = line.profil.toLowerCase();
  if (profile === 'locataire') {
    const read = tenantLine.safeParse(line);
    return read.success ? { ok: true, row: tenantRow(read.data) } : refuseIssues(line, read.error);
  }
  if (profile === 'fournisseur') {
    const read = supplierLine.safeParse(line);
    return read.success ? { ok: true, row: supplierRow(read.data) } : refuseIssues(line, read.error);
  }
  return refuse(line, ['profil'], line.profil ? 'profile' : 'missing');
}

// Written out: one shape for all lines is read a third faster than columns set one by one.
function trimmed(cells: Partial<Record<Column, string>>): Record<Column, string> {
  return {
    profil: cells.profil?.trim() ?? '',
    reference: cells.reference?.trim() ?? '',
    nom: cells.nom?.trim() ?? '',
    prenom: cells.prenom?.trim() ?? '',
    date_naissance: cells.date_naissance?.trim() ?? '',
    raison_sociale: cells.raison_sociale?.trim() ?? '',
    siret: cells.siret?.trim() ?? '',
    email: cells.email?.trim() ?? '',
  };
}

function tenantRow(line: z.infer<typeof tenantLine>): ClientRow {
  return {
    kind: 'tenant',
    reference: line.reference,
    referenceKey: referenceKey(line.reference),
    nameKey: `${foldName(line.nom)} ${foldName(line.prenom)}`,
    familyName: line.nom,
    givenName: line.prenom || null,
    birthDate: line.date_naissance,
    companyName: null,
    siret: null,
    email: line.email || null,
  };
}

function supplierRow(line: z.infer<typeof supplierLine>): ClientRow {
  return {
    kind: 'supplier',
    reference: line.reference,
    referenceKey: referenceKey(line.reference),
    nameKey: foldCompany(line.raison_sociale),
    familyName: null,
    givenName: null,
    birthDate: null,
    companyName: line.raison_sociale,
    siret: line.siret,
    email: line.email || null,
  };
}

/** A control character (a NUL, a line break), a letter that could not be decoded, or one decoded twice: `Ã©` for `é`. */
const GARBLED = /\p{Cc}|\uFFFD|[ÂÃÅ][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/u;

function garbledColumns(line: Partial<Record<Column, string>>): Column[] {
  return COLUMNS.filter((column) => GARBLED.test(line[column] ?? ''));
}

function refuseIssues(line: Partial<Record<Column, string>>, error: z.core.$ZodError): ReadLine {
  const first = new Map<Column, LineProblem>();
  for (const { path, message } of error.issues) {
    const column = path[0] as Column;
    if (!first.has(column)) first.set(column, message as LineProblem);
  }
  const problems = [...first].map(([column, reason]) => problem(line, column, reason));
  return { ok: false, ...whom(line), problems };
}

/** Refuses a line for one reason in some columns. */
export function refuse(
  line: Partial<Record<Column, string>>,
  columns: Column[],
  reason: LineProblem,
): ReadLine {
  return { ok: false, ...whom(line), problems: columns.map((column) => problem(line, column, reason)) };
}

function problem(line: Partial<Record<Column, string>>, column: Column, reason: LineProblem): ColumnProblem {
  return { column, reason, value: shorten(line[column] ?? '') };
}

/** The start of a wrong value, one line of it. */
export function shorten(value: string): string {
  const plain = value.replace(/\p{Cc}/gu, '\u{FFFD}');
  return plain.length > CLIENT_FILE.quoted ? `${plain.slice(0, CLIENT_FILE.quoted)}…` : plain;
}

/** Whom a rejected line speaks of: the clients under that reference are not taken for gone. */
function whom(line: Partial<Record<Column, string>>) {
  const kinds: Record<string, ClientKind> = { locataire: 'tenant', fournisseur: 'supplier' };
  const reference = line.reference ?? '';
  const isKnown = hasReference(reference) && isNotScientific(reference);
  return {
    kind: kinds[line.profil?.toLowerCase() ?? ''] ?? null,
    referenceKey: isKnown ? referenceKey(reference).slice(0, LENGTHS.reference) : null,
  };
}
