// /inscription: from the rent notice in hand to a pending account and a mail on its way.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { hasLeft } from '../account/links.ts';
import { requestAccount } from '../account/opening.ts';
import { identify, type Unidentified } from '../client/find.ts';
import { identityTry } from '../client/guesses.ts';
import { type Identity, type LeftOut, leftOut } from '../client/matching.ts';
import { notePauses } from '../client/pauses.ts';
import { nextMailAt } from '../mail/kinds.ts';
import { PATHS } from '../paths.ts';
import {
  forgetBroughtReference,
  keepBroughtReference,
  readBroughtReference,
} from '../web/brought-reference.ts';
import { setWaitingCookie } from '../web/cookies.ts';
import { emails, emailsAgree } from '../web/email-fields.tsx';
import { givenNameToo, identityOf, supplierForm, tenantForm } from '../web/identity-form.ts';
import {
  afterQuietPause,
  deliverAfterAnswer,
  type Portal,
  type PortalContext,
  requestDevice,
  requestNetwork,
  retryAt,
} from '../web/portal.ts';
import { type Errors, form, typedIn } from '../web/read-form.ts';
import { logNetworkLimit } from '../web/security-log.ts';
import { text } from '../words/pages.ts';
import { Registered, refuse, showRefused, showSignUp, turnAway } from './sign-up-pages.tsx';

const schema = z.discriminatedUnion(
  'profil',
  [
    z.extend(tenantForm, emails).check(emailsAgree, givenNameToo),
    z.extend(supplierForm, emails).check(emailsAgree),
  ],
  { error: text.errors.profile },
);

export const signUp = new Hono<Portal>();

signUp.get('/', async (c) => {
  const brought = c.req.query('reference');
  if (brought === undefined) return showSignUp(c, await readBroughtReference(c));
  await keepBroughtReference(c, brought);
  return c.redirect(PATHS.signUp, 303);
});

signUp.post('/', form(schema, showSignUp), async (c) => {
  const valid = c.req.valid('form');
  const identity = identityOf(valid);
  const { PORTAL_SECRET, IDENTIFIER_PREFIX, CLIENT_LEFT_GRACE_DAYS } = c.get('settings');
  const now = Date.now();
  const counts = await identityTry(PORTAL_SECRET, identity, requestNetwork(c));
  c.set('who', counts.fingerprint);
  const found = await identify(c.get('db'), identity, counts, now);
  if (!found.ok) return showUnidentified(c, found, identity);
  if (hasLeft(found.client.leftAt, CLIENT_LEFT_GRACE_DAYS, now)) {
    return refuse(c, 422, [text.signUp.clientLeft], true);
  }
  if (found.client.heldAt !== null) return refuse(c, 422, [text.signUp.held]);
  const { account, isMailed, mailIds } = await requestAccount(c.get('db'), {
    client: found.client,
    email: valid.email,
    prefix: IDENTIFIER_PREFIX,
    device: requestDevice(c),
    standings: found.standings,
    now,
  });
  if (!account) throw new Error('The account could not be opened: no identifier was free');
  forgetBroughtReference(c);
  deliverAfterAnswer(c, mailIds);
  if (account.state === 'active')
    return showRefused(
      c,
      409,
      <Registered settings={c.get('settings')} hasAddress={account.email !== null} />,
    );
  const isSameAddress = account.email?.toLowerCase() === valid.email.toLowerCase();
  if (!isMailed && !isSameAddress) {
    return refuse(c, 429, [text.signUp.tooManyMails(retryAt(c, nextMailAt(account.mailTimes, now)))]);
  }
  await setWaitingCookie(c, account);
  return c.redirect(PATHS.signUpMail, 303);
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
  return refuse(c, 422, noMatch(identity.kind, found.left), true);
}

/** Asks for what was left out: only a client of whom the file knows no more may leave it out, and nobody learns who is one. */
async function showLeftOut(c: PortalContext, left: LeftOut[]) {
  const errors: Errors = {};
  if (left.includes('givenName')) errors.prenom = text.errors.givenNameEmpty;
  if (left.includes('birthDate')) errors.date_naissance = text.birthDateRefusals.birth_date_shape;
  return showSignUp(c, await typedIn(c), { errors }, true);
}

/** What to compare when nobody is found: sentences, and a list. */
function noMatch(kind: Identity['kind'], left: number): (string | string[])[] {
  const { noMatch: found, toCheck, allRight, triesLeft } = text.signUp;
  return [found, toCheck[kind], triesLeft[left] ?? allRight];
}
