// Writes a mail of the outbox. Its secret is derived here, when it leaves, so that every retry carries the same link.

import { readMonthReport } from '../account/month-report.ts';
import { fullName } from '../client/names.ts';
import type { Env, Settings } from '../env.ts';
import { PROVISIONAL_LIFETIME } from '../numbers.ts';
import { openDatabase } from '../platform/db.ts';
import { hashPassword } from '../platform/password-hash.ts';
import { derive } from '../platform/secrets.ts';
import type { MailKind } from '../schema.ts';
import { frenchDateTime } from '../words/times.ts';
import type { DueMail } from './claim.ts';
import { MAILED_LINKS, purposeOf, type TokenPurpose } from './kinds.ts';
import { accountClosedLetter } from './letters/account-closed.ts';
import { accountCreatedLetter } from './letters/account-created.ts';
import { accountRequestedLetter } from './letters/account-requested.ts';
import { activationLetter } from './letters/activation.ts';
import { alreadyRegisteredLetter } from './letters/already-registered.ts';
import { codeGivenLetter } from './letters/code-given.ts';
import { codeUsedLetter } from './letters/code-used.ts';
import { confirmEmailLetter } from './letters/confirm-email.ts';
import { emailChangedLetter } from './letters/email-changed.ts';
import { emailChangingLetter } from './letters/email-changing.ts';
import { identifierReminderLetter } from './letters/identifier-reminder.ts';
import { type Letter, type LetterFacts, printText } from './letters/letter.tsx';
import { monthReportLetter } from './letters/month-report.ts';
import { passkeyAddedLetter } from './letters/passkey-added.ts';
import { passwordChangedLetter } from './letters/password-changed.ts';
import { pauseLiftedLetter } from './letters/pause-lifted.ts';
import { printHtml } from './letters/print-html.tsx';
import { provisionalPasswordLetter } from './letters/provisional-password.ts';
import { requestRefusedLetter } from './letters/request-refused.ts';
import { requestWaitingLetter } from './letters/request-waiting.ts';
import { resetLinkLetter } from './letters/reset-link.ts';
import { startSecret } from './outbox.ts';
import { deriveProvisional, groupProvisional, startProvisional } from './provisional.ts';
import { keepToken } from './tokens.ts';
import type { OutgoingMail } from './transports/handover.ts';

/** How the letter of each kind is written. */
export const LETTERS: Record<MailKind, (facts: LetterFacts) => Letter> = {
  activation: activationLetter,
  account_created: accountCreatedLetter,
  account_requested: accountRequestedLetter,
  already_registered: alreadyRegisteredLetter,
  reset_link: resetLinkLetter,
  provisional_password: provisionalPasswordLetter,
  password_changed: passwordChangedLetter,
  identifier_reminder: identifierReminderLetter,
  confirm_email: confirmEmailLetter,
  email_changing: emailChangingLetter,
  email_changed: emailChangedLetter,
  passkey_added: passkeyAddedLetter,
  account_closed: accountClosedLetter,
  request_refused: requestRefusedLetter,
  request_waiting: requestWaitingLetter,
  code_given: codeGivenLetter,
  code_used: codeUsedLetter,
  pause_lifted: pauseLiftedLetter,
  month_report: monthReportLetter,
};

/** A mail of the outbox, ready to leave. @throws when KV or D1 does not answer */
export async function compose(env: Env, settings: Settings, mail: DueMail): Promise<OutgoingMail> {
  const letter = LETTERS[mail.kind]({
    name: fullName(mail),
    identifier: mail.identifier ?? '',
    secret: await mintSecret(env, settings, mail),
    moment: `le\u00a0${frenchDateTime(mail.createdAt, settings.TIME_ZONE)}`,
    hasPassword: mail.hasPassword === 1,
    isHeld: mail.isHeld === 1,
    report: mail.kind === 'month_report' ? await readReport(env, settings, mail) : undefined,
    at: (path) => `${settings.PORTAL_ORIGIN}${path}`,
  });
  return envelope(letter, settings, mail);
}

async function readReport(env: Env, { TIME_ZONE, DESK_AUDIENCE }: Settings, { id }: DueMail) {
  const report = await readMonthReport(openDatabase(env.DB), id, TIME_ZONE);
  return { ...report, hasDesk: DESK_AUDIENCE !== '' };
}

/** The secret that a mail carries; empty for most. */
async function mintSecret(env: Env, settings: Settings, mail: DueMail): Promise<string> {
  if (mail.kind === 'provisional_password') return mintPassword(env, settings, mail);
  const purpose = purposeOf(mail.kind);
  return purpose ? mintToken(env, settings, mail, purpose) : '';
}

/** The provisional password of a mail, in groups; its hour begins when it first leaves. */
async function mintPassword(env: Env, settings: Settings, mail: DueMail): Promise<string> {
  const db = openDatabase(env.DB);
  const { nonce, mintedAt } = await startSecret(db, mail.id, PROVISIONAL_LIFETIME, Date.now());
  const password = await deriveProvisional(settings.PORTAL_SECRET, mail.id, nonce);
  // The request kept the hash of the first one; the delivery of a later one keeps its own.
  const hash = mail.attempts > 1 ? await hashPassword(password) : null;
  await startProvisional(db, accountOf(mail), mail.version, hash, mintedAt);
  return groupProvisional(password);
}

/** The mail's own token; its hash is in KV before the mail leaves, and its life begins when it first leaves. */
async function mintToken(
  env: Env,
  settings: Settings,
  mail: DueMail,
  purpose: TokenPurpose,
): Promise<string> {
  const { lifetime, kept } = MAILED_LINKS[purpose];
  const { nonce, mintedAt } = await startSecret(openDatabase(env.DB), mail.id, lifetime, Date.now());
  const token = await derive(settings.PORTAL_SECRET, `token ${purpose}`, mail.id, nonce);
  const entry = {
    accountId: accountOf(mail),
    mailId: mail.id,
    version: mail.version,
    expiresAt: mintedAt + lifetime,
  };
  await keepToken(env.TOKENS, purpose, token, entry, kept);
  return token;
}

/** What opens something opens an account. */
function accountOf({ accountId }: DueMail): number {
  if (accountId === null) throw new Error('The mail has no account');
  return accountId;
}

function envelope(letter: Letter, settings: Settings, { id, email }: DueMail): OutgoingMail {
  return {
    id,
    from: { email: settings.MAIL_FROM, name: settings.ORGANISATION_SHORT_NAME },
    to: email,
    replyTo: settings.CONTACT_EMAIL,
    subject: letter.subject,
    text: printText(letter, settings),
    html: printHtml(letter, settings),
    // On the list of headers that Cloudflare Email Service accepts; any other would be refused in production only.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
