// /inscription: from the rent notice in hand to a pending account and a mail on its way.

import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import * as z from 'zod/mini';
import { hasLeft } from '../account/links.ts';
import { requestAccount } from '../account/opening.ts';
import { identify, type Unidentified } from '../client/find.ts';
import { identityTry } from '../client/guesses.ts';
import { type Identity, type LeftOut, leftOut } from '../client/matching.ts';
import { notePauses } from '../client/pauses.ts';
import type { Settings } from '../env.ts';
import { nextMailAt } from '../mail/kinds.ts';
import { giveWaiting } from '../web/cookies.ts';
import { EmailFields, emails, emailsAgree } from '../web/email-fields.tsx';
import { Actions, type Errors, form, keepTyped, type Refusal, readFields, type Typed } from '../web/form.tsx';
import {
  givenNameToo,
  IdentityFields,
  identityOf,
  supplierForm,
  tenantForm,
} from '../web/identity-fields.tsx';
import { showPage } from '../web/layout.tsx';
import { callWay, NextStep, OtherWays, Phone, Points } from '../web/parts.tsx';
import {
  afterQuietPause,
  deliverAfterAnswer,
  type Portal,
  type PortalContext,
  requestDevice,
  requestNetwork,
  retryAt,
} from '../web/portal.ts';
import { logNetworkLimit } from '../web/security-log.ts';
import { text } from '../words/pages.ts';

const schema = z.discriminatedUnion(
  'profil',
  [
    z.extend(tenantForm, emails).check(emailsAgree, givenNameToo),
    z.extend(supplierForm, emails).check(emailsAgree),
  ],
  { error: text.errors.profile },
);

export const signUp = new Hono<Portal>();

signUp.get('/', (c) => showSignUp(c, {}));

signUp.post('/', form(schema, showSignUp), async (c) => {
  const valid = c.req.valid('form');
  const identity = identityOf(valid);
  const { PORTAL_SECRET, IDENTIFIER_PREFIX, CLIENT_LEFT_GRACE_DAYS } = c.get('settings');
  const now = Date.now();
  const counts = await identityTry(PORTAL_SECRET, identity, requestNetwork(c));
  c.set('who', counts.print);
  const found = await identify(c.get('db'), identity, counts, now);
  if (!found.ok) return showUnidentified(c, found, identity);
  if (hasLeft(found.client.leftAt, CLIENT_LEFT_GRACE_DAYS, now)) {
    return refuse(c, 422, text.signUp.clientLeft);
  }
  if (found.client.heldAt !== null) return refuse(c, 422, text.signUp.held);
  const { account, isMailed, mailIds } = await requestAccount(c.get('db'), {
    client: found.client,
    email: valid.email,
    prefix: IDENTIFIER_PREFIX,
    device: requestDevice(c),
    standings: found.standings,
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

/** Said at once: silence would leave people waiting for a mail that never comes. The counters stop guessing. */
async function showUnidentified(c: PortalContext, found: Unidentified, identity: Identity) {
  if (found.isLastOfNetwork) await logNetworkLimit(c, 'identities');
  const db = c.get('db');
  if (found.pauses.length > 0) afterQuietPause(c, 'pauses', () => notePauses(db, found.pauses));
  if (found.blockedUntil) {
    const sentences = text.signUp.tooManyTries[found.blockedBy];
    return turnAway(c, 429, ...sentences(retryAt(c, found.blockedUntil)));
  }
  const left = leftOut(identity);
  if (left.length > 0) return showLeftOut(c, left);
  if (found.left === 0) return turnAway(c, 422, ...noMatch(identity.kind, 0));
  return refuse(c, 422, ...noMatch(identity.kind, found.left));
}

/** Asks for what was left out: only a client of whom the file knows no more may leave it out, and nobody learns who is one. */
async function showLeftOut(c: PortalContext, left: LeftOut[]) {
  const errors: Errors = {};
  if (left.includes('givenName')) errors.prenom = text.errors.givenNameEmpty;
  if (left.includes('birthDate')) errors.date_naissance = text.birthDateRefusals.birth_date_shape;
  return showSignUp(c, await typedIn(c), { errors });
}

async function typedIn(c: PortalContext): Promise<Typed> {
  return keepTyped(Object.fromEntries(await readFields(c)));
}

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
  return showSignUp(c, await typedIn(c), { status, message });
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
