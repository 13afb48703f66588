// What a stranger can do with the sign-up form: how many identities may be guessed at, how many rows that writes, whose
// door it shuts, and how that door is opened again.

import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { liftPauses, readPauses } from '../src/client/pauses.ts';
import { DAY, IDENTITY, MINUTE } from '../src/numbers.ts';
import { openDatabase } from '../src/platform/db.ts';
import { nextDay } from './support/clock.ts';
import { openMailbox } from './support/mailbox.ts';
import { watchStatements } from './support/statements.ts';
import { emails, MARIE, runCron, Visitor } from './support/visitor.ts';

beforeEach(() => {
  openMailbox();
  nextDay();
});

const tenant = (reference: string, nom: string, prenom: string, date_naissance: string) => ({
  ...MARIE,
  ...emails('guess@x.example.fr'),
  reference,
  nom,
  prenom,
  date_naissance,
});
const post = (network: string, ...typed: Parameters<typeof tenant>) =>
  new Visitor(network).post('/inscription', tenant(...typed));
/** A birth date of its own for each number. */
const dateOf = (nth: number) =>
  `${String((nth % 28) + 1).padStart(2, '0')}/01/${1930 + Math.floor(nth / 28)}`;
const rows = () => env.DB.prepare('SELECT count(*) AS n FROM attempts').first<number>('n');

/** So many networks of their own. */
function* networks(third: number) {
  for (let host = 1; host < 250; host++) yield `10.${third}.0.${host}`;
}

describe('one network', () => {
  it('has thirty wrong identities a day, whatever they name; then nothing is written, and who is right is told why', async () => {
    const network = '10.1.0.1';
    for (let nth = 0; nth < IDENTITY.network; nth++) {
      expect(
        (await post(network, `${2000 + nth * 7}`, `Nom${'abcdefghij'[nth % 10]}`, 'Anne', dateOf(nth)))
          .status,
      ).toBe(422);
    }
    const before = await rows();
    for (let nth = 50; nth < 60; nth++) {
      expect((await post(network, `${3000 + nth}`, 'Autre', 'Anne', dateOf(nth))).status).toBe(429);
    }
    expect(await rows()).toBe(before);
    const right = await post(network, '490', 'Mattei', 'Don Jacques', '09/09/1951');
    expect(right.status).toBe(429);
    expect(right.text).toMatch(
      /Trop d’essais depuis votre connexion à internet : réessayez le .* Vous pouvez aussi essayer avec une autre connexion/,
    );
    expect((await post('10.1.0.2', '490', 'Mattei', 'Don Jacques', '09/09/1951')).status).toBe(303);
    vi.setSystemTime(Date.now() + DAY);
    expect((await post(network, '490', 'Mattei', 'Don Jacques', '09/09/1951')).status).toBe(303);
  });

  it('is an IPv6 line as a whole: its /64 are not as many networks', async () => {
    const line = (nth: number) => `2001:db8:7:${(0x1100 + (nth % 256)).toString(16)}::1`;
    const statuses: number[] = [];
    for (let nth = 0; nth < IDENTITY.network + 5; nth++)
      statuses.push((await post(line(nth), `${4000 + nth * 7}`, 'Autre', 'Anne', dateOf(nth))).status);
    expect(statuses.filter((status) => status === 422)).toHaveLength(IDENTITY.network);
    expect((await post('2001:db8:7:1200::1', '4900', 'Autre', 'Anne', '01/01/1960')).status).toBe(422);
  });

  it('that floods for ten minutes leaves few rows, and they go a day later', async () => {
    const start = await rows();
    for (let minute = 0; minute < 10; minute++) {
      for (let nth = 0; nth < 30; nth++) {
        const number = minute * 300 + nth;
        await post('10.1.0.9', `${50_000 + number}`, 'A / B / C', 'D / E / F', dateOf(number));
      }
      vi.setSystemTime(Date.now() + MINUTE);
    }
    expect(Number(await rows()) - Number(start)).toBeLessThanOrEqual(1 + IDENTITY.network * 5);
    vi.setSystemTime(Date.now() + DAY);
    await runCron();
    expect(await rows()).toBe(0);
  });

  it('that meets its limit is named on the log by its pseudonym, once', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    for (let nth = 0; nth < IDENTITY.network + 3; nth++)
      await post('10.1.0.20', `${6000 + nth * 7}`, 'Autre', 'Anne', dateOf(nth));
    const lines = log.mock.calls
      .map(([line]) => JSON.parse(String(line)))
      .filter(({ event }) => event === 'network_limit');
    log.mockRestore();
    expect(lines).toEqual([
      expect.objectContaining({ what: 'identities', network: expect.stringMatching(/^[\w-]{16}$/) }),
    ]);
  });
});

