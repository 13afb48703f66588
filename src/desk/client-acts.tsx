// /guichet/clients/:id/…: the acts on a client, each on a page of its own that asks why.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import {
  correctEmail,
  type Done,
  liftPause,
  mailTimes,
  type Shown,
  secureForHolder,
  sendLink,
} from '../account/landlord-acts.ts';
import { closeAtDesk, hold, release } from '../account/landlord-closing.ts';
import { nextMailAt } from '../mail/kinds.ts';
import { DESK } from '../numbers.ts';
import type { ActReason } from '../schema.ts';
import { type Act, newAct } from '../staff/acts.ts';
import { emails } from '../web/email-fields.tsx';
import { lineOrNothing } from '../web/fields.ts';
import { deliverAfterAnswer, type Portal, type PortalContext, retryAt } from '../web/portal.ts';
import { form, type Refusal, type Typed } from '../web/read-form.ts';
import { deskText } from '../words/desk.ts';
import { type ClientAct, SLUGS } from './act-forms.tsx';
import { type FormAct, showForm } from './act-page.tsx';
import { showClient } from './client.tsx';
import { agentIn, mayOnly } from './entry.tsx';
import { CHANGED, REASONS } from './form-parts.tsx';
import { type Seen, see, seeOne, showGone } from './seen.tsx';

const common = {
  version: z.string().check(z.regex(/^\d{1,9}\.\d{1,9}$/)),
  motif: z.enum(REASONS, { error: deskText.reasonMissing }),
  precision: z._default(lineOrNothing('', DESK.words), ''),
};
const isSaid = z.refine<{ motif?: unknown; precision?: unknown }>(
  ({ motif, precision }) => motif !== 'other' || precision !== '',
  { path: ['precision'], error: deskText.wordsMissing },
);
const plainForm = z.object(common).check(isSaid);
const closeForm = z.object({ ...common, retenir: z.optional(z.string()) }).check(isSaid);
const emailForm = z.object({ ...common, email: emails.email }).check(isSaid);

/** What the account looked like when the page was made, and what was typed. */
type Asked = { shown: Shown; email: string; isHeld: boolean; graceDays: number; now: number };
type Spec = {
  schema: z.ZodMiniType<object>;
  run: (c: PortalContext, act: Act, asked: Asked) => Promise<Done>;
};

const SPECS: Record<FormAct, Spec> = {
  send_link: {
    schema: plainForm,
    run: (c, act, { shown, graceDays, now }) => sendLink(c.get('db'), act, shown, graceDays, now),
  },
  lift_pause: { schema: plainForm, run: (c, act, { now }) => liftPause(c.get('db'), act, now) },
  secure: {
    schema: plainForm,
    run: (c, act, { shown, now }) => secureForHolder(c.get('db'), act, shown, now),
  },
  correct_email: {
    schema: emailForm,
    run: (c, act, { shown, email, now }) => correctEmail(c.get('db'), act, shown, email, now),
  },
  close: {
    schema: closeForm,
    run: (c, act, { shown, isHeld, now }) => closeAtDesk(c.get('db'), act, shown, isHeld, now),
  },
  hold: { schema: plainForm, run: (c, act, { now }) => hold(c.get('db'), act, now) },
  release: { schema: plainForm, run: (c, act, { now }) => release(c.get('db'), act, now) },
};

export const deskActs = new Hono<Portal>();

for (const kind of Object.keys(SPECS) as FormAct[]) {
  const path = `/:id/${SLUGS[kind]}`;
  const show = (c: PortalContext, typed: Typed, refusal?: Refusal) => showForm(c, kind, typed, refusal);
  deskActs.get(path, mayOnly(kind), (c) => show(c, {}));
  deskActs.post(path, mayOnly(kind), form(SPECS[kind].schema, show), (c) =>
    act(c, kind, c.req.valid('form') as Typed),
  );
}

/** Does it once; or says that the state has changed, and shows it. */
async function act(c: PortalContext, kind: FormAct, typed: Typed) {
  const seen = await see(c);
  if (!seen) return showGone(c);
  if (typed.email !== undefined && typed.email.toLowerCase() === seen.one.email?.toLowerCase())
    return showForm(c, kind, typed, { errors: { email: deskText.acts.correct_email.same } });
  const [linkVersion = 0, emailVersion = 0] = String(typed.version).split('.').map(Number);
  const { agent, now } = { agent: agentIn(c).email, now: Date.now() };
  const noted = newAct({
    agent,
    kind,
    clientId: seen.id,
    reason: typed.motif as ActReason,
    words: typed.precision || null,
  });
  const done = await SPECS[kind].run(c, noted, {
    shown: { linkVersion, emailVersion },
    email: typed.email ?? '',
    isHeld: typed.retenir === 'oui',
    graceDays: c.get('settings').CLIENT_LEFT_GRACE_DAYS,
    now,
  });
  if (!done) return showUndone(c, seen, kind, now);
  deliverAfterAnswer(c, done.mailIds);
  return c.redirect(`/guichet/clients/${seen.id}?fait=${noted.id}`, 303);
}

/** Why nothing was done: too many mails, or somebody else was first. */
async function showUndone(c: PortalContext, before: Seen, kind: ClientAct, now: number) {
  const seen = await seeOne(c, before.id);
  if (!seen) return showGone(c);
  const until = await waitOf(c, seen, kind, now);
  if (until > now)
    return showClient(c, seen, { refusal: { status: 429, message: deskText.tooSoon(retryAt(c, until)) } });
  return showClient(c, seen, { refusal: CHANGED });
}

/** When the next mail of this act may leave (ms). */
async function waitOf(c: PortalContext, { one }: Seen, kind: ClientAct, now: number): Promise<number> {
  if (one.accountId === null || (kind !== 'send_link' && kind !== 'correct_email')) return now;
  const active = kind === 'send_link' ? 'reset_link' : 'confirm_email';
  const mail = one.state === 'pending' ? 'activation' : active;
  return nextMailAt(await mailTimes(c.get('db'), one.accountId, mail, now), now);
}
