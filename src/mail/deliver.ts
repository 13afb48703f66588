// Delivers the outbox. Secrets are derived here, when a mail leaves, so that every retry carries the same link.

import type { Env, Settings } from '../env.ts';
import { logLine } from '../log.ts';
import { frenchDateTime } from '../rules/french-time.ts';
import { MAIL_TOKENS } from '../rules/mails.ts';
import { fullName } from '../rules/names.ts';
import { DELIVERY, MINUTE, PROVISIONAL_LIFETIME } from '../rules/numbers.ts';
import { hashPassword } from '../rules/password-hash.ts';
import { deriveProvisional, groupProvisional } from '../rules/provisional-password.ts';
import { derive } from '../rules/secrets.ts';
import { type Db, openDatabase } from '../store/db.ts';
import { claimMails, type DueMail, markSent, markUnsent, postpone, startSecret } from '../store/outbox.ts';
import { startProvisional } from '../store/passwords.ts';
import { keepToken } from '../store/tokens.ts';
import { accountClosedLetter } from './account-closed.ts';
import { accountCreatedLetter } from './account-created.ts';
import { accountRequestedLetter } from './account-requested.ts';
import { activationLetter } from './activation.ts';
import { alreadyRegisteredLetter } from './already-registered.ts';
import { confirmEmailLetter } from './confirm-email.ts';
import { emailChangedLetter } from './email-changed.ts';
import { emailChangingLetter } from './email-changing.ts';
import { identifierReminderLetter } from './identifier-reminder.ts';
import { type Letter, printText } from './letter.tsx';
import { passwordChangedLetter } from './password-changed.ts';
import { printHtml } from './print-html.tsx';
import { provisionalPasswordLetter } from './provisional-password.ts';
import { resetLinkLetter } from './reset-link.ts';
import { type Handover, handOver, type OutgoingMail } from './transport.ts';

/** Cron's run: sweeps what is due, until nothing is, or until the run has done its share. */
export async function deliverDue(env: Env, settings: Settings): Promise<void> {
  const until = Date.now() + DELIVERY.runLength;
  for (let claimed = 0; claimed < DELIVERY.perRun && Date.now() < until; claimed += DELIVERY.perSweep) {
    if ((await deliver(env, settings, 'due')) !== 'more') return;
  }
}

/**
 * Delivers the given mails, or a sweep of those that are due, six at once. A mail that is not taken stays owed;
 * nothing is thrown for it, since the others must still leave. When the provider asks for a pause, the rest waits.
 * @returns whether more may be due
 */
export async function deliver(
  env: Env,
  settings: Settings,
  wanted: string[] | 'due',
): Promise<'more' | 'done'> {
  const db = openDatabase(env.DB);
  const claimedAt = Date.now();
  const { due, isMore } = await claimMails(db, wanted, claimedAt);
  for (let next = 0; next < due.length; next += DELIVERY.atOnce) {
    // What the lease no longer covers is left to the next sweep: another may claim it meanwhile.
    if (Date.now() > claimedAt + DELIVERY.lease - 2 * DELIVERY.timeout) return 'done';
    const handovers = await Promise.all(
      due.slice(next, next + DELIVERY.atOnce).map((mail) => deliverOne(db, env, settings, mail)),
    );
    const pause = handovers.find((handover) => !handover.ok && handover.reason === 'throttled');
    if (pause && !pause.ok) {
      const rest = due.slice(next + DELIVERY.atOnce).map(({ id }) => id);
      await postpone(db, rest, Date.now() + Math.max(pause.retryAfter, MINUTE));
      return 'done';
    }
  }
  return isMore ? 'more' : 'done';
}

async function deliverOne(db: Db, env: Env, settings: Settings, mail: DueMail): Promise<Handover> {
  const handover = await tryHandOver(env, settings, mail);
  const now = Date.now();
  try {
    if (handover.ok) await markSent(db, mail.id, handover.providerId, now);
    else await markUnsent(db, mail, handover.reason, handover.retryAfter, now);
  } catch {
    // Still leased: tried again when the lease is over, with the same key and the same body.
    logMail('mail_not_marked', mail, handover);
  }
  if (!handover.ok) logMail('mail_not_taken', mail, handover);
  return handover;
}

