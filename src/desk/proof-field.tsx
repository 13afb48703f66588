// How an agent made sure who somebody is, from the closed list; and one of several answers, to press.

import { FieldError } from '../web/form.tsx';
import type { Typed } from '../web/read-form.ts';
import { deskHelpText } from '../words/desk-help.ts';

/** @param empty what the list says before anything is chosen */
export function ProofField({ typed, error, empty }: { typed: Typed; error?: string; empty: string }) {
  return (
    <div class="field">
      <label for="preuve">{deskHelpText.proof}</label>
      <FieldError name="preuve" sentence={error} />
      <select
        id="preuve"
        name="preuve"
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? 'preuve-error' : undefined}
      >
        <option value="">{empty}</option>
        {Object.entries(deskHelpText.proofs).map(([proof, words]) => (
          <option value={proof} selected={typed.preuve === proof}>
            {words}
          </option>
        ))}
      </select>
    </div>
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
