// What several forms of the desk are made of: a list to choose from, one of several answers to press, words to add.

import type { ActReason } from '../schema.ts';
import { Field, FieldError } from '../web/form.tsx';
import type { Errors, Refusal, Typed } from '../web/read-form.ts';
import { deskText } from '../words/desk.ts';
import { deskHelpText } from '../words/desk-help.ts';

type ChoiceProps = {
  name: string;
  label: string;
  /** What can be chosen, and how the list calls it. */
  options: Record<string, string>;
  /** What the list says before anything is chosen; without it the first one is. */
  empty?: string;
  chosen?: string;
  error?: string;
};

/** A list to choose one from. */
export function Choice({ name, label, options, empty, chosen, error }: ChoiceProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <FieldError name={name} sentence={error} />
      <select
        class="input"
        id={name}
        name={name}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${name}-error` : undefined}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {Object.entries(options).map(([value, words]) => (
          <option value={value} selected={chosen === value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Nothing was done: somebody else was first, or the client has changed. */
export const CHANGED: Refusal = { status: 409, title: deskText.changedTitle, message: deskText.changed };

/** Why an act is done. */
export const REASONS = Object.keys(deskText.reasons) as [ActReason, ...ActReason[]];

/** Why, from the closed list. */
export function ReasonField({ typed, error }: { typed: Typed; error?: string }) {
  const { reason, reasons } = deskText;
  const options = Object.fromEntries(REASONS.map((one) => [one, reasons[one]]));
  return <Choice name="motif" label={reason} options={options} chosen={typed.motif} error={error} />;
}

/** How an agent made sure who somebody is, from the closed list. */
export function ProofField({ typed, error, empty }: { typed: Typed; error?: string; empty: string }) {
  const { proof, proofs } = deskHelpText;
  return (
    <Choice name="preuve" label={proof} options={proofs} empty={empty} chosen={typed.preuve} error={error} />
  );
}

/** What an agent adds to a reason. */
export function WordsField({ typed, errors }: { typed: Typed; errors?: Errors }) {
  return (
    <Field
      name="precision"
      label={deskText.words}
      hint={deskText.wordsHint}
      typed={typed}
      errors={errors}
      required={false}
      autocomplete="off"
    />
  );
}

type PickProps = {
  name: string;
  value: string;
  label: string;
  /** What follows from it. */
  hint?: string;
  typed: Typed;
  /** The first of its name has the name for its id: the summary of what to mend leads there. */
  id?: string;
};

/** A radio button and its label. */
export function Pick({ name, value, label, hint, typed, id = `${name}-${value || 'aucun'}` }: PickProps) {
  return (
    <div class="pick-line">
      <input class="pick" type="radio" id={id} name={name} value={value} checked={typed[name] === value} />
      <label class="choice" for={id}>
        <span>
          {label}
          {hint && <small>{hint}</small>}
        </span>
      </label>
    </div>
  );
}
