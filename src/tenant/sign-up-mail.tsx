// /inscription/courriel: the waiting page of the browser that asked, resending, and correcting the address.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { renewActivation } from '../account/activation.ts';
import type { Waiting } from '../account/waiting.ts';
import { nextMailAt } from '../mail/kinds.ts';
import { PATHS } from '../paths.ts';
import { readWaitingCookie, setWaitingCookie } from '../web/cookies.ts';
import { emails, emailsAgree } from '../web/email-fields.tsx';
import {
  deliverAfterAnswer,
  type Portal,
  type PortalContext,
  requestDevice,
  retryAt,
} from '../web/portal.ts';
import { form, hidden } from '../web/read-form.ts';
import { showEnding, whileWaiting } from '../web/waiting.tsx';
import { text } from '../words/pages.ts';
import { showCorrection, showWaiting } from './sign-up-mail-pages.tsx';

export const signUpMail = new Hono<Portal>();

signUpMail.get('/', (c) => whileWaiting(c, (waiting) => showWaiting(c, waiting)));

signUpMail.post('/renvoi', form(hidden('demande')), (c) => renew(c, c.req.valid('form').demande));

const schema = z.extend(hidden('demande'), emails).check(emailsAgree);

signUpMail.get('/adresse', (c) =>
  whileWaiting(c, ({ email, mailId }) => showCorrection(c, { email: email ?? '', demande: mailId })),
);

signUpMail.post('/adresse', form(schema, showCorrection), (c) => {
  const { demande, email } = c.req.valid('form');
  return renew(c, demande, email);
});

/**
 * Owes a new activation mail, to the corrected address when there is one. Over the caps, says until when.
 * @param asked the mail its page waited for
 */
async function renew(c: PortalContext, asked: string | undefined, email?: string) {
  const known = await readWaitingCookie(c);
  if (!known) return showEnding(c);
  if (asked !== known.mailId) return showEnding(c, 'pending');
  const now = Date.now();
  const renewal = { ...known, email, device: requestDevice(c), now };
  const { account, isMailed, mailIds } = await renewActivation(c.get('db'), renewal);
  if (account?.state !== 'pending') return showEnding(c, account?.state);
  if (!isMailed && account.version !== known.version) return showEnding(c, account?.state);
  if (!isMailed) return showTooSoon(c, account, now, email);
  deliverAfterAnswer(c, mailIds);
  await setWaitingCookie(c, account);
  return c.redirect(PATHS.signUpMail, 303);
}

async function showTooSoon(c: PortalContext, waiting: Waiting, now: number, corrected?: string) {
  // Who is told to come back later must still be known here then.
  await setWaitingCookie(c, waiting);
  const until = nextMailAt(waiting.mailTimes, now);
  const when = retryAt(c, until);
  if (!corrected) return showWaiting(c, waiting, text.signUpMail.tooSoon(when));
  const typed = { email: corrected, email_confirmation: corrected, demande: waiting.mailId };
  return showCorrection(c, typed, { message: text.signUpMail.notCorrected(when), status: 429 });
}
