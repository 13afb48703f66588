// Who is who from night to night: each way two lines of one reference may differ, and what it is taken for.

import { describe, expect, it } from 'vitest';
import { compareClients, type Pair, type Person, pairClients } from '../../src/client/same-client.ts';

/** `MARTIN, JEANNE, 1960-02-01`; an empty cell is nothing known. */
function person(line: string): Person {
  const [name = '', givenName = '', proof = ''] = line.split(',').map((cell) => cell.trim());
  return { name, givenName: givenName || null, proof: proof || null };
}

describe('a tenant and a line of the same reference', () => {
  it.each([
    ['MARTIN, JEANNE, 1960-02-01', 'MME MARTIN, JEANNE, 1960-02-01', 'same'],
    ['MARTIN, JEANNE, 1960-02-01', 'DUPONT NEE MARTIN, JEANNE, 1960-02-01', 'same'],
    ['MARTIN, JEANNE, 1960-00-00', 'DUPONT NEE MARTIN, JEANNE, 1960-00-00', 'same'],
    ['MARTIN, JEANNE, 1960-00-00', 'DUPONT NEE MARTIN, JEANNE, 1960-02-01', 'same'],
    ['MARTIN, JEANNE, 1960-02-01', 'MARTIN, JEANNE, 1960-02-00', 'same'],
    ['MARTIN, JEANNE,', 'MARTIN, JEANNE, 1960-02-01', 'same'],
    ['MARTIN, JEANNE, 1960-02-01', 'MARTIN, JEANNE,', 'same'],
    ['MARTIN, JEANNE, 1960-02-01', 'MARTIN, JEANNE MARIE, 1960-02-01', 'same'],
    ['MARTIN, JEANNE, 1960-02-01', 'JEANNE, MARTIN, 1960-02-01', 'same'],
    ['AMICALE DU GOLFE, ,', 'AMICALE DU GOLFE, ,', 'same'],
    // But for one thing.
    ['MARTIN, JEANNE, 1960-02-01', 'MME MARTIN, JEANNE, 1960-02-11', 'corrected'],
    ['MARTIN, JEANNE, 1960-02-01', 'MARTIN, JEANNE, 1960-05-01', 'corrected'],
    ['MARTIN, JEANNE, 1960-02-03', 'MARTIN, JEANNE, 1966-02-03', 'corrected'],
    ['MARTIN, JEANNE, 1960-02-03', 'MARTIN, JEANNE, 1960-03-02', 'corrected'],
    ['MARTIN, JEANNE, 1960-02-01', 'DUPONT, JEANNE, 1960-02-01', 'corrected'],
    // Twins: only the given name tells them apart.
    ['LECCIA, PAUL, 1990-05-05', 'LECCIA, PIERRE, 1990-05-05', 'doubtful'],
    ['DUPONT, JEAN, 1940-02-01', 'DUPONT, , 1940-02-01', 'doubtful'],
    // Somebody else.
    ['BENALI, MOHAMED, 1960-01-01', 'TRAORE, AMADOU, 1960-01-01', 'other'],
    ['BENALI, MOHAMED, 1960-01-01', 'TRAORE, MOHAMED, 1960-01-01', 'other'],
    ['BENALI, MOHAMED, 1960-01-01', 'BENALI, SAID, 1960-01-01', 'other'],
    ['BENALI, MOHAMED, 1960-01-01', 'BENALI, MOHAMED, 1965-01-01', 'other'],
    ['LECCIA, PAUL, 1962-07-03', 'NGUYEN, LEO, 1962-07-03', 'other'],
    ['DUPONT, JEAN, 1940-02-01', 'DUPONT, JEAN, 1970-08-07', 'other'],
    ['DUPONT, JEAN, 1940-02-01', 'DUPONT, JEAN, 1970-02-01', 'other'],
    ['DUPONT, JEAN, 1940-00-00', 'DUPONT, JEAN, 1941-00-00', 'other'],
    ['MARTIN, JEANNE, 1960-00-00', 'DUPONT, JEANNE, 1960-02-01', 'other'],
    ['MARTIN, JEANNE, 1960-02-01', 'DUPONT, JEANNE, 1960-02-02', 'other'],
    ['MARTIN, JEANNE,', 'DUPONT, JEANNE,', 'other'],
  ])('%s → %s: %s', (known, line, likeness) => {
    expect(compareClients('tenant', person(known), person(line))).toBe(likeness);
  });
});

describe('a supplier and a line of the same reference', () => {
  it.each([
    ['PLOMBERIE, , 41234567800019', 'PLOMBERIE DU SUD, , 41234567800019', 'same'],
    ['PLOMBERIE, , 41234567800019', 'PLOMBERIE DU SUD, , 41234567800027', 'corrected'],
    ['SARL PLOMBERIE, , 41234567800019', 'PLOMBERIE, , 41234567700019', 'corrected'],
    ['PLOMBERIE, , 41234567800019', 'TOITURE, , 41234567700019', 'other'],
    ['PLOMBERIE, , 41234567800019', 'PLOMBERIE, , 52345678900027', 'other'],
  ])('%s → %s: %s', (known, line, likeness) => {
    expect(compareClients('supplier', person(known), person(line))).toBe(likeness);
  });
});

describe('the lines and clients of one reference', () => {
  const pair = (line: number, client: number, likeness: Pair['likeness'], hasAccount = false): Pair => ({
    line,
    client,
    likeness,
    hasAccount,
  });

  it.each<[string, Pair[], [number, number][], number[]]>([
    ['one and one', [pair(1, 7, 'corrected')], [[1, 7]], []],
    ['the surer client first', [pair(1, 7, 'corrected'), pair(1, 8, 'same')], [[1, 8]], []],
    [
      'twins, each with a second given name',
      [pair(1, 7, 'same'), pair(1, 8, 'doubtful'), pair(2, 8, 'same'), pair(2, 7, 'doubtful')],
      [
        [1, 7],
        [2, 8],
      ],
      [],
    ],
    ['one line, two clients', [pair(1, 7, 'same'), pair(1, 8, 'same')], [], [1]],
    ['two lines, one client', [pair(1, 7, 'same'), pair(2, 7, 'same')], [], [1, 2]],
    ['a chain of choices', [pair(1, 7, 'same'), pair(2, 7, 'same'), pair(2, 8, 'same')], [], [1, 2]],
    ['in doubt, an account hangs on it', [pair(1, 7, 'doubtful', true)], [], [1]],
    ['in doubt, nothing is lost', [pair(1, 7, 'doubtful')], [], []],
    ['in doubt between two', [pair(1, 7, 'doubtful'), pair(1, 8, 'doubtful')], [], [1]],
    ['others', [pair(1, 7, 'other', true)], [], []],
  ])('%s', (_, found, pairs, ambiguous) => {
    const wanted = pairs.map(([line, client]) => ({ line, client }));
    expect(pairClients(found)).toEqual({ pairs: wanted, ambiguous });
  });
});
