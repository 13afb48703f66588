// What each page asks of D1, on every road: how many round trips a visitor waits for, and that no statement reads a
// table from end to end or many of its rows, so that a request costs the same among a thousand clients and among a million.

import { env } from 'cloudflare:workers';
import { beforeAll, expect, it, vi } from 'vitest';
import { DAY, MINUTE } from '../src/numbers.ts';
import { DESK_ROADS } from './support/desk-roads.ts';
import { openMailbox } from './support/mailbox.ts';
import { answerOf, newWalker, ROADS, type Step, type Walker } from './support/roads.ts';
import { NO_ROWS, putRows } from './support/rows.ts';
import { planOf, type RoundTrip, watchStatements } from './support/statements.ts';

const START = Date.now();
let roads = 0;

// What is no table: a list handed over as a parameter, a row of constants, the rows another step has gathered, the one row
// that says how far the search has come. Of the journal so many are read, the newest first.
const NO_TABLE =
  /^SCAN (json_each|k|s|tried|counted|thing|given|\(subquery-\d+\)|CONSTANT ROW|searched|acts USING INDEX acts_by_time)(\s|:|$)/;

/** From end to end, or all clients of a kind. */
const WHOLE_TABLE = /^SCAN|^SEARCH clients USING INDEX clients_by_reference \(kind=\?\):/;

/** Each statement that reads a whole table, with the step of its plan. */
async function findScans(trips: RoundTrip[]): Promise<string[]> {
  const plans = await Promise.all(
    trips.flat().map(async (one) => (await planOf(one)).map((step) => `${step}: ${one.sql}`)),
  );
  return plans.flat().filter((step) => WHOLE_TABLE.test(step) && !NO_TABLE.test(step));
}

/** The last-seen time is written while the page is made: nobody waits for it, though it may be done before. */
const NOT_AWAITED = /^update "sessions" set "last_seen_at"/i;

/** Rows a step reads at most, among so many who were born in the walker’s year. */
const MOST_READ = 150;
const OF_THE_YEAR = 1_000;

beforeAll(async () => {
  const born = Array.from({ length: OF_THE_YEAR }, (_, n) => ({
    reference: 800_000 + n,
    name: `SAMPIERO${n}`,
    date: `1956-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`,
  }));
  await env.DB.prepare(
    `INSERT INTO clients (kind, reference, reference_key, name_key, family_name, given_name, birth_date, present_since)
    SELECT 'tenant', value->>'reference', value->>'reference', value->>'name' || ' MARIE', value->>'name', 'MARIE',
      value->>'date', 1 FROM json_each(?)`,
  )
    .bind(JSON.stringify(born))
    .run();
});

const trips: Record<string, number> = {};

async function walk(step: Step, walker: Walker): Promise<Walker> {
  const { given, before, after } = await watchStatements(() => step.act(walker));
  expect([step.does, answerOf(given)]).toEqual([step.does, step.answer]);
  const next = { ...walker, ...step.takes?.(walker) };
  if (step.isKnown) return next;
  expect([step.does, await findScans([...before, ...after])]).toEqual([step.does, []]);
  const read = [...before, ...after].flat().reduce((sum, { rowsRead }) => sum + rowsRead, 0);
  expect([step.does, read, read <= MOST_READ]).toEqual([step.does, read, true]);
  const awaited = before.filter(([first]) => !NOT_AWAITED.test(first?.sql ?? ''));
  trips[step.does] = Math.max(trips[step.does] ?? 0, awaited.length);
  return next;
}

it.each(Object.entries({ ...ROADS, ...DESK_ROADS }))(
  'the road of %s reads no table from end to end',
  async (_, road) => {
    openMailbox();
    await putRows(NO_ROWS);
    let now = START + 2 * DAY * ++roads;
    let walker = newWalker();
    for (const step of road) {
      now += (step.later ?? 0) * MINUTE;
      vi.setSystemTime(now);
      walker = await walk(step, walker);
    }
  },
);

it('a visitor waits for few round trips', () => {
  expect(trips).toMatchInlineSnapshot(`
  {
    "GET /": 0,
    "GET /activation/compte-cree": 1,
    "GET /activation/courriel": 0,
    "GET /code": 0,
    "GET /connexion": 1,
    "GET /espace": 1,
    "GET /espace/cles": 2,
    "GET /espace/cles?retirer=": 2,
    "GET /espace/courriel": 2,
    "GET /espace/donnees": 2,
    "GET /espace/fermeture": 1,
    "GET /espace/mes-donnees": 2,
    "GET /espace/mot-de-passe": 1,
    "GET /espace/sessions": 2,
    "GET /guichet": 3,
    "GET /guichet/clients/…": 2,
    "GET /guichet/clients/…/adresse": 1,
    "GET /guichet/clients/…/code": 2,
    "GET /guichet/clients/…/connexions": 1,
    "GET /guichet/clients/…/fermeture": 1,
    "GET /guichet/clients/…/lien": 1,
    "GET /guichet/courriels": 1,
    "GET /guichet/demandes": 2,
    "GET /guichet/demandes/…": 5,
    "GET /guichet/journal": 1,
    "GET /guichet?q=": 1,
    "GET /inscription/aide": 0,
    "GET /inscription/courriel": 1,
    "GET /inscription/courriel/adresse": 1,
    "GET the link": 2,
    "POST /api/mail-events/brevo": 1,
    "POST /code": 2,
    "POST /code with a password": 3,
    "POST /connexion": 3,
    "POST /deconnexion": 1,
    "POST /espace/cles": 5,
    "POST /espace/courriel": 4,
    "POST /espace/fermeture": 4,
    "POST /espace/mot-de-passe": 4,
    "POST /espace/sessions": 2,
    "POST /guichet/clients/…/adresse": 2,
    "POST /guichet/clients/…/code": 2,
    "POST /guichet/clients/…/connexions": 2,
    "POST /guichet/clients/…/fermeture": 2,
    "POST /guichet/clients/…/lien": 2,
    "POST /guichet/demandes/…, fichier": 6,
    "POST /guichet/demandes/…, non": 6,
    "POST /guichet/demandes/…, oui": 7,
    "POST /identifiant-oublie": 2,
    "POST /inscription": 2,
    "POST /inscription/aide": 2,
    "POST /inscription/courriel/adresse": 1,
    "POST /inscription/courriel/renvoi": 1,
    "POST /mot-de-passe-oublie": 1,
    "POST the link": 3,
    "POST the link, signed out": 3,
    "POST the link/nouveau-lien": 3,
    "POST the link/provisoire": 2,
    "the phone is unlocked to sign in": 2,
    "the phone makes a passkey": 4,
  }
`);
});
