// The fault walk of the tenants' roads (see `fault-walk.ts`), and of cron.

import { expect, it, vi } from 'vitest';
import { MINUTE } from '../src/numbers.ts';
import { nextStart, walked, walkRoad } from './support/fault-walk.ts';
import { faultsOf, withFault } from './support/faults.ts';
import { lastMail, linkIn, mails, openMailbox, providerIs } from './support/mailbox.ts';
import { ROADS } from './support/roads.ts';
import { NO_ROWS, putRows, readRows } from './support/rows.ts';
import { ELECTRICIAN, MARIE, runCron, Visitor } from './support/visitor.ts';

const before = { ...walked };

it.each(Object.entries(ROADS))('the road of %s', (_, road) => walkRoad(road), 90_000);

it('cron delivers each mail in the end, whichever of its calls fails, and never an older link', async () => {
  openMailbox();
  await putRows(NO_ROWS);
  const now = nextStart();
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
    walked.faults++;
  }
  walked.steps++;
});

it('was walked in every place where a part can fail', () => {
  expect(walked.roads - before.roads).toBe(Object.keys(ROADS).length + 1);
  expect(walked.faults - before.faults).toBeGreaterThan(400);
});
