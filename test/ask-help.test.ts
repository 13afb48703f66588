// « Demander à mon gestionnaire de vérifier »: what its person sees, what is kept, what staff and imports make of it.

import { env } from 'cloudflare:workers';
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { acceptRequest, refuseRequest, waitForFile } from '../src/account/help-decisions.ts';
import { differences, findCandidates } from '../src/client/candidates.ts';
import { readHelpCode } from '../src/client/help-code.ts';
import { findRequestByCode, listRequests, readRequest } from '../src/client/help-requests.ts';
import { DAY, HELP, MINUTE } from '../src/numbers.ts';
import { openDatabase, statement } from '../src/platform/db.ts';
import { clientFile, forgetClients, night, postFile, supplier, tenant } from './support/client-file.ts';
import { lastMail, linkIn, mails, openMailbox, providerIs } from './support/mailbox.ts';
import { findBroken, NO_ROWS, putRows } from './support/rows.ts';
import { planOf, watchStatements } from './support/statements.ts';
import { ELECTRICIAN, emails, MARIE, PASSWORD, passwords, runCron, Visitor } from './support/visitor.ts';

const db = openDatabase(env.DB);
const NEIGHBOURS = [
  tenant('472', 'CASANOVA', 'JEAN-BAPTISTE', '03/11/1948', 'jb@file.example.fr'),
  tenant('475', 'MARTIN', 'JEANNE', '21/09/1939'),
  tenant('480', 'SUSINI', 'ANGE', '00/00/1933'),
  supplier('F-2024-0018', 'ÉLECTRICITÉ SANGUINAIRES', '52345678900027'),
];
const ORSONI = tenant('471', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1956', 'orsoni@file.example.fr');
/** As the landlord's file has her: born in another year. */
const WRONG = tenant('471', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1965', 'orsoni@file.example.fr');

const decision = { agent: 'agent@capa.example', audit: () => [], now: 0 };
const count = (table: string, where = '1') =>
  env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).first<number>('n');
const later = (span: number) => vi.setSystemTime(Date.now() + span);

beforeEach(async () => {
  openMailbox();
  vi.setSystemTime(Date.now() + 2 * DAY);
  await putRows(NO_ROWS);
  await forgetClients();
  await night(WRONG, ...NEIGHBOURS);
});

/** Asks for help; the help code as the page says it. */
async function ask(fields: Record<string, string> = {}, visitor = new Visitor()): Promise<string> {
  const page = await visitor.submit('/inscription/aide', { ...MARIE, ...fields });
  const code = /[A-Z2-9]{3}-[A-Z2-9]{3}/.exec(page.text)?.[0];
  if (!code) throw new Error(`No help code: ${page.status} ${page.text}`);
  return code;
}
const requestOf = async (code: string) => {
  const request = await findRequestByCode(db, readHelpCode(code) ?? '');
  if (!request) throw new Error(`No request under ${code}`);
  return request;
};
const clientId = (reference: string) =>
  env.DB.prepare('SELECT id FROM clients WHERE reference = ?')
    .bind(reference)
    .first<number>('id') as Promise<number>;
const accept = async (code: string, reference = '471', more: object = {}) =>
  acceptRequest(db, {
    ...decision,
    requestId: (await requestOf(code)).id,
    clientId: await clientId(reference),
    proof: 'called_back',
    prefix: 'NHCAPA',
    graceDays: 90,
    now: Date.now(),
    ...more,
  });

describe('the offer', () => {
  it('stands under a form that found nobody, and carries all that was typed: nothing is retyped', async () => {
    const visitor = new Visitor();
    const page = await visitor.post('/inscription', MARIE);
    expect(page.status).toBe(422);
    const form = /<form method="post" action="\/inscription\/aide".*?<\/form>/s.exec(page.html)?.[0] ?? '';
    const carried = Object.fromEntries(
      [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
    expect(carried).toEqual(MARIE);
    const sent = await visitor.submit('/inscription/aide', {
      ...(carried as object),
      telephone: '06 12 34 56 78',
    });
    expect(sent.status).toBe(200);
    expect(sent.title).toBe('Votre demande est envoyée – Portail locataire');
    expect(sent.text).toMatch(/Votre code pour le téléphone : [A-Z2-9]{3}-[A-Z2-9]{3}/);
    expect(sent.text).toContain('Toujours rien après 3 jours ?');
    expect(sent.text).toContain('gardée 30 jours');
    const code = /[A-Z2-9]{3}-[A-Z2-9]{3}/.exec(sent.text)?.[0] ?? '';
    expect(await requestOf(code)).toMatchObject({
      reference: '471',
      familyName: 'ORSONI',
      birthDate: '1956-07-14',
      email: MARIE.email,
      phone: '06 12 34 56 78',
      state: 'open',
    });
  });

  it('is the next step where tries are used up, and where the client left; the right one gets none', async () => {
    const visitor = new Visitor();
    const at = async (fields: object) => (await visitor.post('/inscription', { ...MARIE, ...fields })).html;
    const form = 'action="/inscription/aide"';
    for (let nth = 0; nth < 5; nth++)
      expect(await at({ date_naissance: `0${nth + 1}/01/1950` })).toContain(form);
    const paused = await at({ date_naissance: '06/01/1950' });
    expect(paused).toContain('Trop d’essais');
    expect(paused).toContain(form);
    expect(paused).not.toContain('action="/inscription"');
    await env.DB.prepare("UPDATE clients SET left_at = 1 WHERE reference = '472'").run();
    const left = { reference: '472', nom: 'CASANOVA', prenom: 'JEAN-BAPTISTE', date_naissance: '03/11/1948' };
    expect((await new Visitor().post('/inscription', { ...MARIE, ...left })).html).toContain(form);
    const right = { reference: '475', nom: 'MARTIN', prenom: 'JEANNE', date_naissance: '21/09/1939' };
    expect((await new Visitor().post('/inscription', { ...MARIE, ...right })).location).toBe(
      '/inscription/courriel',
    );
    const partly = await new Visitor().post('/inscription', { ...MARIE, date_naissance: '00/00/1956' });
    expect(partly.html).toContain(form);
  });

  it('is a page of its own too, which gives back what needs mending', async () => {
    const page = await new Visitor().open('/inscription/aide');
    expect([page.status, page.title]).toEqual([
      200,
      'Demander à votre gestionnaire de vérifier – Portail locataire',
    ]);
    const wrong = await new Visitor().post('/inscription/aide', { ...MARIE, telephone: 'demain', nom: '' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('id="telephone-error"');
    expect(wrong.html).toContain('id="nom-error"');
    expect(wrong.html).toContain('value="demain"');
  });

  it('tells a browser that keeps no cookie that the request is kept, and to call by name', async () => {
    const page = await new Visitor().open('/inscription/aide');
    expect(page.text).not.toContain('Votre demande est enregistrée');
    const visitor = new Visitor();
    await visitor.post('/inscription/aide', MARIE);
    visitor.cookies.clear();
    expect(await count('help_requests')).toBe(1);
  });
});

describe('a request', () => {
  it('is one for the same data, however often they are sent; another address is another request', async () => {
    const visitor = new Visitor();
    const code = await ask({}, visitor);
    expect(await ask({ telephone: '04 95 00 00 00' }, visitor)).toBe(code);
    expect(await ask({ nom: 'orsoni', date_naissance: '14 juillet 1956' })).toBe(code);
    expect((await requestOf(code)).phone).toBe('04 95 00 00 00');
    // Four times now: the open one is found again all the same.
    expect(await ask({}, visitor)).toBe(code);
    expect(await count('help_requests')).toBe(1);
  });

  it('with another address never turns the first one to itself: both are shown', async () => {
    const own = await ask();
    const other = await ask(emails('thief@x.example.fr'));
    expect(other).not.toBe(own);
    expect((await requestOf(own)).email).toBe(MARIE.email);
    const { waiting } = await listRequests(db, 50);
    expect(waiting.map(({ request }) => request.email)).toEqual([MARIE.email, 'thief@x.example.fr']);
  });

  it('has limits per identity, per network and per day, told kindly, and comes back the day after', async () => {
    const ofIdentity = (nth: number) =>
      new Visitor().post('/inscription/aide', { ...MARIE, ...emails(`${nth}@x.fr`) });
    for (let nth = 0; nth < HELP.identity; nth++) expect((await ofIdentity(nth)).status).toBe(303);
    const refused = await ofIdentity(9);
    expect(refused.status).toBe(429);
    expect(refused.text).toContain('Plusieurs demandes sont déjà parties avec ces informations.');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.html).toContain('value="ORSONI"');
    const network = new Visitor().network;
    const another = (nth: number) =>
      new Visitor(network).post('/inscription/aide', { ...MARIE, reference: `6${nth}` });
    for (let nth = 0; nth < HELP.network; nth++) expect((await another(nth)).status).toBe(303);
    expect((await another(99)).text).toContain('depuis votre connexion à internet');
    expect((await new Visitor().post('/inscription/aide', { ...MARIE, reference: '699' })).status).toBe(303);
    await env.DB.prepare(
      'UPDATE attempts SET count = ?, blocked_until = expires_at WHERE parts IS NOT NULL AND count > 12',
    )
      .bind(HELP.inAll)
      .run();
    const full = await new Visitor().post('/inscription/aide', { ...MARIE, reference: '700' });
    expect([full.status, full.text.includes('beaucoup de demandes aujourd’hui')]).toEqual([429, true]);
    later(DAY + 1);
    expect((await ofIdentity(10)).status).toBe(303);
  });

  it('says the same in as many statements whatever the file holds', async () => {
    const cases = {
      nobody: { reference: '99999', nom: 'PERSONNE' },
      near: {},
      right: { reference: '475', nom: 'MARTIN', prenom: 'JEANNE', date_naissance: '21/09/1939' },
      partly: { reference: '480', nom: 'SUSINI', prenom: 'ANGE', date_naissance: '01/02/1933' },
    };
    const seen = [];
    for (const fields of Object.values(cases)) {
      const visitor = new Visitor();
      const { given, before, after } = await watchStatements(() =>
        visitor.post('/inscription/aide', { ...MARIE, ...fields }),
      );
      const page = await visitor.open('/inscription/aide');
      const cookie = visitor.cookies.get('__Host-aide') ?? '';
      const said = page.html.replace(/[A-Z2-9]{3}-[A-Z2-9]{3}/, 'CODE');
      seen.push([
        given.status,
        given.location,
        cookie.length,
        said,
        before.flat().map((one) => one.sql),
        after.length,
      ]);
    }
    for (const one of seen) expect(one).toEqual(seen[0]);
    expect(mails()).toEqual([]);
  });
});

describe('its candidates', () => {
  it('are of the same reference, of the same birth date and a like name, or of the same name; five at most', async () => {
    await night(
      WRONG,
      ...NEIGHBOURS,
      tenant('900', 'ORSONI', 'PIERRE', '14/07/1956'),
      tenant('901', 'LECA', 'PIERRE', '14/07/1956'),
      tenant('902', 'ORSONI', 'MARIE-DOMINIQUE', '01/01/1990'),
      ...Array.from({ length: 9 }, (_, nth) => tenant(`91${nth}`, 'ORSONI', 'MARIE', '14/07/1956')),
    );
    const found = await findCandidates(db, await requestOf(await ask()));
    expect(found).toHaveLength(HELP.candidates);
    expect(found[0]?.client.reference).toBe('471');
    const few = await findCandidates(db, await requestOf(await ask({ prenom: 'LUCIE', reference: '902' })));
    const by = Object.fromEntries(few.map(({ client, shared }) => [client.reference, shared]));
    expect(by['902']).toEqual(['reference', 'name']);
    expect(by['901']).toBeUndefined();
    expect(by['900']).toEqual(['birth_date', 'name']);
  });

  it('of a supplier are found by its SIRET', async () => {
    const request = await requestOf(await ask({ ...ELECTRICIAN, reference: 'F-1' }));
    const found = await findCandidates(db, request);
    expect(found.map(({ client, shared }) => [client.reference, shared])).toEqual([
      ['F-2024-0018', ['siret', 'name']],
    ]);
  });

  it.each([
    ['ORSINI', 'ORSONI', 'ORS[O]NI'],
    ['14/07/1956', '14/07/1965', '14/07/19[65]'],
    ['471', '4714', '471[4]'],
    ['', 'LECA', '[LECA]'],
    ['leca', 'LECA', 'LECA'],
  ])('the letters that differ are marked: %s, %s', (typed, known, marked) => {
    const text = differences(typed, known)
      .map(({ text, isSame }) => (isSame ? text : `[${text}]`))
      .join('');
    expect(text).toBe(marked);
  });

  it('are read without going through all clients', async () => {
    const request = await requestOf(await ask());
    const { before } = await watchStatements(() => findCandidates(db, request));
    const plans = (await Promise.all(before.flat().map(planOf))).flat();
    expect(plans.filter((step) => /^SCAN clients/.test(step))).toEqual([]);
  });
});

describe('staff decide', () => {
  it('it is this person: the typed address gets the link, the file’s own the notice, and the road goes on', async () => {
    const code = await ask();
    const decided = await accept(code, '471', {
      audit: (isDone: unknown) => [
        statement(db, sql`INSERT INTO runs (job, ended_at) SELECT 'audit', 1 WHERE ${isDone}`),
      ],
    });
    expect(decided.ok).toBe(true);
    await runCron();
    expect(lastMail('orsoni@file.example.fr').subject).toBe('Un compte demandé à votre nom');
    const visitor = new Visitor();
    expect((await visitor.post(linkIn(lastMail(MARIE.email)), passwords(PASSWORD))).status).toBe(303);
    expect(await requestOf(code)).toMatchObject({
      state: 'accepted',
      decidedBy: 'agent@capa.example',
      proof: 'called_back',
    });
    expect(await count('runs', "job = 'audit'")).toBe(1);
    expect(await count('events', "kind = 'requested' AND actor = 'landlord'")).toBe(1);
    await env.DB.prepare("DELETE FROM runs WHERE job = 'audit'").run();
  });

  it('a pending account takes the address over; an active one is left alone', async () => {
    const right = { reference: '475', nom: 'MARTIN', prenom: 'JEANNE', date_naissance: '21/09/1939' };
    await new Visitor().post('/inscription', { ...MARIE, ...right, ...emails('first@x.example.fr') });
    const code = await ask({ ...right, nom: 'MARTINE', ...emails('second@x.example.fr') });
    expect((await accept(code, '475')).ok).toBe(true);
    await runCron();
    expect((await new Visitor().open(linkIn(lastMail('first@x.example.fr')))).status).toBe(410);
    await new Visitor().post(linkIn(lastMail('second@x.example.fr')), passwords(PASSWORD));
    const again = await ask({ ...right, nom: 'MARTINET', ...emails('third@x.example.fr') });
    expect(await accept(again, '475')).toEqual({ ok: false, reason: 'has_account' });
    expect((await requestOf(again)).state).toBe('open');
  });

  it('no: one mail says so, with the phone number and nothing of the file', async () => {
    const code = await ask();
    const { id } = await requestOf(code);
    expect((await refuseRequest(db, { ...decision, requestId: id, now: Date.now() })).ok).toBe(true);
    await runCron();
    const mail = lastMail(MARIE.email);
    expect(mail.subject).toBe('Votre demande n’a pas abouti');
    expect(mail.text).toMatch(/appelez-nous au.04.95.22.10.42/);
    expect(mail.text).not.toMatch(/orsoni|471|marie-dominique/i);
    expect(mails()).toHaveLength(1);
  });

  it('cannot take a supplier for a tenant, nor whom the file lost, nor what is gone', async () => {
    const code = await ask();
    expect(await accept(code, 'F-2024-0018')).toEqual({ ok: false, reason: 'no_such_client' });
    await env.DB.prepare("UPDATE clients SET left_at = 1 WHERE reference = '471'").run();
    expect(await accept(code)).toEqual({ ok: false, reason: 'client_left' });
    expect(await accept(code, '471', { clientId: 999_999 })).toEqual({ ok: false, reason: 'no_such_client' });
    await env.DB.prepare('UPDATE clients SET left_at = NULL').run();
    expect(await accept(code, '471', { requestId: 999_999 })).toEqual({ ok: false, reason: 'gone' });
    expect(await count('accounts')).toBe(0);
  });

  it('at once: of twenty decisions one counts, with one account and one audit row', async () => {
    const code = await ask();
    const { id: requestId } = await requestOf(code);
    const audit = (isDone: unknown) => [
      statement(
        db,
        sql`INSERT INTO known_faults (fault, lines) SELECT ${crypto.randomUUID()}, 77 WHERE ${isDone}`,
      ),
    ];
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, nth) =>
        nth % 2 === 0
          ? accept(code, '471', { audit })
          : refuseRequest(db, { ...decision, requestId, audit: audit as never, now: Date.now() }),
      ),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(all.filter((one) => !one.ok && one.reason === 'decided')).toHaveLength(19);
    expect(await count('known_faults', 'lines = 77')).toBe(1);
    expect((await count('accounts')) ?? 9).toBeLessThanOrEqual(1);
    expect(await findBroken()).toEqual([]);
  });

  it('a mail that the provider refuses is seen beside its request; a dead Worker’s is sent by cron', async () => {
    const code = await ask();
    await accept(code);
    providerIs('E_RECIPIENT_SUPPRESSED');
    await runCron();
    const { decided } = await listRequests(db, 50);
    expect(decided[0]).toMatchObject({
      request: { state: 'accepted' },
      mailState: expect.stringMatching(/refused|queued/),
    });
    expect(decided[0]?.mailReason).toBeTruthy();
  });
});

describe('by itself', () => {
  it('an import that mends the file resolves the request and mails the link: nobody retypes anything', async () => {
    const code = await ask();
    await runCron();
    expect((await requestOf(code)).state).toBe('open');
    await night(ORSONI, ...NEIGHBOURS);
    await runCron();
    expect((await requestOf(code)).state).toBe('matched');
    expect(lastMail('orsoni@file.example.fr').subject).toBe('Un compte demandé à votre nom');
    expect((await new Visitor().post(linkIn(lastMail(MARIE.email)), passwords(PASSWORD))).status).toBe(303);
    expect(await findBroken()).toEqual([]);
  });

  it('so does one that staff let wait, and of which only the day of birth was missing', async () => {
    const partly = { reference: '480', nom: 'SUSINI', prenom: 'ANGE', date_naissance: '02/02/1933' };
    const code = await ask(partly);
    const { id } = await requestOf(code);
    // What the file has already, an import alone resolves for nobody: it would be a guess that no counter counts.
    await night(WRONG, ...NEIGHBOURS, tenant('990', 'X', 'Y', '01/02/1990'));
    await runCron();
    expect((await requestOf(code)).state).toBe('open');
    const waiting = { ...decision, requestId: id, clientId: await clientId('480'), now: Date.now() };
    expect((await waitForFile(db, waiting)).ok).toBe(true);
    expect(await waitForFile(db, waiting)).toEqual({ ok: false, reason: 'decided' });
    await night(
      WRONG,
      ...NEIGHBOURS.filter((line) => !line.includes('SUSINI')),
      tenant('480', 'SUSINI', 'ANGE', '02/02/1933'),
    );
    await runCron();
    expect((await requestOf(code)).state).toBe('matched');
  });

  it('right data under a pause wait for a person, whatever the nights bring', async () => {
    const right = { reference: '475', nom: 'MARTIN', prenom: 'JEANNE', date_naissance: '21/09/1939' };
    const code = await ask(right);
    await night(ORSONI, ...NEIGHBOURS);
    await runCron();
    expect((await requestOf(code)).state).toBe('open');
    expect(mails()).toEqual([]);
  });

  it('a client whom staff holds is left to staff', async () => {
    const code = await ask();
    await env.DB.prepare("UPDATE clients SET held_at = 1 WHERE reference = '471'").run();
    await night(ORSONI, ...NEIGHBOURS);
    await runCron();
    expect(await requestOf(code)).toMatchObject({ state: 'open', isForStaff: true });
    expect(await accept(code)).toEqual({ ok: false, reason: 'held' });
    expect([await count('accounts'), mails().length]).toEqual([0, 0]);
  });

  it('two addresses for one client are for a person to tell apart', async () => {
    const codes = [await ask(), await ask(emails('other@x.example.fr'))];
    await night(ORSONI, ...NEIGHBOURS);
    await runCron();
    for (const code of codes)
      expect(await requestOf(code)).toMatchObject({ state: 'open', isForStaff: true });
    expect(mails()).toEqual([]);
  });

  it('a client who was gone and is back gets the link; one whom it waited for and who left, an answer', async () => {
    const casanova = {
      reference: '472',
      nom: 'CASANOVA',
      prenom: 'JEAN-BAPTISTE',
      date_naissance: '03/11/1948',
    };
    const others = NEIGHBOURS.filter((line) => !line.includes('CASANOVA'));
    await night(WRONG, ...others);
    const back = await ask(casanova);
    const gone = await ask({ reference: '475', nom: 'MARTIN', prenom: 'JANE', date_naissance: '21/09/1939' });
    const { id } = await requestOf(gone);
    await waitForFile(db, { ...decision, requestId: id, clientId: await clientId('475'), now: Date.now() });
    await night(WRONG, ...NEIGHBOURS.filter((line) => !line.includes('MARTIN')));
    await runCron();
    expect([(await requestOf(back)).state, (await requestOf(gone)).state]).toEqual(['matched', 'left']);
    expect(
      mails(MARIE.email)
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(['Activez votre compte', 'Votre demande n’a pas abouti']);
  });

  it('who meanwhile signed up with the same address is found; the other of a couple is not taken for it', async () => {
    const jeanne = { reference: '475', nom: 'MARTIN', prenom: 'JEANNE', date_naissance: '21/09/1939' };
    const own = await ask({ ...jeanne, reference: '574' });
    const other = await ask({ ...jeanne, prenom: 'PAUL', date_naissance: '02/03/1941' });
    await new Visitor().post('/inscription', { ...MARIE, ...jeanne });
    await runCron();
    expect([(await requestOf(own)).state, (await requestOf(other)).state]).toEqual(['has_account', 'open']);
  });

  it('an import that resolves a request while an agent decides opens one account', async () => {
    for (let nth = 0; nth < 6; nth++) {
      await putRows(NO_ROWS);
      await night(WRONG, ...NEIGHBOURS);
      const code = await ask();
      await night(ORSONI, ...NEIGHBOURS);
      await Promise.all([runCron(), accept(code), runCron()]);
      expect(await count('accounts')).toBe(1);
      expect(await count('mails', "kind = 'activation'")).toBe(1);
      expect(await findBroken()).toEqual([]);
      later(2 * DAY);
    }
  });

  it('many wait: all are compared, some at a time, in a few round trips each, none read end to end', async () => {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      INSERT INTO help_requests (code, key, kind, reference, reference_keys, name_key, family_name, given_name, birth_date,
        email, created_at) SELECT 'C' || i, 'k' || i, 'tenant', '7' || i, '["7' || i || '"]', 'X Y', 'X', 'Y', '1950-01-01',
        i || '@x.fr', 1 FROM n`,
    )
      .bind(2 * HELP.atOnce + 1)
      .run();
    const last = `7${2 * HELP.atOnce + 1}`;
    await night(WRONG, ...NEIGHBOURS, tenant(last, 'X', 'Y', '01/01/1950'));
    const { before } = await watchStatements(() => runCron());
    expect(await count('help_requests', "state = 'matched'")).toBe(1);
    expect(before.length).toBeLessThan(25);
    const plans = await Promise.all(before.flat().map(async (one) => [one.sql, await planOf(one)] as const));
    const scans = plans.filter(
      ([sql, plan]) =>
        /help_requests/.test(sql) && plan.some((step) => /^SCAN (c|a|clients|accounts)\b/.test(step)),
    );
    expect(scans).toEqual([]);
    const second = await watchStatements(() => runCron());
    expect(second.before.length).toBeLessThan(before.length);
  });
});

describe('30 days', () => {
  it('a request goes after them, whatever it came to; its mail leaves first', async () => {
    const open = await ask();
    const refused = await ask({ reference: '999' });
    const { id } = await requestOf(refused);
    later(30 * DAY - MINUTE);
    providerIs('down');
    await refuseRequest(db, { ...decision, requestId: id, now: Date.now() });
    await runCron('23 3 * * *');
    expect(await count('help_requests')).toBe(2);
    later(MINUTE);
    await runCron('23 3 * * *');
    expect(await readRequest(db, id)).toBeDefined();
    await expect(requestOf(open)).rejects.toThrow('No request');
    providerIs('up');
    later(5 * MINUTE);
    await runCron();
    expect(lastMail(MARIE.email).subject).toBe('Votre demande n’a pas abouti');
    await runCron('23 3 * * *');
    expect(await count('help_requests')).toBe(0);
    expect(await count('mails', 'request_id IS NOT NULL')).toBe(0);
  });
});

it('the file of the night is taken although requests wait', async () => {
  await ask();
  expect((await postFile(clientFile(WRONG, ...NEIGHBOURS))).status).toBe(200);
});
