// What the desk can do for a client now: the acts that its state allows, and the one that helps.

import { newestTelling, nextSteps, type Step } from '../account/next-step.ts';
import { canLift } from '../mail/transports/suppressions.ts';
import type { ActKind } from '../schema.ts';
import type { PortalContext } from '../web/portal.ts';
import type { Seen } from './seen.tsx';

/** What the client should do next, the first thing first. */
export function stepsOf(c: PortalContext, { one, mails, pauses }: Seen): Step[] {
  return nextSteps(one, mails, pauses, c.get('settings').CLIENT_LEFT_GRACE_DAYS, Date.now());
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
