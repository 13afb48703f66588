// An e-mail address, typed twice: its rule, its fields, and « Vouliez-vous dire …@orange.fr ? », which never blocks.

import * as z from 'zod/mini';
import { suggestEmail } from '../../public/email-hint.js';
import { readEmail } from '../mail/address.ts';
import { LENGTHS } from '../numbers.ts';
import { text } from '../words/pages.ts';
import { line } from './fields.ts';
import { Field } from './form.tsx';
import { Calm } from './parts.tsx';
import type { Errors, Typed } from './read-form.ts';

/** One address as mail is sent to it (see `readEmail`), and the same again; to be checked with `emailsAgree`. */
export const emails = {
  email: line(text.errors.emailEmpty, 2 * LENGTHS.email).check((typed) => {
    const read = readEmail(typed.value);
    if (read.ok) typed.value = read.address;
    else if (read.reason !== 'email_empty')
      typed.issues.push({
        code: 'custom',
        message: text.emailRefusals[read.reason](read.sign),
        input: typed.value,
      });
  }),
  email_confirmation: z
    .string({ error: text.errors.emailConfirmationEmpty })
    .check(z.trim(), z.minLength(1, { error: text.errors.emailConfirmationEmpty })),
};

type Emails = { email?: unknown; email_confirmation?: unknown };

/** Both addresses are the same; checked even while other fields need mending. */
export const emailsAgree = z.refine<Emails>(sameEmails, {
  path: ['email_confirmation'],
  error: text.errors.emailsDiffer,
  when: () => true,
});

function sameEmails(form: Emails): boolean {
  const [one, other] = [form.email, form.email_confirmation].map((value) => {
    const typed = String(value ?? '').trim();
    const read = readEmail(typed);
    return (read.ok ? read.address : typed).toLowerCase();
  });
  return one === other || !one || !other;
}

type Words = Record<'email' | 'emailConfirmation', string> &
  Partial<Record<'emailHint' | 'emailConfirmationHint', string>>;

/** Both fields of `emails`. */
export function EmailFields({ words, typed, errors }: { words: Words; typed: Typed; errors?: Errors }) {
  const common = { typed, errors, type: 'email', capitals: 'none' } as const;
  return (
    <>
      <Field name="email" label={words.email} hint={words.emailHint} {...common} />
      <Field
        name="email_confirmation"
        label={words.emailConfirmation}
        hint={words.emailConfirmationHint}
        {...common}
      />
      <EmailFieldHint typed={typed.email} />
    </>
  );
}

/**
 * Stands under both fields, empty until there is something to suggest: between them it would push the second away from
 * under a finger. An alert, as RGAA 7.5.2 has it for suggestions. The script writes the words of its attributes, and its
 * button.
 */
function EmailFieldHint({ typed = '' }: { typed?: string }) {
  const suggestion = suggestEmail(typed);
  const { before, after, accept } = text.emailHint;
  return (
    <div class="suggestion" data-before={before} data-after={after} data-accept={accept}>
      <p role="alert">
        {suggestion && (
          <>
            {before} <strong>{suggestion}</strong>
            {after}
          </>
        )}
      </p>
    </div>
  );
}

/** The same where the mail has left, with the page that corrects the address. */
export function SentEmailHint({ email, way, label }: { email: string; way: string; label: string }) {
  const suggestion = suggestEmail(email);
  if (!suggestion) return null;
  return (
    <Calm>
      {text.emailHint.before} <strong>{suggestion}</strong>
      {text.emailHint.after} <a href={way}>{label}</a>
    </Calm>
  );
}
