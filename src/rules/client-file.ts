// One line of the landlord's client file: what it must hold, and the row it becomes.

import * as z from 'zod';
import { readFileBirthDate } from './birth-date.ts';
import type { ClientKind } from './identity.ts';
import { familyNames, foldCompany, foldName } from './names.ts';
import { LENGTHS } from './numbers.ts';
import { hasReference, referenceKey } from './reference.ts';

/** A row of the landlord's file as the portal keeps it, with the keys it is found by. */
export type ClientRow = {
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

const name = z.string().trim().min(1).max(LENGTHS.name);
const email = z
  .string()
  .trim()
  .max(LENGTHS.email)
  .transform((address) => address || null)
  .pipe(z.email().nullable())
  .default(null);
const reference = z.string().trim().max(LENGTHS.reference).refine(hasReference);

const birthDate = z.string().transform((text, context) => {
  const date = readFileBirthDate(text, Date.now());
  if (date) return date;
  context.addIssue({ code: 'custom', message: 'not a birth date' });
  return z.NEVER;
});

const tenantLine = z
  .object({
    reference,
    nom: name.refine((text) => familyNames(text).length > 0),
    prenom: name,
    date_naissance: birthDate,
    email,
  })
  .transform(
    (line): ClientRow => ({
      kind: 'tenant',
      reference: line.reference,
      referenceKey: referenceKey(line.reference),
      nameKey: `${foldName(line.nom)} ${foldName(line.prenom)}`,
      familyName: line.nom,
      givenName: line.prenom,
      birthDate: line.date_naissance,
      companyName: null,
      siret: null,
      email: line.email,
    }),
  );

const supplierLine = z
  .object({
    reference,
    raison_sociale: name,
    siret: z
      .string()
      .transform((text) => text.replace(/\s/g, ''))
      .pipe(z.string().regex(/^\d{14}$/)),
    email,
  })
  .transform(
    (line): ClientRow => ({
      kind: 'supplier',
      reference: line.reference,
      referenceKey: referenceKey(line.reference),
      nameKey: foldCompany(line.raison_sociale),
      familyName: null,
      givenName: null,
      birthDate: null,
      companyName: line.raison_sociale,
      siret: line.siret,
      email: line.email,
    }),
  );

const LINES = { locataire: tenantLine, fournisseur: supplierLine };

/**
 * Reads one line of the client file, keyed by its column names.
 * @throws {z.ZodError} naming the column that does not fit
 */
export function readClientLine(line: Record<string, string>): ClientRow {
  const profil = z.enum(['locataire', 'fournisseur']).parse(line.profil?.trim().toLowerCase());
  return LINES[profil].parse(line);
}
