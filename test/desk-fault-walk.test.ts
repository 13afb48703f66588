// The fault walk of the desk's roads (see `fault-walk.ts`).

import { expect, it } from 'vitest';
import { DESK_ROADS } from './support/desk-roads.ts';
import { walked, walkRoad } from './support/fault-walk.ts';

const before = { ...walked };

it.each(Object.entries(DESK_ROADS))('the road of %s', (_, road) => walkRoad(road), 90_000);

it('was walked in every place where a part can fail', () => {
  expect(walked.roads - before.roads).toBe(Object.keys(DESK_ROADS).length);
  expect(walked.faults - before.faults).toBeGreaterThan(150);
});
