// The fields by which a tenant or a supplier is recognised (their rules: `identity-form.ts`).
// Both kinds stand in one form; the radio buttons switch them by CSS, so no script is needed.

import type { Child } from 'hono/jsx';
import { text } from '../words/pages.ts';
import { Drawing } from './drawing.tsx';
import { Field, FieldError, Star } from './form.tsx';
import { Surface } from './parts.tsx';
import type { Errors, Typed } from './read-form.ts';

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
