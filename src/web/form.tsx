// The parts of a form.

import type { Child } from 'hono/jsx';
import { text } from '../words/pages.ts';
import { inputClass, PURPOSES } from './fields.ts';
import type { Errors, HiddenName, Refusal, Typed } from './read-form.ts';

/**
 * The summary above the heading of a page that came back: what is wrong, each with a link to its field. The alert stands
 * inside what takes the focus: on one element together, screen readers cut one of the two short.
 */
export function ErrorSummary({ errors, message, title }: Refusal) {
  const fields = Object.entries(errors ?? {});
  if (fields.length === 0 && !message) return null;
  return (
    <div class="summary" tabindex={-1}>
      <div role="alert">
        <h2>{title ?? (fields.length > 0 ? text.form.toMend(fields.length) : text.form.problem)}</h2>
        {typeof message === 'string' ? <p>{message}</p> : message}
        {fields.length > 0 && (
          <ul>
            {fields.map(([name, sentence]) => (
              <li>
                <a href={`#${name}`}>{sentence}</a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

type FieldProps = {
  name: string;
  label: Child;
  hint?: Child;
  typed?: Typed;
  errors?: Errors;
  type?: 'text' | 'email' | 'password';
  autocomplete?: string;
  inputmode?: 'numeric' | 'tel';
  required?: boolean;
  /** The id of the sentence that says so in place of the star (RGAA 11.10.2: associated with the field). */
  requiredBy?: string;
  class?: string;
  /** Names and numbers as they are printed: phones should not "correct" them. */
  capitals?: 'characters' | 'none';
  /** What describes the field besides its hint and its error. */
  describedby?: string;
  /** What password makers must keep to, in the words Safari and 1Password read. */
  passwordrules?: string;
  children?: Child;
};

/** A labelled field with its hint and, when it needs mending, its sentence. */
export function Field(props: FieldProps) {
  const { name, label, hint, errors, required = true } = props;
  return (
    <div class={props.class ? `field ${props.class}` : 'field'}>
      <label for={name}>
        {label}
        {required && !props.requiredBy && <Star />}
      </label>
      {hint && (
        <div class="hint" id={`${name}-hint`}>
          {hint}
        </div>
      )}
      <FieldError name={name} sentence={errors?.[name]} />
      <Input {...props} />
      {props.children}
    </div>
  );
}

/** The field itself. A password stands in a row, where the script puts its button beside it. */
function Input(props: FieldProps) {
  const { name, hint, typed, type = 'text', required = true } = props;
  const error = props.errors?.[name];
  const described = [props.requiredBy, hint && `${name}-hint`, props.describedby, error && `${name}-error`];
  const input = (
    <input
      id={name}
      name={name}
      type={type}
      value={typed?.[name]}
      autocomplete={props.autocomplete ?? PURPOSES[name]}
      class={inputClass(name)}
      inputmode={props.inputmode}
      autocapitalize={props.capitals}
      autocorrect={props.capitals && type === 'text' ? 'off' : undefined}
      spellcheck={props.capitals ? false : undefined}
      passwordrules={props.passwordrules}
      aria-required={required ? 'true' : undefined}
      aria-invalid={error ? 'true' : undefined}
      aria-describedby={described.filter(Boolean).join(' ') || undefined}
    />
  );
  return type === 'password' ? <div class="toggled">{input}</div> : input;
}

/** The sentence at a field that needs mending. */
export function FieldError({ name, sentence }: { name: string; sentence?: string }) {
  if (!sentence) return null;
  return (
    <p class="error" id={`${name}-error`}>
      {sentence}
    </p>
  );
}

/** The leaflet's asterisk; what it means is said once, above the form. */
export function Star() {
  return (
    <span class="star" aria-hidden="true">
      *
    </span>
  );
}

type ActionsProps = {
  submit: string;
  back?: { href: string; label: string };
  /** The leaflet's buttons are in capitals. */
  caps?: boolean;
  /** What cannot be undone is red. */
  isFinal?: boolean;
};

/** The end of a form: what sends it, and the way back. */
export function Actions({ submit, back, caps = false, isFinal = false }: ActionsProps) {
  return (
    <div class={caps ? 'actions caps' : 'actions'}>
      <button type="submit" class={isFinal ? 'final' : undefined}>
        {submit}
      </button>{' '}
      {back && (
        <a class="button second" href={back.href}>
          {back.label}
        </a>
      )}
    </div>
  );
}

/**
 * What a form carries that nobody types: what its button does, and whose it is (`compte`, the account's identifier in the
 * space; `demande`, the mail waited for at sign-up). On a shared device the tab of the person before must not act for the
 * next.
 */
export function Hidden({ name, value }: { name: HiddenName; value: string }) {
  return <input type="hidden" name={name} value={value} />;
}

/** Says once what the asterisk means. */
export function StarLegend() {
  return <p class="hint">{text.form.starLegend}</p>;
}
