// The last imports, whoever sent them; and one of them with its report.

import type { Night, KeptReport as Report } from '../client/import/guards.ts';
import type { lastImports } from '../client/import/reports.ts';
import { NextStep } from '../web/parts.tsx';
import type { PortalContext } from '../web/portal.ts';
import { deskFileText } from '../words/desk-file.ts';
import { ACCESS_WORDS, sayCounts, sayFault, sayNumbers } from '../words/import.ts';
import { frenchDateTime } from '../words/times.ts';
import { FileReport } from './file-report.tsx';
import { ListTable } from './list.tsx';
import { seenText } from './typed-text.ts';

const words = deskFileText.last;

type Import = Awaited<ReturnType<typeof lastImports>>[number];

/** The newest first; each leads to its report while that is kept. */
export function LastImports({ c, imports }: { c: PortalContext; imports: Import[] }) {
  return (
    <section>
      <h2>{words.title}</h2>
      <p>{imports.length === 0 ? words.none : words.intro}</p>
      {imports.length > 0 && (
        <ListTable title={words.title} isTitleHidden heads={words.heads}>
          <tbody>
            {imports.map((one) => (
              <tr>
                <td>
                  <When c={c} one={one} />
                </td>
                <td>{sayState(one)}</td>
                <td>{sayWho(one)}</td>
                <td>{one.state === 'applied' && one.counts ? sayCounts(one.counts) || words.nothing : ''}</td>
              </tr>
            ))}
          </tbody>
        </ListTable>
      )}
    </section>
  );
}

function When({ c, one }: { c: PortalContext; one: Import }) {
  const when = frenchDateTime(one.at, c.get('settings').TIME_ZONE);
  if (!one.isKept) return <>{when}</>;
  return (
    <a class="row" href={`/guichet/fichier/${one.id}`}>
      {when}
    </a>
  );
}

function sayState({ state, kind, isKept }: Import): string {
  if (state === 'failed' && !isKept) return words.interrupted;
  return kind === 'numbers' ? `${words.states[state]} (${words.numbers})` : words.states[state];
}

function sayWho({ sentBy }: Pick<Night, 'sentBy'>): string {
  return sentBy ?? words.system;
}

/** One import as it was answered. */
export function KeptReport({ c, found }: { c: PortalContext; found: Night & { report: Report } }) {
  const when = frenchDateTime(found.at, c.get('settings').TIME_ZONE);
  return (
    <>
      <div class="state">
        <p>
          <strong>{words.states[found.state]}</strong>
        </p>
        <p>
          {when}. {deskFileText.one.by(sayWho(found))}
        </p>
      </div>
      <Answer report={found.report} />
      <NextStep way={{ href: '/guichet/fichier', label: deskFileText.one.back }} />
    </>
  );
}

function Answer({ report }: { report: Report }) {
  if ('error' in report) return <p>{sayFault({ ...report, fault: report.error })}</p>;
  if (!('untouched' in report)) return <FileReport report={report} />;
  return (
    <ul class="entries">
      {sayNumbers(report).map((line) => (
        <li>{seenText(line.trim())}</li>
      ))}
    </ul>
  );
}

/** No such import, or its report is no longer kept. */
export function GoneReport() {
  return (
    <>
      <p>{ACCESS_WORDS.no_report}</p>
      <NextStep way={{ href: '/guichet/fichier', label: deskFileText.one.back }} />
    </>
  );
}
