// The fields that several forms share, with their sentences.

import * as z from 'zod/mini';
import { LENGTHS } from '../rules/numbers.ts';
import { isPasswordTooLong, missingPasswordLines } from '../rules/password.ts';
import { text } from '../text.ts';

// Controls (NUL, line ends …) and the marks that reverse the direction of writing: nobody types them in a name.
const UNREADABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffd]/u;

/** One line of text, trimmed, with the sentences for: empty, too long. */
export function line(empty: string, most: number) {
  return z.string({ error: empty }).check(
    z.trim(),
    z.minLength(1, { error: empty }),
    z.maxLength(most, { error: text.errors.tooLong(most) }),
    z.refine((value) => !UNREADABLE.test(value), { error: text.errors.unreadable }),
  );
}

/** An e-mail address: one plain address, its domain in lower case. */
export const email = z.pipe(
  z.pipe(line(text.errors.emailEmpty, LENGTHS.email), z.email({ error: text.errors.emailShape })),
  z.transform(lowerDomain),
);

/** The address typed again. */
export const emailConfirmation = z
  .string({ error: text.errors.emailConfirmationEmpty })
  .check(z.trim(), z.minLength(1, { error: text.errors.emailConfirmationEmpty }));

type Emails = { email?: unknown; email_confirmation?: unknown };

/** Whether both addresses are the same; to be checked even while other fields need mending. */
function sameEmails(form: Emails): boolean {
  const [one, other] = [form.email, form.email_confirmation].map((value) =>
    String(value ?? '')
      .trim()
      .toLowerCase(),
  );
  return one === other || !one || !other;
}

/** The check for `sameEmails`. */
export const emailsAgree = z.refine<Emails>(sameEmails, {
  path: ['email_confirmation'],
  error: text.errors.emailsDiffer,
  when: () => true,
});

/** A new password and its confirmation, by the leaflet's rule. */
export const newPasswordForm = z
  .object({
    mot_de_passe: z.string({ error: text.errors.passwordEmpty }).check(
      z.minLength(1, { error: text.errors.passwordEmpty }),
      z.refine((password) => !isPasswordTooLong(password), {
        error: text.errors.passwordTooLong(LENGTHS.passwordMost),
      }),
      z.refine((password) => missingPasswordLines(password).length === 0, {
        error: ({ input }) => text.errors.passwordMisses(missingPasswordLines(input as string)),
      }),
    ),
    confirmation: z
      .string({ error: text.errors.confirmationEmpty })
      .check(z.minLength(1, { error: text.errors.confirmationEmpty })),
  })
  .check(
    z.refine((form) => !form.confirmation || form.mot_de_passe === form.confirmation, {
      path: ['confirmation'],
      error: text.errors.passwordsDiffer,
      when: () => true,
    }),
  );

function lowerDomain(address: string): string {
  const at = address.lastIndexOf('@');
  return address.slice(0, at) + address.slice(at).toLowerCase();
}