it('a wrong sign-up writes few rows, however many names are in it, and a right one leaves no failure', async () => {
  await env.DB.prepare('DELETE FROM attempts').run();
  const wrong = await watchStatements(() =>
    post('10.2.0.1', '47712', 'A / B / C', 'D / E / F', '01/01/1960'),
  );
  expect(wrong.given.status).toBe(422);
  expect(await rows()).toBe(4);
  const written = (trips: typeof wrong.before) => trips.flat().reduce((sum, one) => sum + one.rowsWritten, 0);
  expect(written(wrong.before)).toBeLessThanOrEqual(12);
  const right = await watchStatements(() => post('10.2.0.2', '491', 'Rossi', 'Laetitia', '22/07/1978'));
  expect(right.given.status).toBe(303);
  // One of them for the index by which the desk finds an address.
  expect(written(right.before)).toBeLessThanOrEqual(25);
  expect(right.before.flat().reduce((sum, one) => sum + one.rowsRead, 0)).toBeLessThanOrEqual(80);
  const { results } = await env.DB.prepare('SELECT count FROM attempts WHERE count > 0').all();
  expect(results).toHaveLength(4);
});

describe('guesses', () => {
  it('at a birth date: twenty-five a day, from however many networks', async () => {
    let judged = 0;
    for (const network of networks(3)) {
      for (let nth = 0; nth < 6; nth++) {
        const status = (await post(network, '488', 'Paoli', 'Pascal', dateOf(judged + 100))).status;
        if (status === 422) judged++;
      }
      if (judged >= 25) break;
    }
    expect(judged).toBe(25);
    expect((await post('10.3.1.1', '488', 'Paoli', 'Pascal', '06/04/1975')).status).toBe(429);
  });

  it('at a reference, of a person whose names and birth date are known: twenty-five a day, each try with a last digit being two', async () => {
    const looked = new Set<string>();
    let number = 7000;
    for (const network of networks(4)) {
      for (let nth = 0; nth < 6; nth++) {
        const reference = String(++number * 10);
        const names = (['Susini', 'Ange'] as const).toSorted(() => (nth % 2 ? 1 : -1));
        const status = (await post(network, reference, `${names[0]}`, `${names[1]}`, '02/02/1933')).status;
        if (status === 422) looked.add(reference).add(reference.slice(0, -1));
      }
      if (network.endsWith('.12')) break;
    }
    expect(looked.size).toBeGreaterThan(20);
    expect(looked.size).toBeLessThanOrEqual(26);
    expect((await post('10.4.1.1', '480', 'Susini', 'Ange', '02/02/1933')).status).toBe(429);
  });

  it('spelled otherwise are guesses of their own when matching sees another name', async () => {
    const network = '10.5.0.1';
    const spellings = ['ABC DE', 'AB CDE', 'A BCDE', 'AB C DE', 'ABC D E', 'ABCDE'];
    const statuses = [];
    for (const nom of spellings)
      statuses.push((await post(network, '492', nom, 'Jürgen', '11/11/1946')).status);
    expect(statuses.filter((status) => status === 422)).toHaveLength(5);
    expect((await post(network, '492', 'Müller', 'Jürgen', '11/11/1946')).status).toBe(429);
  });

  it('at a client of whom only the year is known: five a day, then nobody is found, not even who is right', async () => {
    // The demo file: 478, BENALI MOHAMED EL AMINE, 00/00/1950.
    const right = (network: string) => post(network, '478', 'Benali', 'Mohamed', '05/06/1950');
    for (let nth = 0; nth < IDENTITY.partlyKnown; nth++) {
      expect((await post(`10.6.0.${nth}`, '478', 'Benali', 'Mohamed', `05/06/195${nth + 1}`)).status).toBe(
        422,
      );
    }
    const stopped = await right('10.6.1.1');
    expect(stopped.status).toBe(422);
    expect(stopped.text).toContain('Tout est juste ? Appelez-nous');
    vi.setSystemTime(Date.now() + DAY);
    expect((await right('10.6.1.2')).status).toBe(303);
  });

  it('at the reference of a client of whom only the year is known count on the name with the year', async () => {
    for (let nth = 0; nth < IDENTITY.partlyKnown; nth++) {
      await post(`10.7.0.${nth}`, `8${nth}11`, 'Benali', 'Mohamed', `0${nth + 1}/06/1950`);
    }
    expect((await post('10.7.1.1', '478', 'Benali', 'Mohamed', '05/06/1950')).status).toBe(422);
  });
});

