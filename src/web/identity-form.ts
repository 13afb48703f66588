// The rules of the fields by which a tenant or a supplier is recognised (how they are shown: `identity-fields.tsx`).

import * as z from 'zod/mini';
import { readBirthDate } from '../client/birth-date.ts';
import type { Identity } from '../client/matching.ts';
import { isName, isNoGivenName } from '../client/names.ts';
import { hasReference, isLeaseReference } from '../client/reference.ts';
import { readSiret } from '../client/siret.ts';
import { LENGTHS } from '../numbers.ts';
import { text } from '../words/pages.ts';
import { line, lineOrNothing } from './fields.ts';

const reference = line(text.errors.referenceEmpty, LENGTHS.reference).check(
  z.refine(hasReference, { error: text.errors.referenceShape }),
);

/** A reference that an address brings, as the form would take it; undefined when it can be none: the file's have a digit. */
export function possibleReference(brought: string): string | undefined {
  const read = reference.safeParse(brought);
  return read.success && /\p{Nd}/u.test(read.data) ? read.data : undefined;
}

const birthDate = z.pipe(
  line(text.errors.birthDateEmpty, LENGTHS.name),
  z.transform((typed, { issues }) => {
    const read = readBirthDate(typed, Date.now());
    if (read.ok) return read.date;
    issues.push({ code: 'custom', message: text.birthDateRefusals[read.reason], input: typed });
    return z.NEVER;
  }),
);

/** What a tenant is recognised by; `profil` tells it from `supplierForm` in a discriminated union. */
export const tenantForm = z.object({
  profil: z.literal('locataire'),
  reference: reference.check(
    z.refine((typed) => !isLeaseReference(typed), { error: text.errors.referenceLease }),
  ),
  nom: line(text.errors.familyNameEmpty, LENGTHS.name).check(
    z.refine(isName, { error: text.errors.familyNameShape }),
  ),
  // Nothing, or the sign that the notice has in its place: some people have no given name (see `leftOut`).
  prenom: lineOrNothing(text.errors.givenNameEmpty, LENGTHS.name).check(
    z.refine((typed) => isNoGivenName(typed) || isName(typed), { error: text.errors.givenNameShape }),
  ),
  date_naissance: birthDate,
});

/**
 * A given name may be left out (see `leftOut`), but where something else is to be mended it is asked for with the rest, and
 * not in a second round.
 */
export const givenNameToo = z.refine<{ prenom?: unknown }>(
  (form) => !isNoGivenName(String(form.prenom ?? '')),
  {
    path: ['prenom'],
    error: text.errors.givenNameEmpty,
    when: ({ issues }) => issues.length > 0,
  },
);

/** What a supplier is recognised by. */
export const supplierForm = z.object({
  profil: z.literal('fournisseur'),
  reference,
  raison_sociale: line(text.errors.companyEmpty, LENGTHS.name),
  siret: line(text.errors.siretEmpty, LENGTHS.name).check(
    z.overwrite(readSiret),
    z.regex(/^\d{14}$/, { error: text.errors.siretShape }),
  ),
});

/** What a person who lost the identifier is recognised by: less than at sign-up. */
export const lostIdentifierForm = z.discriminatedUnion(
  'profil',
  [z.omit(tenantForm, { prenom: true }), z.omit(supplierForm, { raison_sociale: true })],
  { error: text.errors.profile },
);

/** The identity a valid form states. */
export function identityOf(form: z.output<typeof tenantForm> | z.output<typeof supplierForm>): Identity {
  if (form.profil === 'fournisseur') {
    return {
      kind: 'supplier',
      reference: form.reference,
      companyName: form.raison_sociale,
      siret: form.siret,
    };
  }
  return {
    kind: 'tenant',
    reference: form.reference,
    familyName: form.nom,
    givenName: form.prenom,
    birthDate: form.date_naissance,
  };
}
