// What a browser that asked for an account may see of it, and what it is told when there is nothing to wait for.

import type { Child } from 'hono/jsx';
import { findWaiting, type Waiting } from '../account/waiting.ts';
import { PATHS } from '../paths.ts';
import type { AccountState } from '../schema.ts';
import { text } from '../words/pages.ts';
import { readWaitingCookie } from './cookies.ts';
import { showPage } from './layout.tsx';
import { keepsNoCookie, NoCookies } from './no-cookies.tsx';
import { NextStep, OtherWays } from './parts.tsx';
import type { PortalContext } from './portal.ts';
import { WAYS } from './ways.ts';

/** Shows the account this browser waits for, while it is pending and no newer request replaced this one. */
export async function whileWaiting(
  c: PortalContext,
  show: (waiting: Waiting) => Response | Promise<Response>,
) {
  const known = await readWaitingCookie(c);
  const waiting = known && (await findWaiting(c.get('db'), known.mailId, Date.now()));
  const isCurrent = waiting?.state === 'pending' && waiting.version === known?.version;
  return isCurrent ? show(waiting) : showEnding(c, waiting?.state);
}

/** Nothing to wait for here: the account is active, a newer request exists, or this browser asked for nothing. */
export function showEnding(c: PortalContext, state?: AccountState) {
  const words = text.signUpMail;
  const [again, signIn] = [WAYS.signUp, WAYS.signIn];
  if (state === 'active') return showNotice(c, words.activeTitle, words.active, <NextStep way={signIn} />);
  if (state === 'closed') return showNotice(c, words.closedTitle, words.closed, <NextStep way={again} />);
  // Here the mailbox is to be opened: no button leads away from it.
  const restart = <OtherWays ways={[{ ...again, label: words.again }]} />;
  return state ? showNotice(c, words.supersededTitle, words.superseded, restart) : showMissing(c, restart);
}

/** Without the cookie nobody knows who waits. A browser that was given it just now, and sends none, keeps none. */
function showMissing(c: PortalContext, restart: Child) {
  const { missingTitle, missing } = text.signUpMail;
  const { waitingTitle, waiting, justAsked } = text.noCookies;
  const isWithout = keepsNoCookie(c, PATHS.signUp);
  if (isWithout === 'yes') return showNotice(c, waitingTitle, waiting, <NoCookies />);
  const hint = isWithout === 'maybe' ? <NoCookies before={justAsked} /> : undefined;
  return showNotice(c, missingTitle, missing, restart, hint);
}

function showNotice(c: PortalContext, title: string, sentence: string, next: Child, hint?: Child) {
  const body = (
    <>
      <p>{sentence}</p>
      {hint}
      {next}
    </>
  );
  return showPage(c, { title, body });
}
