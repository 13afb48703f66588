// /inscription: from the rent notice in hand to a pending account and a mail on its way.

import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import * as z from 'zod/mini';
import type { Settings } from '../env.ts';
import { hasLeft } from '../rules/accounts.ts';
import type { Identity } from '../rules/identity.ts';
import { nextMailAt } from '../rules/mails.ts';
import { requestAccount } from '../store/accounts.ts';
import { identityCounters } from '../store/attempts.ts';
import { identify } from '../store/clients.ts';
import { text } from '../text.ts';
import { giveWaiting } from '../web/cookies.ts';
import { EmailFields, emails, emailsAgree } from '../web/email-fields.tsx';
import { Actions, form, keepTyped, type Refusal, readFields, type Typed } from '../web/form.tsx';
import { IdentityFields, identityOf, supplierForm, tenantForm } from '../web/identity-fields.tsx';
import { showPage } from '../web/layout.tsx';
import { callWay, NextStep, OtherWays, Phone, Points } from '../web/parts.tsx';
import {
  deliverAfterAnswer,
  type Portal,
  type PortalContext,
  requestDevice,
  requestNetwork,
  retryAt,
} from '../web/portal.ts';

const schema = z.discriminatedUnion(
  'profil',
  [z.extend(tenantForm, emails).check(emailsAgree), z.extend(supplierForm, emails).check(emailsAgree)],
  { error: text.errors.profile },
);

export const signUp = new Hono<Portal>();

signUp.get('/', (c) => showSignUp(c, {}));

signUp.post('/', form(schema, showSignUp), async (c) => {
  const valid = c.req.valid('form');
  const identity = identityOf(valid);
  const { PORTAL_SECRET, IDENTIFIER_PREFIX, CLIENT_LEFT_GRACE_DAYS } = c.get('settings');
  const now = Date.now();
  const counters = await identityCounters(PORTAL_SECRET, identity, requestNetwork(c));
  c.set('who', counters.print);
  const found = await identify(c.get('db'), identity, counters, now);
  if (!found.ok && found.blockedUntil)
    return turnAway(c, 429, text.signUp.tooManyTries(retryAt(c, found.blockedUntil)));
  // Said at once: silence would leave people waiting for a mail that never comes. The counters stop guessing.
  if (!found.ok && found.left === 0) return turnAway(c, 422, ...noMatch(identity.kind, 0));
  if (!found.ok) return refuse(c, 422, ...noMatch(identity.kind, found.left));
  if (hasLeft(found.client.leftAt, CLIENT_LEFT_GRACE_DAYS, now)) {
    return refuse(c, 422, text.signUp.clientLeft);
  }
  const { account, isMailed, mailIds } = await requestAccount(c.get('db'), {
    client: found.client,
    email: valid.email,
    prefix: IDENTIFIER_PREFIX,
    device: requestDevice(c),
    counted: found.counted,
    now,
  });
  if (!account) throw new Error('The account could not be opened: no identifier was free');
  deliverAfterAnswer(c, mailIds);
  if (account.state === 'active') return showRefused(c, 409, <Registered settings={c.get('settings')} />);
  const isSameAddress = account.email.toLowerCase() === valid.email.toLowerCase();
  if (!isMailed && !isSameAddress) {
    return refuse(c, 429, text.signUp.tooManyMails(retryAt(c, nextMailAt(account.mailTimes, now))));
  }
  await giveWaiting(c, account);
  return c.redirect('/inscription/courriel', 303);
});

/** What to compare when nobody is found: sentences, and a list. */
function noMatch(kind: Identity['kind'], left: number): (string | string[])[] {
  const { noMatch: found, toCheck, allRight, triesLeft } = text.signUp;
  return [found, toCheck[kind], triesLeft[left] ?? allRight];
}

/** Gives the form back with what concerns it as a whole, and the number to call. */
function refuse(c: PortalContext, status: 422 | 429, ...said: (string | string[])[]) {
  return showRefused(c, status, <Said c={c} said={said} />);
}

/** The same without the form, which would be filled in for nothing today: the number to call is the way on. */
function turnAway(c: PortalContext, status: 422 | 429, ...said: (string | string[])[]) {
  const { title } = text.signUp;
  const body = (
    <>
      <NextStep way={callWay(c.get('settings'))} />
      <OtherWays ways={[{ href: '/connexion', label: text.forgottenPassword.back }]} />
    </>
  );
  return showPage(c, { title, refusal: { status, message: <Said c={c} said={said} /> }, body });
}

function Said({ c, said }: { c: PortalContext; said: (string | string[])[] }) {
  return (
    <>
      {said.map((one) => (typeof one === 'string' ? <p>{one}</p> : <Points points={one} />))}
      <Phone settings={c.get('settings')} />
    </>
  );
}

async function showRefused(c: PortalContext, status: Refusal['status'], message: Child) {
  return showSignUp(c, keepTyped(Object.fromEntries(await readFields(c))), { status, message });
}

const LOST = [
  { href: '/mot-de-passe-oublie', label: text.signIn.forgottenPassword },
  { href: '/identifiant-oublie', label: text.signIn.forgottenIdentifier },
];

function Registered({ settings }: { settings: Settings }) {
  return (
    <>
      <p>{text.signUp.alreadyRegistered}</p>
      <p>{text.signUp.alreadyMailed}</p>
      <p>{text.signUp.notYours}</p>
      <Phone settings={settings} />
      <NextStep way={{ href: '/connexion', label: text.signUp.toSignIn }} />
      <OtherWays ways={LOST} />
    </>
  );
}

function showSignUp(c: PortalContext, typed: Typed, refusal?: Refusal) {
  const errors = refusal?.errors;
  const body = (
    <form method="post" action="/inscription" novalidate>
      <IdentityFields typed={typed} errors={errors} />
      <EmailFields words={text.signUp} typed={typed} errors={errors} />
      <p class="hint">
        {text.signUp.privacy} <a href="/donnees-personnelles">{text.signUp.privacyMore}</a>
      </p>
      <Actions caps submit={text.signUp.submit} back={{ href: '/connexion', label: text.signUp.back }} />
    </form>
  );
  return showPage(c, { title: text.signUp.title, step: 1, refusal, body });
}
