// Figures and their bars. A bar is a drawing of its own, whose width is an attribute: the policy of the pages allows no style
// written into an element, and a drawing is printed where a background is not.

import type { Child } from 'hono/jsx';
import type { SignUpCounts } from '../account/sign-up-counts.ts';
import { TableHead } from '../web/parts.tsx';
import { frenchNumber, percentOf, sayPercent } from '../words/figures.ts';
import { signUpsText } from '../words/sign-ups.ts';
import { ABSENT } from './absent.tsx';

/** How much of a whole, as a bar and in words. */
function Share({ part, whole }: { part: number; whole: number }) {
  return (
    <span class="share">
      <svg class="bar" aria-hidden="true" focusable="false">
        <rect class="bar-whole" width="100%" height="100%" />
        <rect class="bar-part" width={`${percentOf(part, whole)}%`} height="100%" />
      </svg>{' '}
      <span>{sayPercent(part, whole)}</span>
    </span>
  );
}

/** The steps of a sign-up, each with how many clients came so far. */
export function Funnel({ counts, month }: { counts: SignUpCounts; month: string }) {
  const { title, heads, steps, byCode } = signUpsText.funnel;
  return (
    <section>
      <table class="funnel">
        <caption>{title(month)}</caption>
        <TableHead heads={heads} />
        <tbody>
          {(Object.keys(steps) as (keyof typeof steps)[]).map((step) => (
            <tr>
              <th scope="row">{steps[step]}</th>
              <td>{frenchNumber(counts[step])}</td>
              <td>
                <Share part={counts[step]} whole={counts.clients} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{byCode}</p>
    </section>
  );
}

/** Where people stop, how many, and what can be done. */
export function Stops({ counts }: { counts: SignUpCounts }) {
  const { title, heads } = signUpsText.stops;
  return (
    <section>
      <table class="funnel stops">
        <caption>{title}</caption>
        <TableHead heads={heads} />
        <tbody>
          {stopsOf(counts).map(({ name, count, way }) => (
            <tr>
              <th scope="row">{name}</th>
              <td>{frenchNumber(count)}</td>
              <td>
                {way && (
                  <a class="row" href={way.href}>
                    {way.label}
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function stopsOf({ clients, asked, mailed, activated, signedIn, refused, unmatched }: SignUpCounts) {
  const { stops } = signUpsText;
  const absent = { href: ABSENT, label: stops.seeAbsent };
  const requests = { href: '/guichet/demandes', label: stops.seeRequests };
  const mails = { href: '/guichet/courriels', label: stops.seeMails };
  return [
    { name: stops.never, count: clients - asked, way: absent },
    { name: stops.unmatched, count: unmatched, way: requests },
    { name: stops.refused, count: refused, way: mails },
    { name: stops.onTheirWay, count: asked - mailed - refused },
    { name: stops.notActivated, count: mailed - activated },
    { name: stops.notThisMonth, count: activated - signedIn },
  ];
}

type FiguresProps = {
  title: string;
  /** The name's, the cells', and at the end the bar's. */
  heads: string[];
  rows: { name: Child; cells: string[]; counts: SignUpCounts }[];
};

/** A table of figures, with the share of accounts as a bar; on a narrow screen each cell says its head. */
export function Figures({ title, heads, rows }: FiguresProps) {
  return (
    <table class="figures">
      <caption>{title}</caption>
      <TableHead heads={heads} />
      <tbody>
        {rows.map(({ name, cells, counts }) => (
          <tr>
            <th scope="row">{name}</th>
            {cells.map((cell, nth) => (
              <td data-head={heads[nth + 1]}>{cell}</td>
            ))}
            <td data-head={heads.at(-1)}>
              <Share part={counts.activated} whole={counts.clients} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
