// The page of an act on a client: whom it is for, what it does, and the form that asks why.

import type { Child } from 'hono/jsx';
import { Actions, Field } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import type { PortalContext } from '../web/portal.ts';
import type { Refusal, Typed } from '../web/read-form.ts';
import { deskText } from '../words/desk.ts';
import { text } from '../words/pages.ts';
import { addressOf, type ClientAct, submitOf, versionOf } from './act-forms.tsx';
import { showUnfit } from './client.tsx';
import { Choice, ReasonField, WordsField } from './form-parts.tsx';
import { actsFor } from './possible-acts.ts';
import { nameOf, numberOf, type Seen, see, showGone } from './seen.tsx';

/** Pages of their own: what is shown on a sheet (`give-code.tsx`, `invite.tsx`); the provider is asked first (`unblock.tsx`). */
export type FormAct = Exclude<ClientAct, 'give_code' | 'print_letter' | 'unblock'>;

/** The page of an act: what it does, and why it is asked. */
export async function showForm(c: PortalContext, kind: FormAct, typed: Typed, refusal?: Refusal) {
  const seen = await see(c);
  if (!seen) return showGone(c);
  if (!actsFor(c, seen).includes(kind)) return showUnfit(c, seen);
  const { title } = deskText.acts[kind];
  const errors = refusal?.errors;
  const body = (
    <>
      <p class="lead">
        {nameOf(seen)}, {numberOf(seen)}
      </p>
      <p>{bodyOf(seen, kind)}</p>
      <form method="post" action={addressOf(seen.id, kind)} novalidate>
        <input type="hidden" name="version" value={typed.version ?? versionOf(seen)} />
        {kind === 'correct_email' && <EmailField typed={typed} errors={errors} />}
        <ReasonField typed={typed} error={errors?.motif} />
        <WordsField typed={typed} errors={errors} />
        {kind === 'close' && <HoldField isHeld={typed.retenir === 'oui'} />}
        <Actions
          submit={submitOf(seen, kind)}
          isFinal={kind === 'close'}
          back={{ href: `/guichet/clients/${seen.id}`, label: text.form.back }}
        />
      </form>
    </>
  );
  return showPage(c, { title, refusal, body });
}

function bodyOf({ one }: Seen, kind: FormAct): string {
  const words = deskText.acts[kind];
  if ('body' in words) return words.body;
  return words[one.state === 'pending' ? 'pending' : 'active'];
}

function EmailField({ typed, errors }: { typed: Typed; errors?: Refusal['errors'] }): Child {
  const { email } = deskText.acts.correct_email;
  return (
    <Field
      name="email"
      label={email}
      typed={typed}
      errors={errors}
      type="email"
      capitals="none"
      autocomplete="off"
    />
  );
}

function HoldField({ isHeld }: { isHeld: boolean }) {
  const { after, free, hold } = deskText.acts.close;
  return (
    <Choice name="retenir" label={after} options={{ oui: hold }} empty={free} chosen={isHeld ? 'oui' : ''} />
  );
}
