// When somebody last signed in to the account: whoever did not would want to know.

import type { SignedIn } from '../account/signed-in.ts';
import { HISTORY_KEPT } from '../numbers.ts';
import { text } from '../words/pages.ts';
import { frenchDateTime, frenchLength } from '../words/times.ts';
import { Fact } from './parts.tsx';

export function LastSignIn({ session, timeZone }: { session: SignedIn; timeZone: string }) {
  if (isFirstVisit(session)) return null;
  const { previousSignInAt: at } = session;
  const said = at ? frenchDateTime(at, timeZone) : text.space.longAgo(frenchLength(HISTORY_KEPT));
  return <Fact name={text.space.lastSignIn}>{said}</Fact>;
}

/** Whether nobody signed in before: of an older account it is no longer known. */
export function isFirstVisit({ previousSignInAt, activatedAt }: SignedIn): boolean {
  return previousSignInAt === null && (activatedAt ?? 0) > Date.now() - HISTORY_KEPT;
}
