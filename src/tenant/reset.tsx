// /mot-de-passe/:token: a new password, or a provisional one by a second mail. Opening the link changes nothing.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { readIdentifier } from '../account/identifier.ts';
import { requestProvisional } from '../account/password/provisional.ts';
import { renewReset, resetPassword } from '../account/reset.ts';
import { newMail } from '../mail/owe.ts';
import { deriveProvisional } from '../mail/provisional.ts';
import { PATHS } from '../paths.ts';
import { attemptKey } from '../platform/counters.ts';
import { hashPassword } from '../platform/password-hash.ts';
import { askOf } from '../web/asks.ts';
import { clearSessionCookie, sessionToken, setFlash } from '../web/cookies.ts';
import { identifier } from '../web/fields.ts';
import { showResetTooSoon } from '../web/mail-sent.tsx';
import { type BadLink, type GoodLink, readLink, showDeadLink } from '../web/mailed-link.tsx';
import { currentPasswordKey, weaknessOf } from '../web/password-check.ts';
import { newPasswordForm } from '../web/password-fields.tsx';
import { deliverAfterAnswer, type Portal, type PortalContext, requestDevice } from '../web/portal.ts';
import { form } from '../web/read-form.ts';
import { isSecondTap } from '../web/second-tap.ts';
import { text } from '../words/pages.ts';
import { showForms, showLink } from './reset-pages.tsx';

export const reset = new Hono<Portal>();

reset.get('/:token', (c) => showLink(c, {}));

reset.post('/:token', form(newPasswordForm, showLink), async (c) => {
  const link = await readLink(c, 'reset');
  const { mot_de_passe } = c.req.valid('form');
  if (!link.ok) return showUsed(c, mot_de_passe, link);
  const weakness = weaknessOf(c, mot_de_passe, link.facts);
  if (weakness) return showForms(c, link.facts, {}, { errors: weakness });
  const mail = await resetPassword(c.get('db'), {
    ...(await proofOf(c, link)),
    passwordHash: await hashPassword(mot_de_passe),
    formerToken: sessionToken(c),
  });
  if (!mail) return showUsed(c, mot_de_passe, await readLink(c, 'reset'));
  deliverAfterAnswer(c, [mail.id]);
  return showChanged(c, link);
});

async function showChanged(c: PortalContext, { facts }: Pick<GoodLink, 'facts'>) {
  clearSessionCookie(c);
  await setFlash(c, 'reset', facts.identifier);
  return c.redirect(PATHS.signIn, 303);
}

/** As for an activation: a second tap ends where the first one did. */
async function showUsed(c: PortalContext, password: string, link: GoodLink | BadLink<'reset'>) {
  if (link.ok) return showForms(c, link.facts, {});
  if ('facts' in link && (await isSecondTap(c, link, password))) return showChanged(c, link);
  return showDeadLink(c, 'reset', link);
}

const provisionalForm = z.object({ identifiant: identifier });

// The identifier must be typed: no mail scanner that presses buttons can do that.
reset.post('/:token/provisoire', form(provisionalForm, showLink), async (c) => {
  const { IDENTIFIER_PREFIX, PORTAL_SECRET, PROVISIONAL_PASSWORD_BY_MAIL } = c.get('settings');
  if (PROVISIONAL_PASSWORD_BY_MAIL === 'off') return c.notFound();
  const link = await readLink(c, 'reset');
  if (!link.ok) return showDeadLink(c, 'reset', link);
  const { identifiant } = c.req.valid('form');
  const { candidates } = readIdentifier(identifiant, IDENTIFIER_PREFIX);
  if (!candidates.includes(link.facts.identifier)) {
    return showLink(c, { identifiant }, { errors: { identifiant: text.errors.identifierOther } });
  }
  const mail = newMail('provisional_password');
  const provisionalHash = await hashPassword(await deriveProvisional(PORTAL_SECRET, mail.id, mail.nonce));
  const request = { ...(await proofOf(c, link)), mail, provisionalHash };
  if (!(await requestProvisional(c.get('db'), request))) return showLink(c, {});
  deliverAfterAnswer(c, [mail.id]);
  return c.redirect(PATHS.provisionalSent, 303);
});

reset.post('/:token/nouveau-lien', async (c) => {
  const link = await readLink(c, 'reset');
  if (link.ok || link.reason !== 'expired') return showLink(c, {});
  const asked = await renewReset(c.get('db'), await askOf(c, link.facts.identifier), useOf(c, link));
  if (!asked.isTaken) return showResetTooSoon(c, asked.until);
  deliverAfterAnswer(c, asked.mailIds);
  return c.redirect(PATHS.resetSent, 303);
});

function useOf(c: PortalContext, { entry }: Pick<GoodLink, 'entry'>) {
  return { entry, device: requestDevice(c), now: Date.now() };
}

async function proofOf(c: PortalContext, link: GoodLink) {
  const { IDENTIFIER_PREFIX, PORTAL_SECRET } = c.get('settings');
  const { fingerprint } = readIdentifier(link.facts.identifier, IDENTIFIER_PREFIX);
  const keys = [
    attemptKey(PORTAL_SECRET, 'sign-in', fingerprint),
    currentPasswordKey(c, link.entry.accountId),
  ];
  return { ...useOf(c, link), attemptKeys: await Promise.all(keys) };
}
