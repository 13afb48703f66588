// The systematic fault walk: on every road, at every step, each call to each part of the platform is made to fail.
// The answer is a clear page with a number to quote and nothing has happened; or it is the usual answer, and the mail
// is owed. In both cases the same action, tried again, succeeds.

import { expect, vi } from 'vitest';
import { DAY, MINUTE } from '../../src/numbers.ts';
import { type Fault, faultsOf, withFault } from './faults.ts';
import { mails, openMailbox } from './mailbox.ts';
import { answerOf, newWalker, type Step, type Walker } from './roads.ts';
import { look, NO_ROWS, putRows, type Rows, readRows } from './rows.ts';
import { runCron } from './visitor.ts';

type Moment = { rows: Rows; cookies: [string, string][]; now: number };
/** Where each fault of a step begins, and what the rows say there. */
type Start = Moment & { story: string };
/** What an action came to: its answer, the mails it brought, and what the rows say. */
type Outcome = { answer: string; mailed: string[]; story: string; broken: string[] };

const START = Date.now();
const NUMBER = /(donnez ce numéro : |\()[A-Z2-9]{3}-[A-Z2-9]{3}/;
/** How many were walked, in this file's tests. */
export const walked = { roads: 0, steps: 0, faults: 0 };

async function remember({ visitor }: Walker, now: number): Promise<Moment> {
  return { rows: await readRows(), cookies: [...visitor.cookies], now };
}

async function goBack({ visitor }: Walker, { rows, cookies, now }: Moment): Promise<void> {
  vi.setSystemTime(now);
  await putRows(rows);
  visitor.cookies.clear();
  for (const [name, value] of cookies) visitor.cookies.set(name, value);
}

const sent = (since: number) =>
  mails()
    .slice(since)
    .map(({ to, subject }) => `${to} ${subject}`);

async function take(step: Step, walker: Walker): Promise<Outcome> {
  const before = mails().length;
  const answer = answerOf(await step.act(walker));
  return { answer, mailed: sent(before), ...(await look()) };
}

/** Takes a step as usual, then with each of its calls failing; goes on as if nothing had failed. */
async function walkStep(step: Step, walker: Walker, now: number): Promise<Walker> {
  vi.setSystemTime(now);
  const start = { ...(await remember(walker, now)), story: (await look()).story };
  const { given: usual, calls } = await withFault(undefined, () => take(step, walker));
  expect([step.does, usual.answer]).toEqual([step.does, step.answer]);
  const next = { ...walker, ...step.takes?.(walker) };
  if (step.isKnown) return next;
  const after = await remember(walker, now);
  // The last call is the test’s own look at the rows.
  for (const fault of faultsOf({ ...calls, D1: calls.D1.slice(0, -1) })) {
    await goBack(walker, start);
    await fail(step, walker, fault, start, usual);
    walked.faults++;
  }
  await goBack(walker, after);
  walked.steps++;
  return next;
}

async function fail(step: Step, walker: Walker, fault: Fault, start: Start, usual: Outcome) {
  const which = `${step.does}, ${fault.lost} ${fault.nth} of ${fault.part} lost`;
  const before = mails().length;
  const { given: page } = await withFault(fault, () => step.act(walker));
  const { story, broken } = await look();
  expect([which, broken]).toEqual([which, []]);
  if (page.status === 503) {
    expect([which, page.text]).toEqual([which, expect.stringMatching(NUMBER)]);
    await tryAgain(step, walker, { which, fault, story }, start.story, usual);
  } else expect([which, answerOf(page), story]).toEqual([which, usual.answer, usual.story]);
  if (usual.mailed.length > 0) {
    vi.setSystemTime(start.now + 3 * MINUTE);
    await runCron();
    expect([which, sent(before)]).toEqual([which, expect.arrayContaining(usual.mailed)]);
    expect([which, (await look()).broken]).toEqual([which, []]);
  }
}

type Failed = { which: string; fault: Fault; story: string };

/** After the page that says it failed: nothing has happened, and the same action succeeds. */
async function tryAgain(
  step: Step,
  walker: Walker,
  { which, fault, story }: Failed,
  before: string,
  usual: Outcome,
) {
  // When only the answer was lost, it may have happened all the same; never by half.
  const hasHappened = fault.lost === 'answer' && story === usual.story && story !== before;
  if (!hasHappened) expect([which, story]).toEqual([which, before]);
  const again = await take(step, walker);
  expect([which, again.broken]).toEqual([which, []]);
  if (hasHappened) expect([which, again.answer]).toEqual([which, expect.stringMatching(/^[234]/)]);
  else expect([which, again.answer, again.story]).toEqual([which, usual.answer, usual.story]);
}

/** When the next road begins: what was done on the one before is long over. */
export function nextStart(): number {
  return START + 2 * DAY * ++walked.roads;
}

/** Walks a road from its beginning to its end, with each fault at each step. */
export async function walkRoad(road: Step[]): Promise<void> {
  openMailbox();
  await putRows(NO_ROWS);
  let walker = newWalker();
  let now = nextStart();
  for (const step of road) {
    now += (step.later ?? 0) * MINUTE;
    walker = await walkStep(step, walker, now);
  }
}
