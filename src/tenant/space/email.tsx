// /espace/courriel: another e-mail address, pending until its mailed link is confirmed.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { cancelEmailChange, readChangeMails, requestEmailChange } from '../../account/email-change.ts';
import type { MailFate } from '../../mail/fate.ts';
import { nextMailAt } from '../../mail/kinds.ts';
import { PATHS } from '../../paths.ts';
import { setFlash } from '../../web/cookies.ts';
import { EmailFields, emails, emailsAgree } from '../../web/email-fields.tsx';
import { Actions, Hidden, StarLegend } from '../../web/form.tsx';
import { showPage } from '../../web/layout.tsx';
import { MailFateLine } from '../../web/mail-fate.tsx';
import { Calm, MailAddress } from '../../web/parts.tsx';
import { currentPassword, currentPasswordFault } from '../../web/password-check.ts';
import { CurrentPasswordField } from '../../web/password-fields.tsx';
import {
  deliverAfterAnswer,
  type Portal,
  type PortalContext,
  requestDevice,
  retryAt,
} from '../../web/portal.ts';
import { type Errors, form, hidden, type Refusal, type Typed } from '../../web/read-form.ts';
import { WAYS } from '../../web/ways.ts';
import { text } from '../../words/pages.ts';

const words = text.spaceEmail;
const schema = z.object({ mot_de_passe_actuel: currentPassword, ...emails }).check(emailsAgree);

export const spaceEmail = new Hono<Portal>();

spaceEmail.get('/', (c) => showForm(c, {}));

// « Annuler » is a button of its own form: it needs neither password nor address.
spaceEmail.post('/', form(hidden('annuler')), async (c, next) => {
  if (c.req.valid('form').annuler === undefined) return next();
  const { accountId, id, identifier } = c.get('session');
  await cancelEmailChange(c.get('db'), accountId, id, requestDevice(c), Date.now());
  await setFlash(c, 'email_cancelled', identifier);
  return c.redirect(PATHS.space, 303);
});

spaceEmail.post('/', form(schema, showForm), async (c) => {
  const { mot_de_passe_actuel, email: newEmail } = c.req.valid('form');
  const { accountId, id, identifier, passwordHash, email: current } = c.get('session');
  const typed = { email: newEmail, email_confirmation: newEmail };
  const refuse = (errors: Errors) => showForm(c, typed, { errors });
  if (newEmail.toLowerCase() === current?.toLowerCase()) return refuse({ email: text.errors.emailSame });
  const fault = await currentPasswordFault(c, mot_de_passe_actuel);
  if (fault) return refuse({ mot_de_passe_actuel: fault });
  const change = {
    accountId,
    sessionId: id,
    passwordHash,
    newEmail,
    device: requestDevice(c),
    now: Date.now(),
  };
  const mailIds = await requestEmailChange(c.get('db'), change);
  if (!mailIds) return showRefused(c, typed);
  deliverAfterAnswer(c, mailIds);
  await setFlash(c, 'email_asked', identifier);
  return c.redirect(PATHS.space, 303);
});

/** Over the caps, or the password changed while it was checked. */
async function showRefused(c: PortalContext, typed: Typed) {
  const now = Date.now();
  const { times } = await readChangeMails(c.get('db'), c.get('session').accountId, now);
  const until = nextMailAt(times, now);
  if (until === now) return showForm(c, typed, { errors: { mot_de_passe_actuel: text.errors.currentWrong } });
  return showForm(c, typed, { message: words.tooMany(retryAt(c, until)), status: 429 });
}

async function showForm(c: PortalContext, typed: Typed, refusal?: Refusal) {
  const { accountId, email: current, newEmail } = c.get('session');
  const fate = newEmail ? (await readChangeMails(c.get('db'), accountId, Date.now())).fate : undefined;
  const errors = refusal?.errors;
  const body = (
    <>
      {current === null ? <p class="lead">{text.code.addIntro}</p> : <Current email={current} />}
      {newEmail && <PendingChange c={c} newEmail={newEmail} fate={fate} />}
      <form method="post" action={PATHS.spaceEmail} novalidate>
        <StarLegend />
        <Hidden name="compte" value={c.get('session').identifier} />
        <EmailFields words={words} typed={typed} errors={errors} />
        <CurrentPasswordField errors={errors} />
        <Actions submit={current === null ? text.code.addOne : words.submit} back={WAYS.backToSpace} />
      </form>
    </>
  );
  return showPage(c, { title: current === null ? text.code.addTitle : words.title, refusal, body });
}

function Current({ email }: { email: string }) {
  return (
    <>
      <p class="lead">{words.current}</p>
      <MailAddress email={email} />
    </>
  );
}

type Pending = { c: PortalContext; newEmail: string; fate: MailFate | undefined };

function PendingChange({ c, newEmail, fate }: Pending) {
  return (
    <>
      <Calm>
        {words.pending(newEmail)} {c.get('session').email !== null && words.stays} {words.notReceived}
      </Calm>
      {fate && <MailFateLine c={c} fate={fate} page={PATHS.spaceEmail} />}
      <form method="post" action={PATHS.spaceEmail}>
        <Hidden name="compte" value={c.get('session').identifier} />
        <Hidden name="annuler" value="oui" />
        <button type="submit" class="second">
          {words.cancel}
        </button>
      </form>
    </>
  );
}
