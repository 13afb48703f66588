// A mailed link: what it is worth now, and the page of a dead one. Opening a link only reads.

import { findLinkFacts, type LinkFacts } from '../account/link-facts.ts';
import type { DeadLink } from '../account/links.ts';
import { isNewestLink } from '../account/reset-asks.ts';
import type { TokenPurpose } from '../mail/kinds.ts';
import { readToken, type TokenEntry } from '../mail/tokens.ts';
import { tokenIn } from '../platform/secrets.ts';
import { text } from '../words/pages.ts';
import { askOf } from './asks.ts';
import { showPage } from './layout.tsx';
import { type DeadEnd, LINKS, type LinkKind } from './link-kinds.ts';
import { NextStep, OtherWays } from './parts.tsx';
import { aboutIdentifier, moment, type PortalContext } from './portal.ts';
import { problemPage } from './problem.tsx';

const words = text.mailedLinks;

export type GoodLink = { ok: true; entry: TokenEntry; facts: LinkFacts };
export type BadLink<Purpose extends TokenPurpose> =
  | { ok: false; reason: DeadLink<Purpose>; entry: TokenEntry; facts: LinkFacts }
  | { ok: false; reason: 'malformed' | 'unknown' };

/** What the link in the address is worth now, for one purpose. */
export async function readLink<Purpose extends TokenPurpose>(
  c: PortalContext,
  purpose: Purpose,
): Promise<GoodLink | BadLink<Purpose>> {
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
  const fault = LINKS[purpose].fault(link, c.get('settings').CLIENT_LEFT_GRACE_DAYS, now);
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

/** The page of a dead link: why, before any form, and the way on. */
export function showDeadLink<Purpose extends TokenPurpose>(
  c: PortalContext,
  purpose: Purpose,
  link: BadLink<Purpose>,
) {
  if (link.reason === 'malformed') return problemPage(c, 'malformedLink');
  const { deadEnds, path }: LinkKind<Purpose> = LINKS[purpose];
  const { title, body, next, others } = deadEnds[link.reason];
  const here = `${path}${linkToken(c)}`;
  const page = (
    <>
      <p>{body}</p>
      {'facts' in link && link.reason === 'replaced' && (
        <p>{words.newest(moment(c, link.facts.newestMailAt))}</p>
      )}
      {next && <Next next={next} here={here} />}
      {others && <OtherWays ways={others} />}
    </>
  );
  return showPage(c, { title, status: 410, body: page });
}

/** @param here the link's own address, whichever of its forms was posted */
function Next({ next, here }: { next: NonNullable<DeadEnd['next']>; here: string }) {
  if (next === 'new link') return <NewLink here={here} />;
  return <NextStep way={next === 'reload' ? { href: here, label: words.tryAgain } : next} />;
}

function NewLink({ here }: { here: string }) {
  return (
    <form method="post" action={`${here}/nouveau-lien`}>
      <button type="submit">{words.newLink}</button>
    </form>
  );
}
