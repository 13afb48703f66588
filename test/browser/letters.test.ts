// Each letter as a mail reader shows it, light and dark, its text part beside it: pictures for human eyes, and axe.

import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { unstable_readConfig } from 'wrangler';
import { readSettings, type Settings } from '../../src/env.ts';
import { accountClosedLetter } from '../../src/mail/account-closed.ts';
import { accountCreatedLetter } from '../../src/mail/account-created.ts';
import { accountRequestedLetter } from '../../src/mail/account-requested.ts';
import { activationLetter } from '../../src/mail/activation.ts';
import { alreadyRegisteredLetter } from '../../src/mail/already-registered.ts';
import { confirmEmailLetter } from '../../src/mail/confirm-email.ts';
import { emailChangedLetter } from '../../src/mail/email-changed.ts';
import { emailChangingLetter } from '../../src/mail/email-changing.ts';
import { identifierReminderLetter } from '../../src/mail/identifier-reminder.ts';
import { type Letter, printHtml, printText } from '../../src/mail/letter.tsx';
import { passwordChangedLetter } from '../../src/mail/password-changed.ts';
import { provisionalPasswordLetter } from '../../src/mail/provisional-password.ts';
import { resetLinkLetter } from '../../src/mail/reset-link.ts';
import type { MailKind } from '../../src/rules/mails.ts';
import { FIRST_LANDLORD, OTHER_SETTINGS } from '../landlords.ts';
import { openBrowser } from './browser.ts';

const { vars } = unstable_readConfig({ config: 'wrangler.toml' });
const PORTAL_SECRET = 'for-pictures-only-for-pictures-only';
const settings = readSettings({ ...vars, PORTAL_SECRET });
const other = readSettings({ ...vars, ...OTHER_SETTINGS, PORTAL_SECRET });

const lettersOf = ({ PORTAL_ORIGIN, IDENTIFIER_PREFIX, CONTACT_PHONE }: Settings) => {
  const [name, identifier] = ['Marie-Dominique Orsoni', `${IDENTIFIER_PREFIX}L123456`];
  const link = `${PORTAL_ORIGIN}/activation/${'x'.repeat(43)}`;
  const signIn = `${PORTAL_ORIGIN}/connexion`;
  const letters: Record<MailKind, Letter> = {
    activation: activationLetter(link),
    account_created: accountCreatedLetter(name, identifier, signIn),
    account_requested: accountRequestedLetter(CONTACT_PHONE),
    already_registered: alreadyRegisteredLetter(name, identifier, signIn),
    reset_link: resetLinkLetter(name, identifier, link, true),
    provisional_password: provisionalPasswordLetter(name, identifier, 'HJKM-2345-PQRS', signIn),
    password_changed: passwordChangedLetter(
      name,
      identifier,
      'le\u00a023 novembre 2026 à\u00a010\u00a0h\u00a042',
    ),
    identifier_reminder: identifierReminderLetter(name, identifier, signIn),
    confirm_email: confirmEmailLetter(link),
    email_changing: emailChangingLetter(name, identifier, signIn),
    email_changed: emailChangedLetter(name, identifier),
    account_closed: accountClosedLetter(name),
  };
  return Object.entries(letters);
};

const readers = [
  { visit: await openBrowser({ width: 320, js: true }), mark: '' },
  { visit: await openBrowser({ width: 320, js: true, dark: true }), mark: '-dark' },
];

it.each(lettersOf(settings))('%s reads well in a narrow window, light and dark', async (kind, letter) => {
  for (const { visit, mark } of readers) {
    const { page } = visit;
    await page.setContent(printHtml(letter, settings));
    await page.screenshot({ path: `${PICTURES}/${kind}${mark}.png`, fullPage: true });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().disableRules(PAGE_ONLY).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= 320')).toBe(true);
  }
});

it.each(lettersOf(settings))('%s has a text part for the same eyes', async (kind, letter) => {
  const page = readers[0]?.visit.page;
  await page?.setContent(`<pre style="${AS_TEXT}">${printText(letter, settings)}</pre>`);
  await page?.screenshot({ path: `${PICTURES}/${kind}-text.png`, fullPage: true });
  // One thing to do at most, and its link alone on its line.
  expect(printText(letter, settings).match(/https:\S+/g)?.length ?? 0).toBeLessThanOrEqual(1);
  expect(printText(letter, settings)).toMatch(/Le service technique du portail/);
});

it.each(lettersOf(other))('%s of another landlord says no word of the first', async (kind, letter) => {
  const html = printHtml(letter, other);
  expect(html + printText(letter, other) + letter.subject).not.toMatch(FIRST_LANDLORD);
  expect(html).toContain(OTHER_SETTINGS.ORGANISATION_NAME);
  await readers[0]?.visit.page.setContent(html);
  await readers[0]?.visit.page.screenshot({ path: `${PICTURES}/${kind}-landlord.png`, fullPage: true });
});

const PICTURES = 'test/browser/screenshots/letters';
const AS_TEXT = 'white-space: pre-wrap; overflow-wrap: anywhere; padding: 12px';

/** What only a page of a site has. */
const PAGE_ONLY = ['region', 'landmark-one-main', 'page-has-heading-one'];
