// /inscription/courriel: the waiting page of the browser that asked, resending, and correcting the address.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { renewActivation } from '../account/activation.ts';
import type { Waiting } from '../account/waiting.ts';
import type { MailFate } from '../mail/fate.ts';
import { nextMailAt } from '../mail/kinds.ts';
import { ACTIVATION_SUBJECT } from '../mail/letters/activation.ts';
import { PATHS } from '../paths.ts';
import { readWaitingCookie, setWaitingCookie } from '../web/cookies.ts';
import { EmailFields, emails, emailsAgree, SentEmailHint } from '../web/email-fields.tsx';
import { Actions, Hidden, StarLegend } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import { isDelayed, isLost, isSuppressed, isWorthResending, MailFateLine } from '../web/mail-fate.tsx';
import { Calm, MailAddress, NextStep } from '../web/parts.tsx';
import {
  deliverAfterAnswer,
  moment,
  type Portal,
  type PortalContext,
  requestDevice,
  retryAt,
} from '../web/portal.ts';
import { form, hidden, type Refusal, type Typed } from '../web/read-form.ts';
import { showEnding, whileWaiting } from '../web/waiting.tsx';
import { text } from '../words/pages.ts';

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

function showWaiting(c: PortalContext, waiting: Waiting, tooSoon?: string) {
  const words = text.signUpMail;
  const { fate } = waiting;
  // Whoever waits for a mail has an address.
  const email = waiting.email ?? '';
  const isWrong = (isLost(fate) && !isWorthResending(fate)) || isSuppressed(fate);
  // What became of the mail comes last: only when there is nothing to open yet is it what matters.
  const isComing = !isLost(fate) && !isDelayed(fate);
  const body = (
    <>
      {tooSoon && <Calm>{tooSoon}</Calm>}
      <p>{isLost(fate) ? words.couldNotReach : words.wroteTo}</p>
      <MailAddress email={email} />
      {isComing ? <WhatToDo c={c} /> : <MailFateLine c={c} fate={fate} page={HERE} />}
      <SentEmailHint email={email} way={CORRECTION.href} label={CORRECTION.label} />
      {isWrong && <NextStep way={CORRECTION} />}
      {isComing && <NothingYet />}
      <Resend c={c} waiting={waiting} isFirst={isWorthResending(fate)} />
      {!isWrong && (
        <p>
          <a class="button second" href={CORRECTION.href}>
            {CORRECTION.label}
          </a>
        </p>
      )}
      {isComing && <h2>{words.where}</h2>}
      {isComing && <MailFateLine c={c} fate={fate} page={HERE} />}
    </>
  );
  return showPage(c, { title: titleFor(fate), step: 2, status: tooSoon ? 429 : 200, body });
}

const HERE = PATHS.signUpMail;

function titleFor(fate: MailFate): string {
  const words = text.signUpMail;
  if (isLost(fate)) return words.lostTitle;
  if (isSuppressed(fate)) return words.suppressedTitle;
  return isDelayed(fate) ? words.delayedTitle : words.title;
}

const CORRECTION = { href: PATHS.correctAddress, label: text.signUpMail.correct };

function WhatToDo({ c }: { c: PortalContext }) {
  const words = text.signUpMail;
  return (
    <>
      <p class="next">{words.next}</p>
      <p>{words.lookFor(c.get('settings').ORGANISATION_SHORT_NAME, ACTIVATION_SUBJECT)}</p>
    </>
  );
}

function NothingYet() {
  const words = text.signUpMail;
  return (
    <>
      <h2>{words.nothingYet}</h2>
      <ol class="tips">
        {words.tips.map((tip) => (
          <li>{tip}</li>
        ))}
      </ol>
    </>
  );
}

/** The button, with the time from which it works while it does not. */
function Resend({ c, waiting, isFirst }: { c: PortalContext; waiting: Waiting; isFirst: boolean }) {
  const now = Date.now();
  const from = nextMailAt(waiting.mailTimes, now);
  return (
    <form method="post" action={PATHS.resend}>
      <Hidden name="demande" value={waiting.mailId} />
      <p class="hint">
        {text.signUpMail.sentAt(moment(c, waiting.mailedAt))}{' '}
        {from > now && text.signUpMail.resendFrom(moment(c, from))}
      </p>
      <button type="submit" class={isFirst ? undefined : 'second'}>
        {text.signUpMail.resend}
      </button>
    </form>
  );
}

function showCorrection(c: PortalContext, typed: Typed, refusal?: Refusal) {
  const { email, emailConfirmation } = text.signUp;
  const body = (
    <>
      <p>{text.signUpMail.correctIntro}</p>
      <form method="post" action={PATHS.correctAddress} novalidate>
        <Hidden name="demande" value={typed.demande ?? ''} />
        <StarLegend />
        <EmailFields words={{ email, emailConfirmation }} typed={typed} errors={refusal?.errors} />
        <Actions
          submit={text.signUpMail.correctSubmit}
          back={{ href: PATHS.signUpMail, label: text.form.back }}
        />
      </form>
    </>
  );
  return showPage(c, { title: text.signUpMail.correctTitle, refusal, body });
}
