// The fields that several forms share, with their sentences.

import * as z from 'zod';
import { LENGTHS } from '../rules/numbers.ts';
import { isPasswordTooLong, missingPasswordLines } from '../rules/password.ts';
import { text } from '../text.ts';

// Controls (NUL, line ends …) and the marks that reverse the direction of writing: nobody types them in a name.
const UNREADABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffd]/u;

/** One line of text, trimmed, with the sentences for: empty, too long. */
export function line(empty: string, most: number) {
  return z
    .string({ error: empty })
    .trim()
    .min(1, { error: empty })
    .max(most, { error: text.errors.tooLong(most) })
    .refine((value) => !UNREADABLE.test(value), { error: text.errors.unreadable });
}

/** An e-mail address: one plain address, its domain in lower case. */
export const email = line(text.errors.emailEmpty, LENGTHS.email)
  .pipe(z.email({ error: text.errors.emailShape }))
  .transform(lowerDomain);

/** The address typed again. */
export const emailConfirmation = z
  .string({ error: text.errors.emailConfirmationEmpty })
  .trim()
  .min(1, { error: text.errors.emailConfirmationEmpty });

/** Whether both addresses are the same; to be checked even while other fields need mending. */
export function sameEmails(form: { email?: unknown; email_confirmation?: unknown }): boolean {
  const [one, other] = [form.email, form.email_confirmation].map((value) =>
    String(value ?? '')
      .trim()
      .toLowerCase(),
  );
  return one === other || !one || !other;
}

/** The refinement for `sameEmails`. */
export const emailsDiffer = {
  path: ['email_confirmation'],
  error: text.errors.emailsDiffer,
  when: () => true,
};

/** A new password and its confirmation, by the leaflet's rule. */
export const newPasswordForm = z
  .object({
    mot_de_passe: z
      .string({ error: text.errors.passwordEmpty })
      .min(1, { error: text.errors.passwordEmpty })
      .refine((password) => !isPasswordTooLong(password), {
        error: text.errors.passwordTooLong(LENGTHS.passwordMost),
      })
      .superRefine((password, context) => {
        const missing = missingPasswordLines(password);
        if (missing.length > 0)
          context.addIssue({ code: 'custom', message: text.errors.passwordMisses(missing) });
      }),
    confirmation: z
      .string({ error: text.errors.confirmationEmpty })
      .min(1, { error: text.errors.confirmationEmpty }),
  })
  .refine((form) => !form.confirmation || form.mot_de_passe === form.confirmation, {
    path: ['confirmation'],
    error: text.errors.passwordsDiffer,
    when: () => true,
  });

function lowerDomain(address: string): string {
  const at = address.lastIndexOf('@');
  return address.slice(0, at) + address.slice(at).toLowerCase();
}
