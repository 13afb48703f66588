// /activation/:token: the mailed link. Opening it changes nothing (mail scanners open links); the POST that
// carries the new password is the activation.

import { Hono } from 'hono';
import { activationLinkFault, type DeadLink } from '../rules/accounts.ts';
import { frenchMoment } from '../rules/french-time.ts';
import { groupIdentifier } from '../rules/identifier.ts';
import { fullName } from '../rules/names.ts';
import { hashPassword } from '../rules/password-hash.ts';
import { TOKEN_SHAPE } from '../rules/secrets.ts';
import { activate, findLinkFacts, type LinkFacts, renewActivation } from '../store/accounts.ts';
import { readToken, type TokenEntry } from '../store/tokens.ts';
import { text } from '../text.ts';
import { giveCreated, giveWaiting, sessionToken, takeSession } from '../web/cookies.ts';
import { newPasswordForm } from '../web/fields.ts';
import { ErrorSummary, type Errors, form } from '../web/form.tsx';
import { Identifier, NextStep, OtherWays, showPage, type Way } from '../web/layout.tsx';
import { NewPasswordFields } from '../web/password-fields.tsx';
import { deliverAfterAnswer, type Portal, type PortalContext, requestDevice } from '../web/portal.ts';
import { problemPage } from '../web/problem.tsx';

export const activation = new Hono<Portal>();

activation.get('/:token', async (c) => {
  const link = await readLink(c);
  return link.ok ? showPasswordPage(c, link.facts) : showDeadLink(c, link);
});

activation.post('/:token', form(newPasswordForm, showMistakes), async (c) => {
  const link = await readLink(c);
  if (!link.ok) return showDeadLink(c, link);
  const mail = await activate(c.get('db'), {
    entry: link.entry,
    passwordHash: await hashPassword(c.req.valid('form').mot_de_passe),
    device: requestDevice(c),
    formerToken: sessionToken(c),
    now: Date.now(),
  });
  // Another use of the same link was first: the page says what became of it.
  if (!mail) return showDeadLink(c, await readLink(c));
  deliverAfterAnswer(c, [mail.id]);
  takeSession(c);
  await giveCreated(c, link.facts.identifier);
  return c.redirect('/activation/compte-cree', 303);
});

activation.post('/:token/nouveau-lien', async (c) => {
  const link = await readLink(c);
  if (link.ok) return showPasswordPage(c, link.facts);
  if (link.reason !== 'expired') return showDeadLink(c, link);
  const { mailId, version } = link.entry;
  const renewal = { mailId, version, device: requestDevice(c), now: Date.now() };
  const { account, isMailed, mailIds } = await renewActivation(c.get('db'), renewal);
  if (!account || !isMailed) return showDeadLink(c, await readLink(c));
  deliverAfterAnswer(c, mailIds);
  await giveWaiting(c, account);
  return c.redirect('/inscription/courriel', 303);
});

async function showMistakes(c: PortalContext, _: unknown, errors: Errors) {
  const link = await readLink(c);
  return link.ok ? showPasswordPage(c, link.facts, errors) : showDeadLink(c, link);
}

type Link =
  | { ok: true; entry: TokenEntry; facts: LinkFacts }
  | { ok: false; reason: Exclude<DeadLink, 'unknown'>; entry: TokenEntry; facts: LinkFacts }
  | { ok: false; reason: 'malformed' | 'unknown' };

/** What the link in the address is worth now. Reads only. */
async function readLink(c: PortalContext): Promise<Link> {
  const token = c.req.param('token') ?? '';
  if (!TOKEN_SHAPE.test(token)) return { ok: false, reason: 'malformed' };
  const entry = await readToken(c.env.TOKENS, 'activation', token);
  const facts = entry && (await findLinkFacts(c.get('db'), entry));
  if (!facts) return { ok: false, reason: 'unknown' };
  const { usedAt, mailedTo, ...account } = facts;
  const link = { version: entry.version, expiresAt: entry.expiresAt, usedAt, mailedTo, account };
  const reason = activationLinkFault(link, c.get('settings').CLIENT_LEFT_GRACE_DAYS, Date.now());
  return reason ? { ok: false, reason, entry, facts } : { ok: true, entry, facts };
}

function showPasswordPage(c: PortalContext, facts: LinkFacts, errors?: Errors) {
  const title = text.activation.title;
  const body = (
    <>
      <h1>{title}</h1>
      <ErrorSummary errors={errors} />
      <p class="lead">{text.activation.hello(fullName(facts))}</p>
      <p>{text.activation.yourIdentifier}</p>
      <p class="keep">
        <Identifier groups={groupIdentifier(facts.identifier)} />
      </p>
      <p>{text.activation.useful}</p>
      <form method="post" novalidate>
        <NewPasswordFields identifier={facts.identifier} errors={errors} />
        <div class="actions caps">
          <button type="submit">{text.activation.submit}</button>
          <a class="button second" href="/connexion">
            {text.activation.back}
          </a>
        </div>
      </form>
    </>
  );
  return showPage(c, { title, status: errors ? 422 : 200, isError: Boolean(errors), body });
}

/** Where a dead link leads; an expired one is repaired on the spot, and a client who left can only call. */
const WAYS: Partial<Record<DeadLink, Way>> = {
  unknown: { href: '', label: text.activation.tryAgain },
  used: { href: '/connexion', label: text.activation.signIn },
  already_active: { href: '/connexion', label: text.activation.signIn },
  closed: { href: '/inscription', label: text.activation.signUp },
  address_changed: { href: '/inscription', label: text.activation.askAgain },
  replaced: { href: '/inscription', label: text.activation.askAgain },
};

function showDeadLink(c: PortalContext, link: Link) {
  if (link.ok) return showPasswordPage(c, link.facts);
  if (link.reason === 'malformed') return problemPage(c, 'malformedLink');
  const { title, body } = text.deadLinks[link.reason];
  const way = WAYS[link.reason];
  const page = (
    <>
      <h1>{title}</h1>
      <p class="lead">{body}</p>
      {link.reason === 'replaced' && <p>{text.activation.linkDate(newestMail(c, link.facts))}</p>}
      {link.reason === 'expired' && <NewLink token={c.req.param('token') ?? ''} />}
      {way && <NextStep way={way} />}
      {link.reason === 'unknown' && (
        <OtherWays ways={[{ href: '/inscription', label: text.activation.signUp }]} />
      )}
    </>
  );
  return showPage(c, { title, status: 410, body: page });
}

function NewLink({ token }: { token: string }) {
  return (
    <form method="post" action={`/activation/${token}/nouveau-lien`}>
      <button type="submit">{text.activation.newLink}</button>
    </form>
  );
}

function newestMail(c: PortalContext, facts: LinkFacts): string {
  return frenchMoment(facts.newestMailAt, Date.now(), c.get('settings').TIME_ZONE);
}
