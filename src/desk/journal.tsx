// /guichet/journal: who looked at whom and did what; of everybody for a manager, one's own for the others.

import { Hono } from 'hono';
import { fullName } from '../client/names.ts';
import { referenceKey } from '../client/reference.ts';
import { DAY, DESK, LENGTHS } from '../numbers.ts';
import { startOfDay } from '../platform/calendar.ts';
import { writeCsv } from '../platform/csv.ts';
import type { ActKind } from '../schema.ts';
import { type ActFilter, type ActRow, noteExport, readActs } from '../staff/acts.ts';
import { Field } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import { OtherWays } from '../web/parts.tsx';
import type { Portal, PortalContext } from '../web/portal.ts';
import type { Typed } from '../web/read-form.ts';
import { deskText } from '../words/desk.ts';
import { frenchDateTime } from '../words/times.ts';
import { agentIn, mayOnly } from './entry.tsx';
import { Choice } from './form-parts.tsx';
import { ListTable } from './list.tsx';
import { sayReason, sayWords } from './say-act.ts';

const words = deskText.journal;
const KINDS = Object.keys(deskText.actNames) as ActKind[];

export const deskJournal = new Hono<Portal>();

deskJournal.get('/', async (c) => {
  const typed = c.req.query();
  const rows = await readActs(c.get('db'), filterOf(c, typed), DESK.listed + 1);
  const isAll = agentIn(c).role === 'manager';
  const body = (
    <>
      <p>{isAll ? words.all : words.own}</p>
      <Filter typed={typed} isAll={isAll} />
      {rows.length === 0 ? (
        <p class="lead">{words.none}</p>
      ) : (
        <Acts c={c} rows={rows.slice(0, DESK.listed)} />
      )}
      {rows.length > DESK.listed && <p>{words.isMore(DESK.listed)}</p>}
      {isAll && <OtherWays ways={[{ href: exportOf(typed), label: words.export }]} />}
    </>
  );
  return showPage(c, { title: words.title, isDocument: true, body });
});

deskJournal.get('/export', mayOnly('export_acts'), async (c) => {
  const [db, zone] = [c.get('db'), c.get('settings').TIME_ZONE];
  const rows = await readActs(db, filterOf(c, c.req.query()), DESK.exported);
  await noteExport(db, agentIn(c).email, 'export_acts', Date.now());
  const lines = rows.map((row) => [
    frenchDateTime(row.at, zone),
    row.agent,
    deskText.actNames[row.act],
    row.client?.reference ? fullName(row.client) : '',
    row.client?.reference ?? '',
    row.reason ? sayReason({ ...row, words: null }) : '',
    sayWords(row),
  ]);
  const file = writeCsv(words.columns, lines);
  c.header('content-disposition', 'attachment; filename="journal-guichet.csv"');
  return c.body(`\ufeff${file}\r\n`, 200, { 'content-type': 'text/csv; charset=utf-8' });
});

function exportOf(typed: Typed): string {
  return `/guichet/journal/export?${new URLSearchParams(typed)}`;
}

/** What is asked for; who is no manager asks for one's own, whatever the address says. */
function filterOf(c: PortalContext, { agent, reference, acte, jour }: Typed): ActFilter {
  const { email, role } = agentIn(c);
  const from = startOfDay(isoDay(jour ?? ''), c.get('settings').TIME_ZONE);
  return {
    agent: role === 'manager' ? agent?.trim().toLowerCase() || undefined : email,
    referenceKey: reference?.trim() ? referenceKey(reference).slice(0, LENGTHS.reference) : undefined,
    kind: KINDS.find((kind) => kind === acte),
    ...(from === undefined ? {} : { from, until: from + DAY }),
  };
}

/** `27/11/2026` and `2026-11-27` → `2026-11-27`. */
function isoDay(typed: string): string {
  return typed
    .trim()
    .replace(/^(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})$/, (_, day, month, year) =>
      [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
    );
}

function Filter({ typed, isAll }: { typed: Typed; isAll: boolean }) {
  const common = { typed, required: false, autocomplete: 'off' };
  return (
    <form method="get" action="/guichet/journal" class="filter">
      {isAll && <Field name="agent" label={words.agent} {...common} />}
      <Field name="reference" label={words.reference} {...common} />
      <Choice
        name="acte"
        label={words.act}
        options={deskText.actNames}
        empty={words.anyAct}
        chosen={typed.acte}
      />
      <Field name="jour" label={words.day} hint={words.dayHint} {...common} />
      <button type="submit" class="second">
        {words.submit}
      </button>
    </form>
  );
}

function Acts({ c, rows }: { c: PortalContext; rows: ActRow[] }) {
  return (
    <ListTable title={words.title} isTitleHidden heads={words.heads}>
      <tbody>
        {rows.map((row) => (
          <tr>
            <td>{frenchDateTime(row.at, c.get('settings').TIME_ZONE)}</td>
            <td>{row.agent}</td>
            <td>{deskText.actNames[row.act]}</td>
            <td>
              <Client row={row} />
            </td>
            <td>{sayReason(row)}</td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  );
}

function Client({ row: { client, clientId } }: { row: ActRow }) {
  if (clientId === null) return null;
  if (!client?.reference) return <>{words.forgotten(clientId)}</>;
  return (
    <a class="row" href={`/guichet/clients/${clientId}`}>
      {fullName(client)}, {client.reference}
    </a>
  );
}
