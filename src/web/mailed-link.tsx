// A mailed link: what it is worth now, and the page of a dead one. Opening a link only reads.

import { findLinkFacts, type LinkFacts } from '../account/link-facts.ts';
import { activationLinkFault, type DeadLink, emailLinkFault, resetLinkFault } from '../account/links.ts';
import { isNewestLink } from '../account/reset-asks.ts';
import type { TokenPurpose } from '../mail/kinds.ts';
import { readToken, type TokenEntry } from '../mail/tokens.ts';
import { tokenIn } from '../platform/secrets.ts';
import { text } from '../words/pages.ts';
import { askOf } from './asks.ts';
import { showPage } from './layout.tsx';
import { NextStep, OtherWays, type Way } from './parts.tsx';
import { aboutIdentifier, moment, type PortalContext } from './portal.ts';
import { problemPage } from './problem.tsx';

export type GoodLink = { ok: true; entry: TokenEntry; facts: LinkFacts };
export type BadLink =
  | { ok: false; reason: Exclude<DeadLink, 'unknown'>; entry: TokenEntry; facts: LinkFacts }
  | { ok: false; reason: 'malformed' | 'unknown' };

const FAULTS = { activation: activationLinkFault, reset: resetLinkFault, email: emailLinkFault };

/** What the link in the address is worth now, for one purpose. */
export async function readLink(c: PortalContext, purpose: TokenPurpose): Promise<GoodLink | BadLink> {
  const token = linkToken(c);
  if (!token) return { ok: false, reason: 'malformed' };
  const entry = await readToken(c.env.TOKENS, purpose, token);
  const facts = entry && (await findLinkFacts(c.get('db'), entry));
  if (!facts) return { ok: false, reason: 'unknown' };
  aboutIdentifier(c, facts.identifier);
  const { usedAt, mailedTo, isReplaced, ...account } = facts;
  const { version, expiresAt } = entry;
  const link = { version, expiresAt, usedAt, mailedTo, isReplaced: isReplaced === 1, account };
  const now = Date.now();
  const fault = FAULTS[purpose](link, c.get('settings').CLIENT_LEFT_GRACE_DAYS, now);
  const staysGood = fault === 'expired' && purpose === 'reset' && (await isNewest(c, facts.identifier, now));
  const reason = staysGood ? undefined : fault;
  return reason ? { ok: false, reason, entry, facts } : { ok: true, entry, facts };
}

/** A reset link outlives its hour while no newer one may leave, or strangers who keep asking would shut its holder out. */
async function isNewest(c: PortalContext, identifier: string, now: number): Promise<boolean> {
  return isNewestLink(c.get('db'), await askOf(c, identifier), now);
}

/** The token of the link that was opened; undefined when the link was cut. */
export function linkToken(c: PortalContext): string | undefined {
  return tokenIn(c.req.param('token') ?? '');
}

const SIGN_IN = { href: '/connexion', label: text.activation.signIn };
const SIGN_UP = { href: '/inscription', label: text.activation.signUp };
const ASK_AGAIN = { href: '/inscription', label: text.activation.askAgain };
const RESET_AGAIN = { href: '/mot-de-passe-oublie', label: text.reset.askAgain };
const EMAIL_AGAIN = { href: '/espace/courriel', label: text.emailConfirmation.restart };
/** Its address is the link's own, whichever of its forms was posted. */
const RELOAD = { href: '', label: text.activation.tryAgain };

const HOMES: Record<TokenPurpose, string> = {
  activation: '/activation',
  reset: '/mot-de-passe',
  email: '/courriel',
};

/** Their words say to open another mail. */
const IN_MAILBOX: Record<TokenPurpose, DeadLink[]> = {
  activation: ['replaced', 'address_changed'],
  reset: ['replaced', 'not_active'],
  email: ['replaced'],
};

/** Where a dead link leads. An expired one is repaired on the spot; a client who left can only call. */
const WAYS: Record<TokenPurpose, Partial<Record<DeadLink, Way[]>>> = {
  activation: {
    unknown: [RELOAD, SIGN_UP],
    used: [SIGN_IN],
    already_active: [SIGN_IN],
    closed: [SIGN_UP],
    address_changed: [ASK_AGAIN],
    replaced: [ASK_AGAIN],
  },
  reset: {
    unknown: [RELOAD, RESET_AGAIN],
    used: [SIGN_IN, RESET_AGAIN],
    not_active: [SIGN_UP],
    closed: [SIGN_UP],
    address_changed: [RESET_AGAIN],
    password_changed: [SIGN_IN, RESET_AGAIN],
    replaced: [RESET_AGAIN],
  },
  email: {
    unknown: [RELOAD, EMAIL_AGAIN],
    used: [SIGN_IN],
    address_changed: [SIGN_IN],
    closed: [SIGN_UP],
    cancelled: [EMAIL_AGAIN],
    replaced: [EMAIL_AGAIN],
    expired: [EMAIL_AGAIN],
  },
};

/** The page of a dead link: why, before any form, and one way on. */
export function showDeadLink(c: PortalContext, purpose: TokenPurpose, link: BadLink) {
  if (link.reason === 'malformed') return problemPage(c, 'malformedLink');
  const { title, body } = text.deadLinksOf[purpose][link.reason] ?? text.deadLinks[link.reason];
  const path = `${HOMES[purpose]}/${linkToken(c)}`;
  const ways = WAYS[purpose][link.reason] ?? [];
  const all = ways.map((one) => (one === RELOAD ? { ...one, href: path } : one));
  // Where a mail is to be opened, no button leads away from the mailbox.
  const way = IN_MAILBOX[purpose].includes(link.reason) ? undefined : all[0];
  const others = all.filter((one) => one !== way);
  const page = (
    <>
      <p>{body}</p>
      {link.reason === 'replaced' && <p>{text.activation.linkDate(moment(c, link.facts.newestMailAt))}</p>}
      {link.reason === 'expired' && all.length === 0 && <NewLink path={path} />}
      {way && <NextStep way={way} />}
      {others.length > 0 && <OtherWays ways={others} />}
    </>
  );
  return showPage(c, { title, status: 410, body: page });
}

function NewLink({ path }: { path: string }) {
  return (
    <form method="post" action={`${path}/nouveau-lien`}>
      <button type="submit">{text.activation.newLink}</button>
    </form>
  );
}
