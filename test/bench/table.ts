// The table of the bench: the portal beside a peer or a limit, a ratio, and whether what was wanted is reached.

export type Line = {
  what: string;
  portal: number[];
  beside: number[];
  than: string;
  unit: string;
  /** What the ratio must be at least, or the portal's own figure at most; neither: for information. */
  ratioAtLeast?: number;
  atMost?: number;
  /** ms of CPU per request, of both. */
  costs?: [number, number];
};

const HEAD = ['measured', 'portal', 'beside', 'ratio of medians', 'wanted', ''];

/** The lines as Markdown, which reads well on a terminal too. */
export function markdown(lines: Line[]): string {
  const rows = [HEAD, HEAD.map(() => '---'), ...lines.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const padded = rows.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0, cell === '---' ? '-' : ' ')),
  );
  return padded.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cells({ what, portal, beside, than, unit, ratioAtLeast, atMost, costs }: Line): string[] {
  const ratio = median(portal) / median(beside);
  const wanted = ratioAtLeast ? `≥ ${ratioAtLeast}` : atMost ? `≤ ${atMost} ${unit}` : '';
  const isReached = ratioAtLeast ? ratio >= ratioAtLeast : median(portal) <= (atMost ?? 0);
  return [
    what,
    `${spread(portal)} ${unit}${cpu(costs?.[0])}`,
    `${than}: ${spread(beside)}${cpu(costs?.[1])}`,
    ratio.toFixed(2),
    wanted,
    wanted && (isReached ? 'reached' : 'not reached'),
  ];
}

/** The median, and between brackets the least and the most. */
function spread(values: number[]): string {
  const [least = 0, most = 0] = [Math.min(...values), Math.max(...values)];
  return least === most ? short(most) : `${short(median(values))} (${short(least)}–${short(most)})`;
}

function cpu(cost: number | undefined): string {
  return cost ? `, ${short(cost)} ms CPU` : '';
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
