// The systematic fault walk: on every road, at every step, each call to each part of the platform is made to fail.
// The answer is a clear page with a number to quote and nothing has happened; or it is the usual answer, and the mail
// is owed. In both cases the same action, tried again, succeeds.

import { expect, it, vi } from 'vitest';
import { DAY, MINUTE } from '../src/numbers.ts';
import { type Fault, faultsOf, withFault } from './faults.ts';
import { lastMail, linkIn, mails, openMailbox, providerIs } from './mailbox.ts';
import { answerOf, newWalker, ROADS, type Step, type Walker } from './roads.ts';
import { findBroken, NO_ROWS, putRows, type Rows, readRows, storyOf } from './rows.ts';
import { ELECTRICIAN, MARIE, runCron, Visitor } from './visitor.ts';

type Moment = { rows: Rows; cookies: [string, string][]; now: number };
/** What an action came to: its answer, the mails it brought, and what the rows say. */
type Outcome = { answer: string; mailed: string[]; story: string };

const START = Date.now();
const NUMBER = /(donnez ce numéro : |\()[A-Z2-9]{3}-[A-Z2-9]{3}/;
let roads = 0;
let steps = 0;
let faults = 0;

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
  return { answer, mailed: sent(before), story: storyOf(await readRows()) };
}

/** Takes a step as usual, then with each of its calls failing; goes on as if nothing had failed. */
async function walkStep(step: Step, walker: Walker, now: number): Promise<Walker> {
  vi.setSystemTime(now);
  const start = await remember(walker, now);
  const { given: usual, calls } = await withFault(undefined, () => take(step, walker));
  expect([step.does, usual.answer]).toEqual([step.does, step.answer]);
  const next = { ...walker, ...step.takes?.(walker) };
  if (step.isKnown) return next;
  const after = await remember(walker, now);
  // What the test itself reads: the rows, once.
  for (const fault of faultsOf({ ...calls, D1: calls.D1 - 1 })) {
    await goBack(walker, start);
    await fail(step, walker, fault, start, usual);
    faults++;
  }
  await goBack(walker, after);
  steps++;
  return next;
}

async function fail(step: Step, walker: Walker, fault: Fault, start: Moment, usual: Outcome) {
  const which = `${step.does}, ${fault.lost} ${fault.nth} of ${fault.part} lost`;
  const before = mails().length;
  const { given: page } = await withFault(fault, () => step.act(walker));
  const story = storyOf(await readRows());
  if (page.status === 503) {
    expect([which, page.text]).toEqual([which, expect.stringMatching(NUMBER)]);
    await tryAgain(step, walker, { which, fault, story }, storyOf(start.rows), usual);
  } else expect([which, answerOf(page), story]).toEqual([which, usual.answer, usual.story]);
  if (usual.mailed.length > 0) {
    vi.setSystemTime(start.now + 3 * MINUTE);
    await runCron();
    expect([which, sent(before)]).toEqual([which, expect.arrayContaining(usual.mailed)]);
  }
  expect([which, await findBroken()]).toEqual([which, []]);
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
  expect([which, await findBroken()]).toEqual([which, []]);
  const again = await take(step, walker);
  if (hasHappened) expect([which, again.answer]).toEqual([which, expect.stringMatching(/^[234]/)]);
  else expect([which, again.answer, again.story]).toEqual([which, usual.answer, usual.story]);
}

it.each(Object.entries(ROADS))(
  'the road of %s',
  async (_, road) => {
    openMailbox();
    await putRows(NO_ROWS);
    let walker = newWalker();
    let now = START + 2 * DAY * ++roads;
    for (const step of road) {
      now += (step.later ?? 0) * MINUTE;
      walker = await walkStep(step, walker, now);
    }
  },
  90_000,
);

it('cron delivers each mail in the end, whichever of its calls fails, and never an older link', async () => {
  openMailbox();
  await putRows(NO_ROWS);
  const now = START + 2 * DAY * ++roads;
  vi.setSystemTime(now);
  providerIs('down');
  const visitor = new Visitor();
  await visitor.post('/inscription', MARIE);
  await visitor.post('/inscription', { ...ELECTRICIAN });
  providerIs('up');
  const rows = await readRows();
  const run = async (minutes: number) => {
    vi.setSystemTime(now + minutes * MINUTE);
    await runCron();
  };
  const { calls } = await withFault(undefined, () => run(5));
  expect(mails()).toHaveLength(2);
  for (const fault of faultsOf(calls)) {
    openMailbox();
    await putRows(rows);
    // What a run of cron throws, the next one mends.
    await withFault(fault, () => run(5).catch(() => undefined));
    for (const minutes of [8, 75]) await run(minutes);
    const which = `${fault.lost} ${fault.nth} of ${fault.part} lost`;
    const links = mails().map((mail) => `${mail.to} ${linkIn(mail)}`);
    expect([which, new Set(links).size]).toEqual([which, 2]);
    expect([which, links.length <= 4]).toEqual([which, true]);
    expect((await visitor.open(linkIn(lastMail(MARIE.email)))).status).toBe(200);
    faults++;
  }
  steps++;
});

it('was walked in every place where a part can fail', () => {
  console.log(`Fault walk: ${roads} roads, ${steps} steps, ${faults} faults, all safe`);
  expect(roads).toBe(Object.keys(ROADS).length + 1);
  expect(faults).toBeGreaterThan(400);
});
