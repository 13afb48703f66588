// A client at the terminal: who it is, in what state, what to do next, and what was mailed and done.

import { type Case, type History, readHistory, type Wanted } from '../account/case.ts';
import { nextSteps } from '../account/next-step.ts';
import { fullName } from '../client/names.ts';
import { readPauses } from '../client/pauses.ts';
import type { Settings } from '../env.ts';
import { DAY } from '../numbers.ts';
import type { Db } from '../platform/db.ts';
import type { PauseReason } from '../schema.ts';
import { caseText } from '../words/case.ts';
import { text } from '../words/pages.ts';
import { supportText as words } from '../words/support.ts';
import { frenchDateTime, frenchMoment } from '../words/times.ts';

/** The settings that an answer needs. */
export type Landlord = Pick<Settings, 'IDENTIFIER_PREFIX' | 'TIME_ZONE' | 'CLIENT_LEFT_GRACE_DAYS'>;

/** The lines about one client, an empty one before them. @param wanted what was asked for, where it is told apart */
export async function tellCase(db: Db, landlord: Landlord, one: Case, wanted: Wanted): Promise<string> {
  const pauses = await readPauses(db, one.clientId, Date.now());
  const history = one.accountId === null ? { mails: [], events: [] } : await readHistory(db, one.accountId);
  const moment = momentIn(landlord);
  const lines = [
    '',
    one.referenceKey === wanted.keys[1] && words.cutReference,
    nameOf(one),
    one.newEmail && caseText.newEmail(mask(one.newEmail)),
    isFormer(one, wanted) && words.formerIdentifier,
    one.leftAt !== null && caseText.left(frenchDateTime(one.leftAt, landlord.TIME_ZONE)),
    caseText.states[one.state ?? 'none'](moment(one.state === 'closed' ? one.closedAt : one.createdAt)),
    ...pauses.map(({ why, until }) => `${caseText.pauses[why](moment(until))} ${words.toLift}`),
    `${words.next} ${stepsFor(landlord, one, history, pauses).join(' ')}`,
    ...(one.accountId === null ? [] : tellHistory(landlord, history)),
  ];
  return lines.filter((line) => typeof line === 'string').join('\n');
}

/** Found by an identifier that was closed: the newest account is another. */
export function isFormer({ identifier, referenceKey }: Case, { identifiers, keys }: Wanted): boolean {
  return identifier !== null && !identifiers.includes(identifier) && !keys.includes(referenceKey);
}

/** Who it is, by all that tells one person from another; never an address in full. */
export function nameOf(one: Case): string {
  const client = `${text.space.reference[one.kind]} ${one.reference}`;
  return [fullName(one), client, one.identifier, mask(one.email)].filter(Boolean).join(' · ');
}

/** `m…@orange.fr`: enough to recognise, not to write to. */
export function mask(email: string | null): string {
  return email ? email.replace(/^(.).*(?=@)/, '$1…') : '';
}

/** The next steps in sentences, the first thing first. */
function stepsFor(
  { CLIENT_LEFT_GRACE_DAYS: days, TIME_ZONE }: Landlord,
  one: Case,
  { mails }: History,
  pauses: { why: PauseReason }[],
): string[] {
  const until = frenchDateTime((one.leftAt ?? 0) + days * DAY, TIME_ZONE);
  return nextSteps(one, mails, pauses, days, Date.now()).map(
    (step) => words.steps[step] ?? caseText.steps[step](until),
  );
}

function tellHistory(landlord: Landlord, { mails, events }: History): string[] {
  const moment = momentIn(landlord);
  return [
    `\n${words.mails}`,
    ...mails.map((mail) => {
      const why = mail.reason ? ` (${caseText.mailReasons[mail.reason]})` : '';
      return `  ${moment(mail.createdAt)} · ${caseText.mailKinds[mail.kind]} · ${caseText.mailStates[mail.state]}${why}`;
    }),
    `\n${words.events}`,
    ...events.map(
      ({ kind, at, detail }) => `  ${moment(at)} · ${text.events[kind]}${detail ? ` (${detail})` : ''}`,
    ),
  ];
}

function momentIn({ TIME_ZONE }: Landlord) {
  return (time: number | null) => frenchMoment(time ?? 0, Date.now(), TIME_ZONE);
}
