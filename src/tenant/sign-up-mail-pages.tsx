// The pages of /inscription/courriel: what a tenant who waits for the activation mail sees, and the form that corrects the address.

import type { Waiting } from '../account/waiting.ts';
import type { MailFate } from '../mail/fate.ts';
import { nextMailAt } from '../mail/kinds.ts';
import { ACTIVATION_SUBJECT } from '../mail/letters/activation.ts';
import { PATHS } from '../paths.ts';
import { EmailFields, SentEmailHint } from '../web/email-fields.tsx';
import { Actions, Hidden, StarLegend } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import { isDelayed, isLost, isSuppressed, isWorthResending, MailFateLine } from '../web/mail-fate.tsx';
import { Calm, MailAddress, NextStep } from '../web/parts.tsx';
import { moment, type PortalContext } from '../web/portal.ts';
import type { Refusal, Typed } from '../web/read-form.ts';
import { text } from '../words/pages.ts';

const HERE = PATHS.signUpMail;
const CORRECTION = { href: PATHS.correctAddress, label: text.signUpMail.correct };

export function showWaiting(c: PortalContext, waiting: Waiting, tooSoon?: string) {
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

function titleFor(fate: MailFate): string {
  const words = text.signUpMail;
  if (isLost(fate)) return words.lostTitle;
  if (isSuppressed(fate)) return words.suppressedTitle;
  return isDelayed(fate) ? words.delayedTitle : words.title;
}

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

export function showCorrection(c: PortalContext, typed: Typed, refusal?: Refusal) {
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
