// /connexion: signing in, and who is signed in on this device.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { readIdentifier } from '../account/identifier.ts';
import { hasLeft } from '../account/links.ts';
import { openSession } from '../account/sessions.ts';
import { giveBackRightTry } from '../account/sign-in.ts';
import { noteSignInPause } from '../client/pauses.ts';
import { PATHS } from '../paths.ts';
import {
  clearFlash,
  clearSessionCookie,
  currentSession,
  type Happened,
  readFlash,
  sessionToken,
  setSessionCookie,
} from '../web/cookies.ts';
import { identifier, shapeFault } from '../web/fields.ts';
import { rememberDevice, trySignInHere } from '../web/known-device.ts';
import { isLocalPath } from '../web/local-path.ts';
import { showSecured } from '../web/mail-sent.tsx';
import { keepsNoCookie, NoCookies } from '../web/no-cookies.tsx';
import { Calm, Done } from '../web/parts.tsx';
import { checkPassword } from '../web/password-check.ts';
import {
  aboutIdentifier,
  afterQuietPause,
  type Portal,
  type PortalContext,
  requestDevice,
} from '../web/portal.ts';
import { form } from '../web/read-form.ts';
import { logNetworkLimit } from '../web/security-log.ts';
import { showSharedDevice } from '../web/shared-device.tsx';
import { text } from '../words/pages.ts';
import { showClientLeft, showPaused, showSignIn, showWrong } from './sign-in-pages.tsx';

const schema = z.object({
  identifiant: identifier,
  // Of any length: how a typed password differs from the stored one is nobody's business.
  mot_de_passe: z
    .string({ error: text.errors.passwordEmpty })
    .check(z.minLength(1, { error: text.errors.passwordEmpty })),
  suite: z.optional(z.string()),
});

/** What just happened on this device, said above the form. */
const DONE: Partial<Record<Happened, string>> = {
  reset: text.signIn.passwordReset,
  closed: text.signIn.accountClosed,
  signed_out: text.signIn.signedOut,
};

/** After these the holder of the identifier comes here to sign in; after the other messages the next person may. */
const AWAITED: Happened[] = ['created', 'reset', 'created_by_code', 'reset_by_code'];

export const signIn = new Hono<Portal>();

signIn.get('/', async (c) => {
  const session = await currentSession(c, Date.now());
  if (session) return showSharedDevice(c, session);
  const isOver = sessionToken(c) !== undefined;
  if (isOver) clearSessionCookie(c);
  const flash = await readFlash(c);
  const isAwaited = flash && AWAITED.includes(flash.happened);
  if (flash && !isAwaited) clearFlash(c);
  if (flash?.happened === 'secured') return showSecured(c);
  const identifiant = isAwaited ? flash.identifier : '';
  const typed = { identifiant, suite: c.req.query('suite') ?? '' };
  const over = isOver ? <Calm>{text.signIn.sessionOver}</Calm> : withoutCookies(c);
  const done = flash && DONE[flash.happened];
  return showSignIn(c, typed, undefined, done ? <Done>{done}</Done> : over);
});

/** A browser that keeps no cookie comes back here from the space it has just signed in to. */
function withoutCookies(c: PortalContext) {
  const isBack = c.req.query('suite') !== undefined && keepsNoCookie(c, PATHS.signIn) !== 'no';
  return isBack ? <NoCookies before={text.noCookies.signIn} /> : undefined;
}

signIn.post('/', form(schema, showSignIn), async (c) => {
  const { identifiant, mot_de_passe, suite } = c.req.valid('form');
  const { IDENTIFIER_PREFIX, PORTAL_ORIGIN, CLIENT_LEFT_GRACE_DAYS } = c.get('settings');
  const typed = { identifiant, suite: suite ?? '' };
  const now = Date.now();
  aboutIdentifier(c, identifiant);
  const fault = shapeFault(identifiant, IDENTIFIER_PREFIX);
  if (fault) return showSignIn(c, typed, { errors: { identifiant: fault } });
  const { fingerprint, candidates } = readIdentifier(identifiant, IDENTIFIER_PREFIX);
  // Counted on what was typed, existing or not: the answers tell nobody which accounts exist.
  const db = c.get('db');
  const { count, ...tried } = await trySignInHere(c, fingerprint, candidates, now);
  if (tried.isLastOfNetwork) await logNetworkLimit(c, 'sign-in');
  if (tried.nth === undefined) return showPaused(c, typed, tried.blockedUntil);
  if (tried.blockedUntil > now)
    afterQuietPause(c, 'pauses', () => noteSignInPause(db, candidates, count.key));
  const { account } = tried;
  const proof = await checkPassword(mot_de_passe, account, now);
  if (!proof || !account) return showWrong(c, typed, tried);
  if (hasLeft(account.leftAt, CLIENT_LEFT_GRACE_DAYS, now)) {
    await giveBackRightTry(db, count);
    return showClientLeft(c, typed);
  }
  const token = await openSession(db, {
    accountId: account.id,
    proof: { ...proof, count },
    device: requestDevice(c),
    formerToken: sessionToken(c),
    now,
  });
  if (!token) return showWrong(c, typed, tried);
  setSessionCookie(c, token);
  if (proof.kind === 'password') await rememberDevice(c, account.identifier, proof.upgraded ?? proof.hash);
  return c.redirect(suite && isLocalPath(suite, PORTAL_ORIGIN) ? suite : PATHS.space, 303);
});
