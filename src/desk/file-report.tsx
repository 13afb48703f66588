// The report of a client file as a page: the figures, what a guard asks, the lists behind them.

import type { ImportReport } from '../client/import/guards.ts';
import { CLIENT_FILE } from '../numbers.ts';
import { writeCsv } from '../platform/csv.ts';
import { deskFileText } from '../words/desk-file.ts';
import { frenchNumber } from '../words/figures.ts';
import { GUARD_WORDS, reportLists, sayFollows, sayReading } from '../words/import.ts';
import { seenText } from './typed-text.ts';

const words = deskFileText.report;

type Report = Omit<ImportReport, 'rejectedCsv'> & Partial<Pick<ImportReport, 'rejectedCsv'>>;
type ListName = keyof typeof words.lists;
type FigureName = keyof typeof words.figures;

/** What a file would do, or did. */
export function FileReport({ report }: { report: Report }) {
  const isAnyAccount = Object.values(report.follows).some((count) => count > 0);
  return (
    <>
      <Figures report={report} />
      {report.outcome !== 'applied' && report.guards.length > 0 && <Guards report={report} />}
      <Lists report={report} />
      {isAnyAccount && <Facts title={words.accounts} lines={sayFollows(report.follows)} />}
      <Facts title={words.reading} lines={sayReading(report.reading)} />
    </>
  );
}

/** The numbers that a person looks at first. */
function Figures({ report: { counts, outcome } }: { report: Report }) {
  const names = Object.keys(words.figures) as FigureName[];
  return (
    <dl class="tallies" aria-label={words.clients}>
      {names.map((name) => (
        <div class={counts[name] > 0 && LOOKED_AT.includes(name) ? 'tally looked-at' : 'tally'}>
          <dt>{words.figures[name][outcome === 'applied' ? 'did' : 'would']}</dt>
          <dd>{frenchNumber(counts[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

const LOOKED_AT: FigureName[] = ['left', 'rejected'];

function Guards({ report: { guards, counts } }: { report: Report }) {
  return (
    <div class="callout calm">
      <p>
        <strong>{words.stopped}</strong>
      </p>
      {guards.map((guard) => (
        <p>
          {GUARD_WORDS[guard]} {deskFileText.look[guard]}
        </p>
      ))}
      <p>{words.leaving(frenchNumber(counts.left), frenchNumber(counts.present))}</p>
    </div>
  );
}

/** The lists that hold something, those that touch an account first. */
function Lists({ report }: { report: Report }) {
  const lists = reportLists(report);
  const { left, rejectedCsv } = report;
  const around: Partial<Record<ListName, unknown>> = {
    changed: <p>{words.byColumn(columnsOf(report))}</p>,
    left: <Download name="absents.csv" text={csvOfLeft(left)} label={words.takeLeft} />,
    rejected: rejectedCsv ? (
      <Download name="lignes-a-corriger.csv" text={rejectedCsv} label={words.mend} />
    ) : (
      <p>{words.notKept}</p>
    ),
  };
  return (Object.keys(words.lists) as ListName[]).map((name) => (
    <Details title={words.lists[name]} lines={lists[name]}>
      {around[name]}
    </Details>
  ));
}

function Facts({ title, lines }: { title: string; lines: string[] }) {
  return (
    <details class="more">
      <summary>{title}</summary>
      <Entries lines={lines} />
    </details>
  );
}

function Entries({ lines }: { lines: string[] }) {
  return (
    <ul class="entries">
      {lines.map((line) => (
        <li>{seenText(line.trim())}</li>
      ))}
    </ul>
  );
}

type DetailsProps = { title: string; lines: string[]; children?: unknown };

/** A list that opens; nothing when it is empty. */
function Details({ title, lines, children }: DetailsProps) {
  if (lines.length === 0) return null;
  return (
    <details class="more">
      <summary>
        {title} ({frenchNumber(lines.length)})
      </summary>
      {children}
      {lines.length >= CLIENT_FILE.listed && <p>{words.firsts(CLIENT_FILE.listed)}</p>}
      <Entries lines={lines} />
    </details>
  );
}

/** `email (12), nom (1)`: of the entries that the report lists. */
function columnsOf({ changed }: Report): string {
  const counted = new Map<string, number>();
  for (const column of changed.flatMap(({ columns }) => columns))
    counted.set(column, (counted.get(column) ?? 0) + 1);
  return [...counted].map(([column, count]) => `${column} (${count})`).join(', ');
}

function csvOfLeft(left: Report['left']): string {
  const lines = left.map(({ reference, name, account }) => [
    reference,
    name,
    account ? words.account[account] : '',
  ]);
  return writeCsv(words.leftColumns, lines);
}

/** A small file to take away, without another request: its lines are nowhere kept. */
export function Download({ name, text, label }: { name: string; text: string; label: string }) {
  return (
    <a
      class="download"
      download={name}
      href={`data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${text}`)}`}
    >
      {label}
    </a>
  );
}
