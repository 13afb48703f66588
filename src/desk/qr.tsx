// The square that phones read, as an SVG of one line: nothing of it is a script or a picture from elsewhere.

import { raw } from 'hono/html';
import { encode } from 'uqr';

/** Of eight masks the encoder tries all and takes the one that cameras read best: seven eighths of its work. */
export type Mask = number | undefined;

/** The mask that is best for an address; for others that differ in a few digits it is as good. */
export function maskFor(address: string): Mask {
  return encode(address, { ecc: 'M' }).maskPattern;
}

/** A square with its quiet zone. @param name what it is, for who does not see it */
export function QrCode({ address, name, mask }: { address: string; name: string; mask?: Mask }) {
  const { data, size } = encode(address, { ecc: 'M', border: 4, maskPattern: mask ?? -1 });
  const path = data.map(lineOf).join('');
  return (
    <div class="qr" role="img" aria-label={name}>
      {raw(
        `<svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path stroke="#000" d="${path}"/></svg>`,
      )}
    </div>
  );
}

/** A row of modules as strokes, dark ones side by side as one: a sixth of a path with a box for each. */
function lineOf(row: boolean[], y: number): string {
  const runs = [
    ...row
      .map((isDark) => (isDark ? '1' : '0'))
      .join('')
      .matchAll(/1+/g),
  ];
  let end = 0;
  return runs
    .map(({ index, 0: run }) => {
      const move = end === 0 ? `M${index} ${y}.5` : `m${index - end} 0`;
      end = index + run.length;
      return `${move}h${run.length}`;
    })
    .join('');
}
