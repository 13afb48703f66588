// Every letter of the portal, written for a landlord.

import type { Settings } from '../src/env.ts';
import { accountClosedLetter } from '../src/mail/account-closed.ts';
import { accountCreatedLetter } from '../src/mail/account-created.ts';
import { accountRequestedLetter } from '../src/mail/account-requested.ts';
import { activationLetter } from '../src/mail/activation.ts';
import { alreadyRegisteredLetter } from '../src/mail/already-registered.ts';
import { confirmEmailLetter } from '../src/mail/confirm-email.ts';
import { emailChangedLetter } from '../src/mail/email-changed.ts';
import { emailChangingLetter } from '../src/mail/email-changing.ts';
import { identifierReminderLetter } from '../src/mail/identifier-reminder.ts';
import type { Letter } from '../src/mail/letter.tsx';
import { passwordChangedLetter } from '../src/mail/password-changed.ts';
import { provisionalPasswordLetter } from '../src/mail/provisional-password.ts';
import { resetLinkLetter } from '../src/mail/reset-link.ts';
import type { MailKind } from '../src/rules/mails.ts';

/** By kind; the compiler asks for each. */
export function lettersOf({ PORTAL_ORIGIN, IDENTIFIER_PREFIX }: Settings): [MailKind, Letter][] {
  const [name, identifier] = ['Marie-Dominique Orsoni', `${IDENTIFIER_PREFIX}L123456`];
  const link = `${PORTAL_ORIGIN}/activation/${'x'.repeat(43)}`;
  const signIn = `${PORTAL_ORIGIN}/connexion`;
  const moment = 'le\u00a023 novembre 2026 à\u00a010\u00a0h\u00a042';
  const letters: Record<MailKind, Letter> = {
    activation: activationLetter(link),
    account_created: accountCreatedLetter(name, identifier, signIn),
    account_requested: accountRequestedLetter(),
    already_registered: alreadyRegisteredLetter(name, identifier, signIn),
    reset_link: resetLinkLetter(name, identifier, link, true),
    provisional_password: provisionalPasswordLetter(name, identifier, 'HJKM-2345-PQRS', signIn),
    password_changed: passwordChangedLetter(name, identifier, moment),
    identifier_reminder: identifierReminderLetter(name, identifier, signIn),
    confirm_email: confirmEmailLetter(link),
    email_changing: emailChangingLetter(name, identifier, signIn),
    email_changed: emailChangedLetter(name, identifier),
    account_closed: accountClosedLetter(name),
  };
  return Object.entries(letters) as [MailKind, Letter][];
}
