// /guichet/inscriptions: how many clients came how far, where the others stop, by sector and from month to month. All of it
// was counted in the night: the page reads no client.

import { Hono } from 'hono';
import {
  type MonthCounts,
  OTHERS,
  readSignUps,
  type SectorCounts,
  type SignUpCounts,
} from '../account/sign-up-counts.ts';
import { nextNight } from '../platform/calendar.ts';
import { lastRun } from '../platform/runs.ts';
import { showPage } from '../web/layout.tsx';
import { OtherWays } from '../web/parts.tsx';
import { moment, type Portal, type PortalContext } from '../web/portal.ts';
import { frenchNumber } from '../words/figures.ts';
import { sayFunnel, signUpsText } from '../words/sign-ups.ts';
import { frenchDateTime, frenchMonth } from '../words/times.ts';
import { ABSENT, absentOf } from './absent.tsx';
import { Figures, Funnel, Stops } from './figures.tsx';

const words = signUpsText;

export const deskSignUps = new Hono<Portal>();

deskSignUps.get('/', async (c) => {
  const db = c.get('db');
  const [{ months, sectors }, countedAt] = await Promise.all([readSignUps(db), lastRun(db, 'night')]);
  const [now] = months;
  const body = now ? (
    <>
      <p class="lead">{sayFunnel(now)}</p>
      {countedAt !== null && <p>{words.countedAt(frenchDateTime(countedAt, c.get('settings').TIME_ZONE))}</p>}
      <div class="sides">
        <Funnel counts={now} month={frenchMonth(now.month)} />
        <Stops counts={now} />
      </div>
      <Sectors rows={sectors} />
      <Months rows={months} />
    </>
  ) : (
    <NotYet c={c} />
  );
  return showPage(c, { title: words.title, isDocument: true, body });
});

function NotYet({ c }: { c: PortalContext }) {
  return (
    <>
      <p class="lead">{words.notYet(moment(c, nextNight(Date.now())))}</p>
      <OtherWays ways={[{ href: ABSENT, label: words.stops.seeAbsent }]} />
    </>
  );
}

/** Nothing where the file tells no sector. */
function Sectors({ rows }: { rows: SectorCounts[] }) {
  const there = rows.filter(({ clients }) => clients > 0).sort(byName);
  if (there.every(({ sector }) => sector === '')) return null;
  const { title, heads } = words.sectors;
  return (
    <Figures
      title={title}
      heads={heads}
      rows={there.map((row) => ({ name: <Sector sector={row.sector} />, cells: cellsOf(row), counts: row }))}
    />
  );
}

/** By name; those without one, and all the others, at the end. */
function byName(a: SectorCounts, b: SectorCounts): number {
  const isLast = ({ sector }: SectorCounts) => Number(sector === '' || sector === OTHERS);
  return isLast(a) - isLast(b) || a.sector.localeCompare(b.sector, 'fr', { numeric: true });
}

/** Its name, which leads to who of it has no account. */
function Sector({ sector }: { sector: string }) {
  if (sector === OTHERS) return <>{words.sectors.others}</>;
  return (
    <a class="row" href={absentOf(sector)}>
      {sector || words.sectors.none}
    </a>
  );
}

function cellsOf({ clients, asked, mailed, activated, signedIn }: SignUpCounts): string[] {
  return [clients, asked, mailed, activated, signedIn].map(frenchNumber);
}

function Months({ rows }: { rows: MonthCounts[] }) {
  const { title, heads, running } = words.months;
  return (
    <Figures
      title={title}
      heads={heads}
      rows={rows.map((counts, nth) => ({
        name: nth === 0 ? running(frenchMonth(counts.month)) : frenchMonth(counts.month),
        cells: [counts.clients, counts.asked, counts.activated, counts.signedIn, counts.unmatched].map(
          frenchNumber,
        ),
        counts,
      }))}
    />
  );
}
