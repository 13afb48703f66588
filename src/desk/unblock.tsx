// /guichet/clients/:id/blocage: an address to which the mail provider writes no more. Why, until when, and the way out.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { unblockMails } from '../account/landlord-acts.ts';
import { canLift, type Listed, liftSuppression, readSuppression } from '../mail/transports/suppressions.ts';
import { DESK } from '../numbers.ts';
import { newAct } from '../staff/acts.ts';
import { lineOrNothing } from '../web/fields.ts';
import { Actions } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import { Address } from '../web/parts.tsx';
import { deliverAfterAnswer, type Portal, type PortalContext } from '../web/portal.ts';
import { form, type Refusal, type Typed } from '../web/read-form.ts';
import { deskText } from '../words/desk.ts';
import { text } from '../words/pages.ts';
import { frenchDateTime } from '../words/times.ts';
import { addressOf, SLUGS } from './act-forms.tsx';
import { showChanged, showUnfit } from './client.tsx';
import { agentIn, mayOnly } from './entry.tsx';
import { REASONS, ReasonField, WordsField } from './form-parts.tsx';
import { actsFor } from './possible-acts.ts';
import { nameOf, numberOf, see, showGone } from './seen.tsx';

const words = deskText.acts.unblock;
const PATH = `/:id/${SLUGS.unblock}`;

const schema = z.object({
  motif: z.enum(REASONS, { error: deskText.reasonMissing }),
  precision: z._default(lineOrNothing('', DESK.words), ''),
});

export const deskUnblock = new Hono<Portal>();

deskUnblock.get(PATH, mayOnly('unblock'), (c) => showForm(c, {}));

deskUnblock.post(PATH, mayOnly('unblock'), form(schema, showForm), async (c) => {
  const seen = await see(c);
  if (!seen) return showGone(c);
  const { email } = seen.one;
  if (!email || !canLift(c.get('settings'))) return showChanged(c, seen);
  if (!(await liftSuppression(c.env.MAIL_API, c.get('settings'), email)))
    return showForm(c, c.req.valid('form'), { status: 503, message: words.silent });
  const { motif, precision } = c.req.valid('form');
  const [agent, now] = [agentIn(c).email, Date.now()];
  const act = newAct({ agent, kind: 'unblock', clientId: seen.id, reason: motif, words: precision || null });
  const done = await unblockMails(c.get('db'), act, email, now);
  if (!done) return showChanged(c, seen);
  deliverAfterAnswer(c, done.mailIds);
  return c.redirect(`/guichet/clients/${seen.id}?fait=${act.id}`, 303);
});

async function showForm(c: PortalContext, typed: Typed, refusal?: Refusal) {
  const seen = await see(c);
  if (!seen) return showGone(c);
  const { email } = seen.one;
  if (!email || !actsFor(c, seen).includes('unblock')) return showUnfit(c, seen);
  const listed = await readSuppression(c.env.MAIL_API, c.get('settings'), email);
  const body = (
    <>
      <p class="lead">
        {nameOf(seen)}, {numberOf(seen)}
      </p>
      <p>
        <Address email={email} />
      </p>
      <p>
        <strong>{sayListed(c, listed)}</strong>
      </p>
      <p>{words.body}</p>
      <form method="post" action={addressOf(seen.id, 'unblock')} novalidate>
        <ReasonField typed={typed} error={refusal?.errors?.motif} />
        <WordsField typed={typed} errors={refusal?.errors} />
        <Actions
          submit={words.submit}
          back={{ href: `/guichet/clients/${seen.id}`, label: text.form.back }}
        />
      </form>
    </>
  );
  return showPage(c, { title: words.title, refusal, body });
}

/** Why the address is on the list, and until when. */
function sayListed(c: PortalContext, listed: Listed): string {
  if (!listed.ok) return words.unread;
  if (listed.entry === 'untold') return words.untold;
  if (listed.entry === null) return words.free;
  const { why, until } = listed.entry;
  return words.listed(
    words.why[why],
    until === null ? words.forGood : words.until(frenchDateTime(until, c.get('settings').TIME_ZONE)),
  );
}
