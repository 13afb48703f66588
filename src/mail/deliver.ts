// Delivers the outbox. Secrets are derived here, when a mail leaves, so that every retry carries the same link.

import type { Env, Settings } from '../env.ts';
import { frenchDateTime } from '../rules/french-time.ts';
import { MAIL_TOKENS } from '../rules/mails.ts';
import { fullName } from '../rules/names.ts';
import { deriveProvisional, groupProvisional } from '../rules/provisional-password.ts';
import { derive } from '../rules/secrets.ts';
import { type Db, openDatabase } from '../store/db.ts';
import { claimMails, type DueMail, markSent, markUnsent } from '../store/mails.ts';
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
import { type Letter, printHtml, printText } from './letter.tsx';
import { passwordChangedLetter } from './password-changed.ts';
import { provisionalPasswordLetter } from './provisional-password.ts';
import { resetLinkLetter } from './reset-link.ts';

/**
 * Delivers the given mails, or a bounded number of those that are due. A mail the provider does not take
 * stays owed; nothing is thrown for it, since the others must still leave.
 * @returns how many the provider took
 */
export async function deliver(env: Env, settings: Settings, wanted: string[] | 'due'): Promise<number> {
  const db = openDatabase(env.DB);
  const due = await claimMails(db, wanted, Date.now());
  let taken = 0;
  for (const mail of due) taken += (await deliverOne(db, env, settings, mail)) ? 1 : 0;
  return taken;
}

async function deliverOne(db: Db, env: Env, settings: Settings, mail: DueMail): Promise<boolean> {
  try {
    const letter = await writeLetter(env, settings, mail);
    const { messageId } = await env.EMAIL.send(envelope(letter, settings, mail.email));
    await markSent(db, mail.id, messageId, Date.now());
    return true;
  } catch {
    // The provider's message may quote the address: only the fact is kept.
    console.log(JSON.stringify({ event: 'mail_not_taken', kind: mail.kind, mail: mail.id }));
    await markUnsent(db, mail.id, Date.now());
    return false;
  }
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
      return accountRequestedLetter(settings.CONTACT_PHONE);
    case 'already_registered':
      return alreadyRegisteredLetter(name, identifier, at('/connexion'));
    case 'reset_link':
      return resetLinkLetter(name, identifier, at(`/mot-de-passe/${await mintToken(env, settings, mail)}`));
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

/** The provisional password of a mail, in groups; its hour begins now. */
async function mintPassword(env: Env, settings: Settings, mail: DueMail): Promise<string> {
  await startProvisional(openDatabase(env.DB), mail.accountId, mail.version, Date.now());
  return groupProvisional(await deriveProvisional(settings.PORTAL_SECRET, mail.id, mail.nonce));
}

/** The mail's own token; its hash is in KV before the mail leaves, and its life begins when it leaves. */
async function mintToken(env: Env, settings: Settings, mail: DueMail): Promise<string> {
  const rule = MAIL_TOKENS[mail.kind];
  if (!rule) throw new Error(`A mail of kind ${mail.kind} carries no token`);
  const token = await derive(settings.PORTAL_SECRET, `token ${rule.purpose}`, mail.id, mail.nonce);
  const entry = {
    accountId: mail.accountId,
    mailId: mail.id,
    version: mail.version,
    expiresAt: Date.now() + rule.lifetime,
  };
  await keepToken(env.TOKENS, rule.purpose, token, entry, rule.kept);
  return token;
}

function envelope(letter: Letter, settings: Settings, to: string): EmailMessageBuilder {
  return {
    from: { email: settings.MAIL_FROM, name: settings.ORGANISATION_SHORT_NAME },
    to,
    replyTo: settings.CONTACT_EMAIL,
    subject: letter.subject,
    text: printText(letter, settings),
    html: printHtml(letter, settings),
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
