// The guard against a wrong file learns: what was wrong with the last applied file stops no other night. And whom the
// landlord's file knows too little of is kept as a client, who cannot open an account from the web.

import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  clientFile,
  forgetClients,
  night,
  people,
  postFile,
  supplier,
  tenant,
} from './support/client-file.ts';
import { nextDay } from './support/clock.ts';
import { openMailbox } from './support/mailbox.ts';
import { emails, MARIE, Visitor } from './support/visitor.ts';

const tenants = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) =>
    tenant(`6${from + n}0`, `TESTA${from + n}X`, 'JEAN', '02/03/1940'),
  );
const dateless = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    tenant(`7${n}0`, `SANSDATE${n}X`, 'ANNE', n % 2 ? '' : '00/00/0000'),
  );
const wrong = (count: number, birth = '31/02/1940') =>
  Array.from({ length: count }, (_, n) => tenant(`8${n}0`, `FAUX${n}X`, 'ANNE', birth));

beforeEach(async () => {
  openMailbox();
  nextDay();
  await forgetClients();
});

describe('lines without a birth date', () => {
  it('stop neither the first file, nor another that has the same', async () => {
    await env.DB.prepare('DELETE FROM imports').run();
    const first = await postFile(clientFile(...tenants(0, 93), ...dateless(7)));
    expect(first).toMatchObject({
      status: 200,
      report: { guards: [], counts: { created: 100, rejected: 0, incomplete: 7, newFaults: 0 } },
    });
    expect(first.report.incomplete[0]).toEqual({ line: 95, reference: '700', missing: ['date_naissance'] });
    // Another night: a tenant left, one came, one of the seven is known now.
    const second = await postFile(clientFile(...tenants(1, 94), ...dateless(6)));
    expect(second).toMatchObject({
      status: 200,
      report: { counts: { created: 1, left: 2, unchanged: 98, incomplete: 6, newFaults: 0 } },
    });
  });

  it('stop a night with many more of them', async () => {
    await night(...tenants(0, 93), ...dateless(7));
    const { status, report } = await postFile(clientFile(...tenants(0, 93), ...dateless(13)));
    expect([status, report.counts.newFaults]).toEqual([409, 6]);
  });

  it('are of clients who cannot sign up, until the day is known', async () => {
    await night(...tenants(0, 30), tenant('9001', 'MARTIN', 'JEANNE', ''));
    const asked = {
      ...MARIE,
      reference: '9001',
      nom: 'MARTIN',
      prenom: 'JEANNE',
      date_naissance: '12/02/1960',
    };
    const signUp = () => new Visitor().post('/inscription', { ...asked, ...emails('j@x.example.fr') });
    expect((await signUp()).status).toBe(422);
    const { changed } = await night(...tenants(0, 30), tenant('9001', 'MARTIN', 'JEANNE', '12/02/1960'));
    expect(changed).toEqual([{ line: 32, reference: '9001', columns: ['date_naissance'] }]);
    expect((await signUp()).location).toBe('/inscription/courriel');
  });
});

it('who is no person, without a given name or both, is kept', async () => {
  const { counts, incomplete } = await night(
    ...tenants(0, 60),
    tenant('9001', 'AMICALE DU GOLFE', '', ''),
    tenant('9002', 'PRESSING', '', '01/02/1960'),
    supplier('F-1', 'PLOMBERIE', '41234567800019'),
  );
  expect(counts).toMatchObject({ created: 63, incomplete: 2, rejected: 0 });
  expect(incomplete.map(({ missing }) => missing)).toEqual([['prenom', 'date_naissance'], ['prenom']]);
  expect((await people()).slice(60)).toEqual(['AMICALE DU GOLFE', 'PRESSING', 'PLOMBERIE']);
  const again = await night(
    ...tenants(0, 60),
    tenant('9001', 'AMICALE DU GOLFE', '', ''),
    tenant('9002', 'PRESSING', '', '01/02/1960'),
    supplier('F-1', 'PLOMBERIE', '41234567800019'),
  );
  expect(again.counts).toMatchObject({ unchanged: 63, changed: 0, left: 0, newFaults: 0 });
});

describe('rejected lines', () => {
  it('are compared with those of the last applied file, whatever else the line says', async () => {
    await night(...tenants(0, 90), ...wrong(10));
    const renamed = wrong(10, '30/02/1941').map((line) => line.replace('ANNE', 'ANNA'));
    const same = await postFile(clientFile(...tenants(0, 90), ...renamed));
    expect(same).toMatchObject({ status: 200, report: { counts: { rejected: 10, newFaults: 0 } } });
    // Another column is another fault.
    const other = await postFile(
      clientFile(...tenants(0, 90), ...wrong(10, '02/03/1940').map((line) => line.replace('ANNE', '---'))),
    );
    expect(other).toMatchObject({ status: 409, report: { counts: { newFaults: 10 } } });
  });

  it('without a reference are counted: one of them lets no file of them through', async () => {
    const nameless = (count: number) => wrong(count).map((line) => line.replace(/;8\d+0;/, ';;'));
    await night(...tenants(0, 95), ...nameless(1));
    const { status, report } = await postFile(clientFile(...tenants(0, 95), ...nameless(7)));
    expect([status, report.counts.newFaults]).toEqual([409, 6]);
  });

  it('are forgotten once a file has none', async () => {
    const faults = () => env.DB.prepare('SELECT count(*) AS n FROM known_faults').first('n');
    await night(...tenants(0, 90), ...wrong(10));
    expect(await faults()).toBe(10);
    // A file that is only compared, or stopped, is no file that was applied.
    await postFile(clientFile(...tenants(0, 90)), '?essai=1');
    await postFile(clientFile(...tenants(0, 40)));
    expect(await faults()).toBe(10);
    await night(...tenants(0, 90));
    expect(await faults()).toBe(0);
    expect((await postFile(clientFile(...tenants(0, 90), ...wrong(10)))).status).toBe(409);
  });
});

describe('the fingerprint', () => {
  const bad = clientFile(...tenants(0, 80), ...wrong(20));

  it('of the same file on the same clients is the same, whatever was read meanwhile', async () => {
    await night(...tenants(0, 100));
    const before = await postFile(bad, '?essai=1');
    // The right file once more: applied, and no client changed.
    await night(...tenants(0, 100));
    const after = await postFile(bad);
    expect([after.status, after.report.fingerprint]).toEqual([409, before.report.fingerprint]);
    expect((await postFile(bad, `?confirme=${before.report.fingerprint}`)).status).toBe(200);
  });

  it('of the same file on other clients is another', async () => {
    await night(...tenants(0, 100));
    const before = await postFile(bad, '?essai=1');
    await night(...tenants(1, 101));
    expect((await postFile(bad)).report.fingerprint).not.toBe(before.report.fingerprint);
  });
});
