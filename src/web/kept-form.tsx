// What was typed in a form that could not be taken: shown again, so that nothing is lost.

import { text } from '../words/pages.ts';
import { inputClass, PURPOSES } from './fields.ts';
import type { PortalContext } from './portal.ts';
import { HIDDEN_FIELDS, keepTyped, readFields, type Typed } from './read-form.ts';

/** The fields of the form that was posted; null when its body was never readable, or holds a file: that is never held. */
export async function readForm(c: PortalContext): Promise<Typed | null> {
  if (c.req.header('content-type')?.startsWith('multipart/')) return null;
  try {
    return Object.fromEntries(await readFields(c));
  } catch {
    return null;
  }
}

/** Whether a form acts by something nobody sees in it: it must not be sent again without its page. */
export function hasHidden(form: Typed): boolean {
  return HIDDEN_FIELDS.some((name) => name in form);
}

/** What was typed, as text, where only the page itself can send it again. */
export function TypedText({ form }: { form: Typed }) {
  const kept = Object.entries(keepTyped(form));
  const typed = kept.filter(([name]) => text.labels[name] && name !== 'email_confirmation');
  if (typed.length === 0) return null;
  return (
    <>
      <p>{text.form.youWrote}</p>
      {typed.map(([name, value]) => (
        <p>
          {text.labels[name]} : <strong>{value}</strong>
        </p>
      ))}
    </>
  );
}

/**
 * What was typed, in a form that posts it again to this very address; passwords are asked again, empty fields left out.
 * @param withHidden whether what nobody sees goes along: where the portal failed, not where the visitor must think twice
 * @returns null when there is nothing to send
 */
export function keptForm(form: Typed, withHidden: boolean) {
  const { profil, ...typed } = keepTyped(form);
  const labelled = Object.keys(form).filter((name) => text.labels[name] && name !== 'profil');
  const fields = labelled.filter((name) => typed[name] !== '');
  const hidden = withHidden ? [...HIDDEN_FIELDS, 'suite'].filter((name) => name in form) : [];
  if (fields.length + hidden.length === 0) return null;
  return (
    <form method="post" novalidate>
      {profil && <KeptProfile value={profil} />}
      {fields.map((name) => (
        <KeptField name={name} typed={typed} isNew={name === 'mot_de_passe' && 'confirmation' in form} />
      ))}
      {hidden.map((name) => (
        <input type="hidden" name={name} value={form[name]} />
      ))}
      <button type="submit">{text.form.send}</button>
    </form>
  );
}

/** In sight, and not to be changed here: the fields below belong to it. */
function KeptProfile({ value }: { value: string }) {
  return (
    <div class="field">
      <label for="profil">{text.labels.profil}</label>
      <input class="input" id="profil" name="profil" value={value} readonly />
    </div>
  );
}

function KeptField({ name, typed, isNew }: { name: string; typed: Typed; isNew: boolean }) {
  const isSecret = typed[name] === undefined;
  return (
    <div class="field">
      <label for={name}>{text.labels[name]}</label>
      <input
        id={name}
        name={name}
        type={isSecret ? 'password' : 'text'}
        value={typed[name]}
        autocomplete={isNew ? 'new-password' : PURPOSES[name]}
        class={inputClass(name)}
      />
    </div>
  );
}
