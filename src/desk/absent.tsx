// /guichet/inscriptions/absents: who has no account yet and why; and the same as a file for letters of the landlord's own.

import { Hono } from 'hono';
import { type Absent, type AbsentFilter, eachAbsent, readAbsent } from '../account/absent.ts';
import { readSectors } from '../client/sectors.ts';
import { DESK } from '../numbers.ts';
import { writeLines } from '../platform/csv.ts';
import { noteExport } from '../staff/acts.ts';
import { mayDo } from '../staff/members.ts';
import { showPage } from '../web/layout.tsx';
import { OtherWays, type Way } from '../web/parts.tsx';
import type { Portal, PortalContext } from '../web/portal.ts';
import { signUpsText } from '../words/sign-ups.ts';
import { agentIn, mayOnly } from './entry.tsx';
import { Choice } from './form-parts.tsx';
import { ClientLink, ListTable, sayNumber } from './list.tsx';

const words = signUpsText.absent;
/** What the address calls those of no sector: the file takes this sign for none. */
const NONE = '-';

/** Where the list stands, of everybody. */
export const ABSENT = '/guichet/inscriptions/absents';

/** Where the list of one sector stands; an empty one is that of clients without. */
export function absentOf(sector: string): string {
  return `${ABSENT}?secteur=${encodeURIComponent(sector || NONE)}`;
}

export const deskAbsent = new Hono<Portal>();

deskAbsent.get('/', async (c) => {
  const [db, typed] = [c.get('db'), c.req.query('secteur') ?? ''];
  const after = Number(/^\d{1,15}$/.exec(c.req.query('apres') ?? '')?.[0] ?? 0);
  const [sectors, rows] = await Promise.all([
    readSectors(db),
    readAbsent(db, filterOf(typed, true), after, DESK.listed + 1, Date.now()),
  ]);
  const shown = rows.slice(0, DESK.listed);
  const next = rows.length > DESK.listed ? shown.at(-1)?.id : undefined;
  const body = (
    <>
      <p>{words.intro}</p>
      {sectors.length > 0 && <Filter sectors={sectors} typed={typed} />}
      {shown.length === 0 ? (
        <p class="lead">{after > 0 ? words.noMore : words.none}</p>
      ) : (
        <List rows={shown} hasSectors={sectors.length > 0} />
      )}
      <OtherWays ways={waysOn(c, typed, after, next)} />
      {mayDo(agentIn(c), 'export_absent') && <p class="hint">{words.exported}</p>}
    </>
  );
  return showPage(c, { title: words.title, isDocument: true, body });
});

deskAbsent.get('/export', mayOnly('export_absent'), async (c) => {
  const [db, now] = [c.get('db'), Date.now()];
  await noteExport(db, agentIn(c).email, 'export_absent', now);
  const all = eachAbsent(db, filterOf(c.req.query('secteur') ?? '', false), now);
  const encoder = new TextEncoder();
  const file = new ReadableStream<Uint8Array>({
    start: (to) => to.enqueue(encoder.encode(`\ufeff${writeLines([words.columns])}\r\n`)),
    pull: async (to) => {
      const { value } = await all.next();
      if (value) to.enqueue(encoder.encode(`${writeLines(value.map(lineOf))}\r\n`));
      else to.close();
    },
  });
  c.header('content-disposition', 'attachment; filename="clients-sans-compte.csv"');
  return c.body(file, 200, { 'content-type': 'text/csv; charset=utf-8' });
});

function lineOf({ reference, familyName, givenName, companyName, hasEmail }: Absent): string[] {
  return [
    reference,
    familyName ?? '',
    givenName ?? '',
    companyName ?? '',
    hasEmail === 1 ? words.yes : words.no,
  ];
}

function filterOf(typed: string, isHeldToo: boolean): AbsentFilter {
  if (typed === '') return { isHeldToo };
  return { isHeldToo, sector: typed === NONE ? null : typed };
}

function waysOn(c: PortalContext, secteur: string, after: number, next: number | undefined): Way[] {
  const at = (more: Record<string, string>) => {
    const asked = String(new URLSearchParams({ ...(secteur === '' ? {} : { secteur }), ...more }));
    return asked && `?${asked}`;
  };
  const isManager = mayDo(agentIn(c), 'export_absent');
  return [
    ...(next === undefined ? [] : [{ href: ABSENT + at({ apres: String(next) }), label: words.next }]),
    ...(after > 0 ? [{ href: ABSENT + at({}), label: words.first }] : []),
    ...(isManager ? [{ href: `${ABSENT}/export${at({})}`, label: words.export }] : []),
  ];
}

function Filter({ sectors, typed }: { sectors: string[]; typed: string }) {
  const options = {
    ...Object.fromEntries(sectors.map((one) => [one, one])),
    [NONE]: signUpsText.sectors.none,
  };
  return (
    <form method="get" action={ABSENT} class="filter">
      <Choice name="secteur" label={words.sector} options={options} empty={words.anySector} chosen={typed} />
      <button type="submit" class="second">
        {words.submit}
      </button>
    </form>
  );
}

/** Without the column of the sectors where the file tells none. */
function List({ rows, hasSectors }: { rows: Absent[]; hasSectors: boolean }) {
  const heads = hasSectors ? words.heads : words.heads.filter((head) => head !== words.sector);
  return (
    <ListTable title={words.title} isTitleHidden heads={heads}>
      <tbody>
        {rows.map((row) => (
          <tr>
            <td>
              <ClientLink client={row} />
            </td>
            <td>{sayNumber(row)}</td>
            {hasSectors && <td>{row.sector}</td>}
            <td>{words.why[row.why]}</td>
            <td>{row.hasEmail === 1 ? words.hasEmail : words.hasNoEmail}</td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  );
}
