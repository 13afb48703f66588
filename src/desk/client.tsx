// /guichet/clients/:id: who it is, where the account stands, what to do, and the one button that does it.

import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import * as z from 'zod/mini';
import { readIdentifier } from '../account/identifier.ts';
import { failuresOf } from '../account/sign-in.ts';
import { readBirthDate, sameBirthDate } from '../client/birth-date.ts';
import { attemptKey } from '../platform/counters.ts';
import { compareBirthDate } from '../staff/compare.ts';
import { showPage } from '../web/layout.tsx';
import { Calm, Done } from '../web/parts.tsx';
import { type Portal, type PortalContext, retryAt } from '../web/portal.ts';
import { form, type Refusal, type Typed } from '../web/read-form.ts';
import { deskText } from '../words/desk.ts';
import { text } from '../words/pages.ts';
import { Facts, More } from './client-facts.tsx';
import { Compare, Near, OtherActs, State } from './client-parts.tsx';
import { agentIn } from './entry.tsx';
import { CHANGED } from './form-parts.tsx';
import { nameOf, numberOf, type Seen, see, seeOne, showGone } from './seen.tsx';

const words = deskText.client;

export const deskClient = new Hono<Portal>();

deskClient.get('/:id', async (c) => {
  const seen = await see(c);
  if (!seen) return showGone(c);
  // What was just done, as its own row says: an address alone must not claim it.
  const done = seen.acts.find(({ id }) => id === c.req.query('fait'));
  const said = done && done.agent === agentIn(c).email && doneText(done.act);
  return showClient(c, seen, { above: said && <Done>{said}</Done> });
});

const dateForm = z.object({ date: z.string({ error: text.errors.birthDateEmpty }) });

deskClient.post('/:id/date', form(dateForm, showCompared), async (c) => {
  const seen = await see(c);
  if (!seen) return showGone(c);
  const typed = c.req.valid('form').date;
  const read = readBirthDate(typed, Date.now());
  if (!read.ok)
    return showClient(c, seen, {
      typed: { date: typed },
      refusal: { errors: { date: text.birthDateRefusals[read.reason] } },
    });
  const compared = await compareBirthDate(c.get('db'), agentIn(c).email, seen.id, Date.now());
  if (!compared.ok)
    return showClient(c, seen, {
      refusal: { status: 429, message: deskText.compare.over(retryAt(c, compared.until)) },
    });
  const { same, other, unknown } = deskText.compare;
  const answer =
    compared.birthDate === null ? unknown : sameBirthDate(read.date, compared.birthDate) ? same : other;
  const Box = answer === same ? Done : Calm;
  return showClient(c, seen, { above: <Box>{answer}</Box> });
});

async function showCompared(c: PortalContext, typed: Typed, refusal: Refusal) {
  const seen = await see(c);
  return seen ? showClient(c, seen, { typed, refusal }) : showGone(c);
}

function doneText(kind: string): string | undefined {
  return kind in deskText.acts ? deskText.acts[kind as keyof typeof deskText.acts].done : undefined;
}

type Around = { above?: Child; typed?: Typed; refusal?: Refusal };

/** The page of a client; `above` is what was just done, or why not. */
export async function showClient(c: PortalContext, seen: Seen, { above, typed = {}, refusal }: Around) {
  const failures = await countFailures(c, seen);
  const body = (
    <>
      <p class="lead">
        {numberOf(seen)}. {seen.one.leftAt === null && words.present}
      </p>
      {above}
      <div class="sides">
        <section>
          <State c={c} seen={seen} />
          <Near c={c} seen={seen} />
          <OtherActs c={c} seen={seen} />
        </section>
        <section>
          <Facts c={c} seen={seen} failures={failures} />
          {seen.one.kind === 'tenant' && <Compare id={seen.id} typed={typed} refusal={refusal} />}
        </section>
      </div>
      <More c={c} seen={seen} />
    </>
  );
  return showPage(c, { title: nameOf(seen), isDocument: true, refusal, body });
}

/** The page of a client on whom nothing was done, as it is now. */
export async function showChanged(c: PortalContext, { id }: Pick<Seen, 'id'>) {
  const seen = await seeOne(c, id);
  return seen ? showClient(c, seen, { refusal: CHANGED }) : showGone(c);
}

/** The page of a client whose state allows an act no more: another agent was first, or it changed since the page before. */
export function showUnfit(c: PortalContext, seen: Seen) {
  return showClient(c, seen, { above: <Calm>{deskText.changed}</Calm> });
}

/** Wrong passwords typed for the identifier since a day, from browsers the account does not know. */
async function countFailures(c: PortalContext, { one }: Seen): Promise<number> {
  const { PORTAL_SECRET, IDENTIFIER_PREFIX } = c.get('settings');
  if (one.state !== 'active' || one.identifier === null) return 0;
  const { fingerprint } = readIdentifier(one.identifier, IDENTIFIER_PREFIX);
  return failuresOf(c.get('db'), await attemptKey(PORTAL_SECRET, 'sign-in', fingerprint), Date.now());
}
