// /courriel/:token: puts a new address in force, by POST, in that account's session or with its identifier typed.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { confirmEmail } from '../account/email-change.ts';
import { identifierStems, readIdentifier } from '../account/identifier.ts';
import { pauseBefore } from '../account/lock-out.ts';
import { PATHS } from '../paths.ts';
import { attemptKey } from '../platform/counters.ts';
import { currentSession } from '../web/cookies.ts';
import { identifier } from '../web/fields.ts';
import { Field, StarLegend } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import { type GoodLink, readLink, showDeadLink } from '../web/mailed-link.tsx';
import { MailAddress, NextStep, OtherWays } from '../web/parts.tsx';
import { deliverAfterAnswer, moment, type Portal, type PortalContext, requestDevice } from '../web/portal.ts';
import { form, type Refusal, type Typed } from '../web/read-form.ts';
import { WAYS } from '../web/ways.ts';
import { text } from '../words/pages.ts';

const words = text.emailConfirmation;

export const emailConfirmation = new Hono<Portal>();

emailConfirmation.get('/confirmee', (c) =>
  showPage(c, {
    title: words.doneTitle,
    body: (
      <>
        <p class="lead">{words.done}</p>
        <NextStep way={{ href: PATHS.space, label: text.signIn.goToSpace }} />
      </>
    ),
  }),
);

emailConfirmation.get('/:token', (c) => showLink(c, {}));

// In that account's session nothing is asked for.
const schema = z.object({ identifiant: z.optional(identifier) });

emailConfirmation.post('/:token', form(schema, showLink), async (c) => {
  const link = await readLink(c, 'email');
  if (!link.ok) return showDeadLink(c, 'email', link);
  const { identifiant = '' } = c.req.valid('form');
  const held = await holdingSession(c, link);
  const fault = held ? undefined : await identifierFault(c, link, identifiant);
  if (fault) return showForm(c, link, { identifiant }, { errors: { identifiant: fault } });
  const notice = await confirmEmail(
    c.get('db'),
    link.entry,
    held ? { sessionId: held } : 'identifier',
    requestDevice(c),
    Date.now(),
  );
  if (!notice) return c.redirect(c.req.path, 303);
  deliverAfterAnswer(c, [notice]);
  return c.redirect(PATHS.emailConfirmed, 303);
});

/** The session of this browser, when it is signed in to the very account of the link. */
async function holdingSession(c: PortalContext, { entry }: GoodLink): Promise<string | undefined> {
  const session = await currentSession(c, Date.now());
  return session?.accountId === entry.accountId ? session.id : undefined;
}

/**
 * The sentence at the identifier when it is not the account's. Tries are counted as at the sign-in: the link may lie in
 * the mailbox of a stranger, whose guess would hand the account over.
 */
async function identifierFault(c: PortalContext, { entry, facts }: GoodLink, typed: string) {
  if (typed === '') return text.errors.identifierEmpty;
  const { PORTAL_SECRET, IDENTIFIER_PREFIX } = c.get('settings');
  const key = await attemptKey(PORTAL_SECRET, 'new address', String(entry.accountId));
  const pausedUntil = await pauseBefore(c.get('db'), key, Date.now());
  if (pausedUntil) return text.errors.tooManyTries(moment(c, pausedUntil));
  const { candidates } = readIdentifier(typed, IDENTIFIER_PREFIX);
  return candidates.includes(facts.identifier) ? undefined : text.errors.identifierOfAccount;
}

/** The form of a good link; or what became of a dead one. */
async function showLink(c: PortalContext, typed: Typed, refusal?: Refusal) {
  const link = await readLink(c, 'email');
  return link.ok ? showForm(c, link, typed, refusal) : showDeadLink(c, 'email', link);
}

async function showForm(c: PortalContext, link: GoodLink, typed: Typed, refusal?: Refusal) {
  const isKnown = (await holdingSession(c, link)) !== undefined;
  const body = (
    <>
      <p class="lead">{words.intro}</p>
      <MailAddress email={link.facts.newEmail ?? ''} />
      <form method="post" action={c.req.path} novalidate>
        {!isKnown && <StarLegend />}
        {!isKnown && (
          <Field
            name="identifiant"
            label={text.signIn.identifier}
            hint={words.identify(identifierStems(c.get('settings').IDENTIFIER_PREFIX))}
            capitals="characters"
            typed={typed}
            errors={refusal?.errors}
          />
        )}
        <button type="submit">{words.submit}</button>
      </form>
      {!isKnown && <OtherWays ways={[WAYS.lostIdentifier]} />}
    </>
  );
  return showPage(c, { title: words.title, refusal, body });
}
