// The state of a client and what to do about it, in the sentences of the desk.

import { DAY } from '../numbers.ts';
import { moment, type PortalContext } from '../web/portal.ts';
import { caseText } from '../words/case.ts';
import { deskText } from '../words/desk.ts';
import { frenchDateTime } from '../words/times.ts';
import { stepsOf } from './possible-acts.ts';
import type { Seen } from './seen.tsx';

/** The state in sentences: the account, the pauses, whether the client left or is held. */
export function sayState(c: PortalContext, { one, pauses }: Seen): string[] {
  const since = one.state === 'closed' ? one.closedAt : one.createdAt;
  const zone = c.get('settings').TIME_ZONE;
  return [
    caseText.states[one.state ?? 'none'](moment(c, since ?? 0)),
    ...pauses.map(({ why, until }) => caseText.pauses[why](moment(c, until))),
    ...(one.leftAt === null ? [] : [caseText.left(frenchDateTime(one.leftAt, zone))]),
    ...(one.heldAt === null ? [] : [deskText.client.held(frenchDateTime(one.heldAt, zone))]),
  ];
}

/** What to do, in sentences, the first thing first. */
export function saySteps(c: PortalContext, seen: Seen): string[] {
  const { CLIENT_LEFT_GRACE_DAYS: days, TIME_ZONE } = c.get('settings');
  const until = frenchDateTime((seen.one.leftAt ?? 0) + days * DAY, TIME_ZONE);
  // Here any pause is lifted by the button below, that of the sign-in too.
  const steps = stepsOf(c, seen)
    .filter((step) => step !== 'lift_first')
    .map((step) => deskText.steps[step] ?? caseText.steps[step](until));
  return seen.pauses.length > 0 ? [deskText.liftFirst, ...steps] : steps;
}