async function tryHandOver(env: Env, settings: Settings, mail: DueMail): Promise<Handover> {
  let letter: Letter;
  try {
    letter = await writeLetter(env, settings, mail);
  } catch {
    return { ok: false, reason: 'portal_failed', retryAfter: 0 };
  }
  return handOver(env, settings, envelope(letter, settings, mail));
}

/** Only the fact is logged: what the provider says may quote the address. */
function logMail(event: string, mail: DueMail, handover: Handover): void {
  const reason = handover.ok ? undefined : handover.reason;
  logLine(event, { kind: mail.kind, mail: mail.id, attempt: mail.attempts, reason });
}

/** The letter of a mail, from plain facts. The compiler asks for each kind. */
async function writeLetter(env: Env, settings: Settings, mail: DueMail): Promise<Letter> {
  const { identifier } = mail;
  const at = (path: string) => `${settings.PORTAL_ORIGIN}${path}`;
  const name = fullName(mail);
  switch (mail.kind) {
    case 'activation':
      return activationLetter(at(`/activation/${await mintToken(env, settings, mail)}`));
    case 'account_created':
      return accountCreatedLetter(name, identifier, at('/connexion'));
    case 'account_requested':
      return accountRequestedLetter();
    case 'already_registered':
      return alreadyRegisteredLetter(name, identifier, at('/connexion'));
    case 'reset_link':
      return resetLinkLetter(
        name,
        identifier,
        at(`/mot-de-passe/${await mintToken(env, settings, mail)}`),
        mail.hasPassword === 1,
      );
    case 'provisional_password':
      return provisionalPasswordLetter(
        name,
        identifier,
        await mintPassword(env, settings, mail),
        at('/connexion'),
      );
    case 'password_changed':
      return passwordChangedLetter(
        name,
        identifier,
        `le\u00a0${frenchDateTime(mail.createdAt, settings.TIME_ZONE)}`,
      );
    case 'identifier_reminder':
      return identifierReminderLetter(name, identifier, at('/connexion'));
    case 'confirm_email':
      return confirmEmailLetter(at(`/courriel/${await mintToken(env, settings, mail)}`));
    case 'email_changing':
      return emailChangingLetter(name, identifier, at('/espace/courriel'));
    case 'email_changed':
      return emailChangedLetter(name, identifier);
    case 'account_closed':
      return accountClosedLetter(name);
  }
}

/** The provisional password of a mail, in groups; its hour begins when it first leaves. */
async function mintPassword(env: Env, settings: Settings, mail: DueMail): Promise<string> {
  const db = openDatabase(env.DB);
  const { nonce, mintedAt } = await startSecret(db, mail.id, PROVISIONAL_LIFETIME, Date.now());
  const password = await deriveProvisional(settings.PORTAL_SECRET, mail.id, nonce);
  // The request kept the hash of the first one; whoever delivers a later one keeps its.
  const hash = mail.attempts > 1 ? await hashPassword(password) : null;
  await startProvisional(db, mail.accountId, mail.version, hash, mintedAt);
  return groupProvisional(password);
}

/** The mail's own token; its hash is in KV before the mail leaves, and its life begins when it first leaves. */
async function mintToken(env: Env, settings: Settings, mail: DueMail): Promise<string> {
  const rule = MAIL_TOKENS[mail.kind];
  if (!rule) throw new Error(`A mail of kind ${mail.kind} carries no token`);
  const { nonce, mintedAt } = await startSecret(openDatabase(env.DB), mail.id, rule.lifetime, Date.now());
  const token = await derive(settings.PORTAL_SECRET, `token ${rule.purpose}`, mail.id, nonce);
  const entry = {
    accountId: mail.accountId,
    mailId: mail.id,
    version: mail.version,
    expiresAt: mintedAt + rule.lifetime,
  };
  await keepToken(env.TOKENS, rule.purpose, token, entry, rule.kept);
  return token;
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
