// The fields by which a tenant or a supplier is recognised: their rules, and how they are shown.
// Both kinds stand in one form; the radio buttons switch them by CSS, so no script is needed.

import type { Child } from 'hono/jsx';
import * as z from 'zod/mini';
import { readBirthDate } from '../client/birth-date.ts';
import type { Identity } from '../client/matching.ts';
import { isName, isNoGivenName } from '../client/names.ts';
import { hasReference, isLeaseReference } from '../client/reference.ts';
import { readSiret } from '../client/siret.ts';
import { LENGTHS } from '../numbers.ts';
import { text } from '../words/pages.ts';
import { Drawing } from './drawing.tsx';
import { line, lineOrNothing } from './fields.ts';
import { Field, FieldError, Star } from './form.tsx';
import { Surface } from './parts.tsx';
import type { Errors, Typed } from './read-form.ts';

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

type IdentityProps = {
  typed: Typed;
  errors?: Errors;
  isLost?: boolean;
  /** Where the reference comes from, when nobody typed it. */
  referenceNote?: string;
};

/**
 * All fields of both kinds; with `isLost`, those of `lostIdentifierForm`. The radio buttons come first and are siblings
 * of what they switch.
 */
export function IdentityFields({ typed, errors, isLost = false, referenceNote }: IdentityProps) {
  const common = { typed, errors };
  const { signUp: words } = text;
  return (
    <fieldset aria-describedby={errors?.profil && 'profil-error'}>
      <legend>
        {words.profile}
        <Star />
      </legend>
      <FieldError name="profil" sentence={errors?.profil} />
      <ProfileChoice id="profil" value="locataire" label={words.tenant} typed={typed} />{' '}
      <ProfileChoice id="profil-fournisseur" value="fournisseur" label={words.supplier} typed={typed} />
      <p class="for-tenant">
        {words.intro.tenant} {text.form.starLegend}
      </p>
      <p class="for-supplier">
        {words.intro.supplier} {text.form.starLegend}
      </p>
      <NoticeDrawing />
      <Field
        name="reference"
        label={words.reference}
        hint={<ReferenceHint note={referenceNote} />}
        capitals="characters"
        {...common}
      />
      <Field
        class="for-tenant"
        name="nom"
        label={<Only kind={words.onlyTenant}>{words.familyName}</Only>}
        hint={words.familyNameHint}
        capitals="characters"
        {...common}
      />
      {!isLost && (
        <Field
          class="for-tenant"
          name="prenom"
          label={<Only kind={words.onlyTenant}>{words.givenName}</Only>}
          hint={words.givenNameHint}
          capitals="characters"
          {...common}
        />
      )}
      <Field
        class="for-tenant"
        name="date_naissance"
        label={<Only kind={words.onlyTenant}>{words.birthDate}</Only>}
        hint={words.birthDateHint}
        inputmode="numeric"
        {...common}
      />
      {!isLost && (
        <Field
          class="for-supplier"
          name="raison_sociale"
          label={<Only kind={words.onlySupplier}>{words.company}</Only>}
          hint={words.companyHint}
          {...common}
        />
      )}
      <Field
        class="for-supplier"
        name="siret"
        label={<Only kind={words.onlySupplier}>{words.siret}</Only>}
        hint={words.siretHint}
        inputmode="numeric"
        {...common}
      />
    </fieldset>
  );
}

/** A label that says whose field it is, for readers without style sheets: they see the fields of both kinds. */
function Only({ kind, children }: { kind: string; children: Child }) {
  return (
    <>
      {children}
      <span class="plain"> {kind}</span>
    </>
  );
}

/** What switches the fields, by CSS. */
const PICKS = { locataire: 'pick-tenant', fournisseur: 'pick-supplier' };

type ChoiceProps = { id: string; value: keyof typeof PICKS; label: string; typed: Typed };

/** A radio button before its label; the legend around them asks the question. */
function ProfileChoice({ id, value, label, typed }: ChoiceProps) {
  const chosen = typed.profil === 'fournisseur' ? 'fournisseur' : 'locataire';
  return (
    <>
      <input
        class={`pick ${PICKS[value]}`}
        type="radio"
        id={id}
        name="profil"
        value={value}
        checked={value === chosen}
      />
      <label class="choice" for={id}>
        {label}
      </label>
    </>
  );
}

function NoticeDrawing() {
  return (
    // No figure: RGAA 1.9 would have its caption tied by a role that HTML does not allow it. A sentence leads to the drawing.
    <Surface class="notice for-tenant">
      <p>{text.signUp.notice}</p>
      <Drawing name="notice" alt={text.signUp.noticeAlt} />
    </Surface>
  );
}

function ReferenceHint({ note }: { note?: string }) {
  return (
    <>
      {note && (
        <p>
          <strong>{note}</strong>
        </p>
      )}
      <span class="for-tenant">{text.signUp.referenceTenantHint}</span>{' '}
      <span class="for-supplier">{text.signUp.referenceSupplierHint}</span>
    </>
  );
}
