// One client as the desk sees it; that somebody looked is written down in the same batch.

import { type Case, seeClient } from '../account/case.ts';
import { type CaseMail, newestTelling, nextSteps, type Step } from '../account/next-step.ts';
import { requestsNear } from '../client/help-requests.ts';
import { fullName } from '../client/names.ts';
import { canLift } from '../mail/transports/suppressions.ts';
import { DAY } from '../numbers.ts';
import { batch } from '../platform/db.ts';
import type { ActKind, PauseReason } from '../schema.ts';
import { type ActRow, noteLook, readActs } from '../staff/acts.ts';
import { showPage } from '../web/layout.tsx';
import { NextStep } from '../web/parts.tsx';
import { moment, type PortalContext } from '../web/portal.ts';
import { caseText } from '../words/case.ts';
import { deskText } from '../words/desk.ts';
import { frenchDateTime } from '../words/times.ts';
import { agentIn } from './entry.tsx';
import { sayNumber } from './list.tsx';

export type Seen = {
  id: number;
  one: Case;
  pauses: { why: PauseReason; until: number }[];
  mails: (CaseMail & { createdAt: number })[];
  events: Awaited<ReturnType<typeof seeClient>['events']>;
  lastSignInAt: number | null;
  openSessions: number;
  /** What was done here, looks left out. */
  acts: ActRow[];
  /** The help requests that may be this client's. */
  near: { id: number; code: string; at: number }[];
};

/** The client that the address names; undefined when there is none, or it has gone. */
export async function see(c: PortalContext): Promise<Seen | undefined> {
  const [, id] = /^([1-9]\d{0,14})$/.exec(c.req.param('id') ?? '') ?? [];
  if (!id) return undefined;
  return seeOne(c, Number(id));
}

/** The same for an id. */
export async function seeOne(c: PortalContext, id: number): Promise<Seen | undefined> {
  const [db, now] = [c.get('db'), Date.now()];
  const { cases, pauses, mails, events, lastSignIn, sessions, acts, near } = await batch(db, {
    looked: noteLook(db, agentIn(c).email, id, now),
    ...seeClient(db, id, now),
    acts: readActs(db, { clientId: id, isDeed: true }, 10),
    near: requestsNear(db, id),
  });
  const [one] = cases;
  // What the portal erased is nobody any more.
  if (!one || one.reference === '') return undefined;
  const [lastSignInAt, openSessions] = [lastSignIn[0]?.at ?? null, sessions[0]?.open ?? 0];
  return { id, one, pauses, mails, events, lastSignInAt, openSessions, acts, near };
}

/** The client vanished, by tonight's file perhaps, or never was. */
export function showGone(c: PortalContext) {
  const words = deskText.client;
  const body = (
    <>
      <p>{words.goneTip}</p>
      <NextStep way={{ href: '/guichet', label: deskText.search.title }} />
    </>
  );
  return showPage(c, { title: words.gone, status: 404, body });
}

/** « Marie-Dominique Orsoni », and behind it « Locataire 471 ». */
export function nameOf({ one }: Seen): string {
  return fullName(one);
}

export function numberOf({ one }: Seen): string {
  return sayNumber(one);
}

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

export function stepsOf(c: PortalContext, { one, mails, pauses }: Seen): Step[] {
  return nextSteps(one, mails, pauses, c.get('settings').CLIENT_LEFT_GRACE_DAYS, Date.now());
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

/** What each step is done by. */
const DONE_BY: Partial<Record<Step, ActKind>> = {
  open_mail: 'send_link',
  sign_in: 'send_link',
  make_room: 'send_link',
  let_mails_in: 'send_link',
  wrong_address: 'correct_email',
  suppressed: 'unblock',
  held: 'release',
};

/** The one act that helps now; undefined when the person, or time, does. */
export function helpFor(c: PortalContext, seen: Seen): ActKind | undefined {
  const wanted = stepsOf(c, seen).flatMap((step) => DONE_BY[step] ?? []);
  const [first] = seen.pauses.length > 0 ? (['lift_pause'] as const) : wanted;
  return first && actsFor(c, seen).includes(first) ? first : undefined;
}

/** Whether the provider writes to the address no more, and the desk can change that. */
function isBlocked(c: PortalContext, { one, mails }: Seen): boolean {
  const reason = newestTelling(mails)?.reason;
  const isOnList = reason === 'address_suppressed' || (reason === 'blocked' && isBrevo(c));
  return one.email !== null && isOnList && canLift(c.get('settings'));
}

/** Of Brevo « blocked » means its list, and not the reader's mailbox alone. */
const isBrevo = (c: PortalContext) => c.get('settings').MAIL_PROVIDER === 'brevo';

/** The acts that a client's state allows. */
export function actsFor(c: PortalContext, seen: Seen): ActKind[] {
  const { state, heldAt } = seen.one;
  const isOpen = state === 'pending' || state === 'active';
  const isIn = !stepsOf(c, seen).includes('left_refused');
  const possible: [ActKind, boolean][] = [
    ['send_link', isOpen && isIn],
    ['lift_pause', seen.pauses.length > 0],
    ['unblock', isOpen && isBlocked(c, seen)],
    ['correct_email', isOpen && isIn],
    ['secure', state === 'active'],
    ['close', isOpen],
    ['give_code', isIn && heldAt === null],
    ['print_letter', !isOpen && heldAt === null && seen.one.leftAt === null],
    ['hold', !isOpen && heldAt === null],
    ['release', heldAt !== null],
  ];
  return possible.flatMap(([kind, is]) => (is ? [kind] : []));
}