describe('a door that strangers shut', () => {
  /** Twenty-five wrong tries on a reference, five from each of five networks. */
  async function shut(reference: string): Promise<void> {
    for (let nth = 0; nth < 25; nth++)
      await post(
        `10.8.${reference.slice(-2)}.${Math.floor(nth / 5)}`,
        reference,
        'Autre',
        'Anne',
        dateOf(nth),
      );
  }
  const clientId = (reference: string) =>
    env.DB.prepare('SELECT id FROM clients WHERE reference = ?')
      .bind(reference)
      .first<number>('id') as Promise<number>;

  it('takes five networks; who is right is told that others may have tried, and may call', async () => {
    await shut('495');
    const right = await post('10.8.9.9', '495', 'Pozzo di Borgo', 'Charles-André', '08/03/1964');
    expect(right.status).toBe(429);
    expect(right.text).toMatch(
      /Trop d’essais avec ces informations : réessayez le .* Quelqu’un d’autre les a peut-être essayées avant vous\. Appelez-nous/,
    );
  });

  it('is open to everybody else: the neighbours, and who has the same name', async () => {
    await shut('494');
    expect((await post('10.8.9.8', '495', 'Pozzo di Borgo', 'Charles-André', '08/03/1964')).status).toBe(303);
    expect((await post('10.8.9.8', '499', 'Garcia-Lopez', 'Carmen', '07/10/1960')).status).toBe(303);
  });

  it('the landlord sees why and until when, and opens it; the counters begin anew', async () => {
    await shut('1025');
    const right = () => post('10.8.9.7', '1025', 'Sebastiani', 'Élodie', '14/02/1996');
    expect((await right()).status).toBe(429);
    const db = openDatabase(env.DB);
    const id = await clientId('1025');
    const [pause] = await readPauses(db, id, Date.now());
    expect(pause?.why).toBe('reference');
    expect(pause?.until).toBeGreaterThan(Date.now() + DAY - MINUTE);
    expect(await liftPauses(db, id)).toBe(1);
    expect(await readPauses(db, id, Date.now())).toEqual([]);
    expect((await right()).status).toBe(303);
    expect(await liftPauses(db, id)).toBe(0);
  });

  it('the landlord also opens it to who has used up the tries of an own connection', async () => {
    const network = '10.8.9.6';
    for (let nth = 0; nth < 5; nth++) await post(network, '499', 'Garcia-Lopez', 'Carmen', dateOf(nth));
    const right = () => post(network, '499', 'Garcia-Lopez', 'Carmen', '07/10/1960');
    expect((await right()).status).toBe(429);
    await liftPauses(openDatabase(env.DB), await clientId('499'));
    expect((await right()).status).toBe(303);
  });
});
