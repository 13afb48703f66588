// The sign-ups in figures: what a night counts, what the desk shows of it, who is not in yet, and the month's mail.

import { createScheduledController } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readSignUps } from '../src/account/sign-up-counts.ts';
import portal from '../src/index.tsx';
import { CRONS, DAY, HELP, MINUTE, SIGN_UPS } from '../src/numbers.ts';
import { openDatabase } from '../src/platform/db.ts';
import { Agent, MANAGER } from './support/agent.ts';
import { forgetClients, postFile, tenant } from './support/client-file.ts';
import { identifierIn, lastMail, linkIn, mails, openMailbox, providerIs } from './support/mailbox.ts';
import { NO_ROWS, putRows } from './support/rows.ts';
import { watchStatements } from './support/statements.ts';
import { emails, MARIE, PASSWORD, passwords, runCron, Visitor } from './support/visitor.ts';

const HEAD = 'profil;reference;nom;prenom;date_naissance;raison_sociale;siret;email;secteur';
const PEOPLE = {
  orsoni: { reference: '471', nom: 'ORSONI', prenom: 'MARIE', date_naissance: '14/07/1956' },
  casanova: { reference: '472', nom: 'CASANOVA', prenom: 'JEAN', date_naissance: '03/11/1948' },
  leca: { reference: '473', nom: 'LECA', prenom: 'ANGE', date_naissance: '01/02/1950' },
  paoli: { reference: '474', nom: 'PAOLI', prenom: 'ANNE', date_naissance: '05/06/1970' },
};
type Person = keyof typeof PEOPLE;

const line = (who: Person, sector: string, email = '') => {
  const { reference, nom, prenom, date_naissance } = PEOPLE[who];
  return `${tenant(reference, nom, prenom, date_naissance, email)};${sector}`;
};
const ALL = [
  line('orsoni', 'Les Salines', 'orsoni@file.example.fr'),
  line('casanova', 'Les Salines'),
  line('leca', 'Pietralba'),
  line('paoli', ''),
];
const emailOf = (who: Person) => `${who}@x.example.fr`;
const night = () => runCron(CRONS.night);
const later = (span: number) => vi.setSystemTime(Date.now() + span);
const counts = () => readSignUps(openDatabase(env.DB));
const rows = async (sql: string) => (await env.DB.prepare(sql).all<Record<string, unknown>>()).results;

/** The landlord's file of the night, past the guards. */
async function send(...lines: string[]): Promise<void> {
  const file = [HEAD, ...lines, ''].join('\n');
  const { status, report } = await postFile(file);
  if (status === 409) await postFile(file, `?confirme=${report.fingerprint}`);
}

/** Each step is its own visitor's, as it is of people. */
async function ask(who: Person): Promise<void> {
  await new Visitor().post('/inscription', { ...MARIE, ...PEOPLE[who], ...emails(emailOf(who)) });
}
async function activate(who: Person): Promise<void> {
  await ask(who);
  await new Visitor().post(linkIn(lastMail(emailOf(who))), passwords(PASSWORD));
}
async function enter(who: Person): Promise<void> {
  const identifiant = identifierIn(lastMail(emailOf(who)));
  const page = await new Visitor().post('/connexion', { identifiant, mot_de_passe: PASSWORD });
  expect(page.status).toBe(303);
}

const NOBODY = { clients: 0, asked: 0, mailed: 0, activated: 0, signedIn: 0, refused: 0, unmatched: 0 };

beforeEach(async () => {
  openMailbox();
  vi.setSystemTime('2026-11-10T09:00:00Z');
  await putRows(NO_ROWS);
  await forgetClients();
  await env.DB.batch(['sign_up_counts', 'runs'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
  await send(...ALL);
});

describe('a night counts', () => {
  it('by sector: who asked, whose link arrived, who opened the account, who came in', async () => {
    await activate('orsoni');
    await enter('orsoni');
    await enter('orsoni');
    await night();
    expect((await counts()).months).toEqual([
      { ...NOBODY, month: '2026-11', clients: 4, asked: 1, mailed: 1, activated: 1, signedIn: 1 },
    ]);
    await ask('casanova');
    await ask('leca');
    await night();
    expect((await counts()).sectors).toEqual([
      { ...NOBODY, month: '2026-11', sector: '', clients: 1 },
      {
        ...NOBODY,
        ...{ month: '2026-11', sector: 'Les Salines', clients: 2, asked: 2, mailed: 2 },
        ...{ activated: 1, signedIn: 1 },
      },
      { ...NOBODY, month: '2026-11', sector: 'Pietralba', clients: 1, asked: 1, mailed: 1 },
    ]);
  });

  it('a mail that waits as neither arrived nor refused, a refused one as refused, and a new one in its place', async () => {
    providerIs('down');
    await ask('leca');
    await night();
    expect((await counts()).months[0]).toMatchObject({ asked: 1, mailed: 0, refused: 0 });
    later(MINUTE * 2);
    providerIs('E_VALIDATION_ERROR');
    await runCron();
    await night();
    expect((await counts()).months[0]).toMatchObject({ asked: 1, mailed: 0, refused: 1 });
    later(MINUTE * 2);
    providerIs('up');
    await ask('leca');
    await night();
    expect((await counts()).months[0]).toMatchObject({ asked: 1, mailed: 1, refused: 0 });
  });

  it('nobody who left, no account that was closed, and no sector that is gone', async () => {
    await activate('leca');
    await night();
    expect((await counts()).sectors.map(({ sector }) => sector)).toContain('Pietralba');
    await send(...ALL.filter((one) => !one.includes('LECA')));
    await activate('casanova');
    const id = await env.DB.prepare("SELECT id FROM clients WHERE reference = '472'").first('id');
    await MANAGER().act(`/guichet/clients/${id}/fermeture`, { ensuite: 'free' });
    await night();
    expect((await counts()).months).toEqual([{ ...NOBODY, month: '2026-11', clients: 3 }]);
    expect((await counts()).sectors.map(({ sector }) => sector)).toEqual(['', 'Les Salines']);
  });

  it('help requests of the month, and no fewer once the first of them are erased', async () => {
    vi.setSystemTime('2026-10-01T09:00:00Z');
    await new Visitor().post('/inscription/aide', { ...MARIE, ...PEOPLE.leca, nom: 'LUCA' });
    await new Visitor().post('/inscription/aide', { ...MARIE, ...PEOPLE.casanova, nom: 'CASA' });
    await night();
    later(HELP.kept + MINUTE);
    await new Visitor().post('/inscription/aide', { ...MARIE, ...PEOPLE.paoli, nom: 'POLI' });
    await night();
    expect(await rows('SELECT family_name FROM help_requests')).toEqual([{ family_name: 'POLI' }]);
    expect((await counts()).months[0]).toMatchObject({ month: '2026-10', unmatched: 2 });
  });

  it('the month as the landlord’s calendar has it; the one before stays, finished, and a year of them', async () => {
    vi.setSystemTime('2026-11-30T22:30:00Z');
    await activate('orsoni');
    await enter('orsoni');
    await night();
    // Half past midnight in Ajaccio.
    vi.setSystemTime('2026-11-30T23:30:00Z');
    await activate('leca');
    await enter('leca');
    await night();
    expect((await counts()).months).toEqual([
      { ...NOBODY, month: '2026-12', clients: 4, asked: 2, mailed: 2, activated: 2, signedIn: 1 },
      { ...NOBODY, month: '2026-11', clients: 4, asked: 1, mailed: 1, activated: 1, signedIn: 1 },
    ]);
    for (let month = 0; month < SIGN_UPS.months + 1; month++) {
      later(31 * DAY);
      await night();
    }
    const { months } = await counts();
    expect([months.length, months.at(-1)?.month]).toEqual([13, '2027-02']);
    expect(months[0]?.month).toBe('2028-02');
  });

  it('the last day too: what happens after its night is in its month', async () => {
    vi.setSystemTime('2026-11-30T03:23:00Z');
    await night();
    later(12 * 60 * MINUTE);
    await activate('orsoni');
    await enter('orsoni');
    vi.setSystemTime('2026-12-01T03:23:00Z');
    await night();
    const { months } = await counts();
    expect(months[1]).toMatchObject({ month: '2026-11', activated: 1, signedIn: 1 });
    expect(months[0]).toMatchObject({ month: '2026-12', activated: 1, signedIn: 0 });
  });

  it('more than 200 sectors as 200 and the others, with none of them lost', async () => {
    await forgetClients();
    const many = Array.from({ length: 203 }, (_, nth) => {
      const two = nth === 202 ? `;R${nth}\n${tenant(`9${nth}`, 'COLONNA', 'LUC', '01/02/1960')}` : '';
      return `${tenant(`8${nth}`, 'COLONNA', 'PAUL', '01/02/1960')}${two};R${nth}`;
    });
    await send(...many, line('orsoni', ''));
    await night();
    const { sectors, months } = await counts();
    expect([sectors.length, months[0]?.clients]).toEqual([202, 205]);
    expect(sectors.find(({ sector }) => sector === '…')?.clients).toBe(3);
    expect(sectors.find(({ sector }) => sector === 'R202')?.clients).toBe(2);
    expect((await new Agent().open('/guichet/inscriptions')).text).toContain('Tous les autres');
  });

  it('without failing the purge, and says so in the log', async () => {
    const logged = vi.spyOn(console, 'log');
    await env.DB.prepare('ALTER TABLE sign_up_counts RENAME TO hidden').run();
    await night();
    await env.DB.prepare('ALTER TABLE hidden RENAME TO sign_up_counts').run();
    expect(await rows("SELECT job FROM runs WHERE job = 'night'")).toHaveLength(1);
    expect(logged.mock.calls.join()).toContain('"work":"counts"');
  });
});

describe('/guichet/inscriptions', () => {
  it('says before the first night when there will be figures', async () => {
    const page = await new Agent().open('/guichet/inscriptions');
    expect(page.text).toContain('Les premiers seront là le 11 novembre 2026 à 4 h 23.');
    expect((await new Agent().open('/guichet')).text).not.toContain('comptes ouverts sur');
  });

  it('shows the funnel, where people stop, sectors and months, to everybody at the desk', async () => {
    await activate('orsoni');
    await enter('orsoni');
    await ask('casanova');
    await night();
    const page = await new Agent().open('/guichet/inscriptions');
    expect(page.text).toContain('1 compte ouvert sur 4 clients');
    expect(page.text).toMatch(/Compte demandé\s+2\s+50 %/);
    expect(page.text).toMatch(/Lien parti, mot de passe pas encore choisi\s+1/);
    expect(page.text).toMatch(/N’ont rien demandé\s+2/);
    expect(page.text).toMatch(/Les Salines\s+2\s+2\s+2\s+1\s+1\s+50 %/);
    expect(page.text).toMatch(/novembre 2026 \(en cours\)\s+4\s+2\s+1\s+1\s+0\s+25 %/);
    expect(page.html).toContain('<rect class="bar-part" width="25%"');
    expect(page.html).not.toMatch(/ style=|ORSONI/i);
    expect((await new Agent().open('/guichet')).text).toContain('1 compte ouvert sur 4 clients');
  });

  it('reads what was counted and no client', async () => {
    await night();
    const { before } = await watchStatements(() => new Agent().open('/guichet/inscriptions'));
    const asked = before.flat().map(({ sql }) => sql);
    expect(before.length).toBeLessThanOrEqual(2);
    expect(asked.filter((sql) => !/sign_up_counts|"runs"/.test(sql))).toEqual([]);
  });

  it('has no table of sectors where the file tells none', async () => {
    await forgetClients();
    await send(line('orsoni', ''));
    await night();
    expect((await new Agent().open('/guichet/inscriptions')).text).not.toContain('Par secteur');
  });
});

const ABSENT = '/guichet/inscriptions/absents';

describe('/guichet/inscriptions/absents', () => {
  it('says of each why, as far as it is known', async () => {
    await activate('orsoni');
    await ask('casanova');
    providerIs('E_VALIDATION_ERROR');
    await ask('leca');
    const page = await new Agent().open(ABSENT);
    expect(page.text).not.toContain('Orsoni');
    expect(page.text).toMatch(/Jean Casanova\s+Locataire 472\s+Les Salines\s+Lien parti, mot de passe/);
    expect(page.text).toMatch(/Ange Leca\s+Locataire 473\s+Pietralba\s+Courriel refusé ou abandonné/);
    expect(page.text).toMatch(/Anne Paoli\s+Locataire 474\s+N’a rien demandé\s+sans adresse e-mail/);
    const id = await env.DB.prepare("SELECT id FROM clients WHERE reference = '474'").first('id');
    expect(page.html).toContain(`href="/guichet/clients/${id}"`);
  });

  it('knows who is held, whose account was closed, who has a code, whose request waits', async () => {
    await activate('orsoni');
    await env.DB.batch(
      [
        "UPDATE accounts SET state = 'closed'",
        "UPDATE clients SET held_at = 1 WHERE reference = '472'",
        `INSERT INTO codes (client_id, kind, hash, given_by, created_at, expires_at)
          SELECT id, 'post', 'x', 'a', 1, ${Date.now() + DAY} FROM clients WHERE reference = '473'`,
        `INSERT INTO help_requests (code, state, key, kind, reference, reference_keys, name_key, email, created_at, client_id)
          SELECT 'K7P4M2', 'waiting', 'k', 'tenant', '474', '[]', 'X', 'x@x.fr', 1, id FROM clients WHERE reference = '474'`,
      ].map((sql) => env.DB.prepare(sql)),
    );
    const { text } = await new Agent().open(ABSENT);
    expect(text).toMatch(/Orsoni\s+Locataire 471\s+Les Salines\s+Compte fermé\s+avec adresse e-mail/);
    expect(text).toMatch(/Casanova\s+Locataire 472\s+Les Salines\s+Retenu par le bailleur/);
    expect(text).toMatch(/Leca\s+Locataire 473\s+Pietralba\s+Un code attend de servir/);
    expect(text).toMatch(/Paoli\s+Locataire 474\s+Une demande attend le fichier/);
  });

  it('of one sector, of none, and a hundred a page', async () => {
    const agent = new Agent();
    expect((await agent.open(`${ABSENT}?secteur=Les+Salines`)).text).not.toMatch(/Leca|Paoli/);
    const none = await agent.open(`${ABSENT}?secteur=-`);
    expect([/Paoli/.test(none.text), /Casanova/.test(none.text)]).toEqual([true, false]);
    expect(none.html).toContain('<option value="Pietralba">');
    await forgetClients();
    const many = Array.from(
      { length: 101 },
      (_, nth) => `${tenant(`8${nth}`, 'COLONNA', 'PAUL', '01/02/1960')};Centre`,
    );
    await send(...many);
    const first = await agent.open(`${ABSENT}?secteur=Centre`);
    expect(first.text.match(/Colonna/g)).toHaveLength(100);
    const [, next = ''] = /href="([^"]*apres=\d+)"/.exec(first.html) ?? [];
    const second = await agent.open(next.replaceAll('&amp;', '&'));
    expect(second.text.match(/Colonna/g)).toHaveLength(1);
    expect(second.html).not.toContain('apres=');
    expect((await agent.open(`${ABSENT}?apres=999999999`)).text).toContain('Il n’y en a pas d’autres.');
  });

  it('of a sector is read from its index, and a page of all from the rows it shows', async () => {
    for (const query of ['?secteur=Pietralba', '']) {
      const { before } = await watchStatements(() => new Agent().open(ABSENT + query));
      const list = before.flat().find(({ sql }) => sql.includes('"hasEmail"'));
      const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${list?.sql}`)
        .bind(...(list?.params ?? []))
        .all<{ detail: string }>();
      expect(results[0]?.detail).toMatch(query ? /clients_by_sector/ : /INTEGER PRIMARY KEY \(rowid>\?\)/);
      expect(results.map(({ detail }) => detail).join()).not.toContain('TEMP B-TREE FOR ORDER');
    }
  });
});

describe('the file of who has no account', () => {
  it('has what letters need and no more; what a spreadsheet would run is text; who is held is not in it', async () => {
    await activate('casanova');
    await env.DB.batch(
      [
        "UPDATE clients SET family_name = '=ORSONI()' WHERE reference = '471'",
        "UPDATE clients SET held_at = 1 WHERE reference = '473'",
      ].map((sql) => env.DB.prepare(sql)),
    );
    const file = await MANAGER().open(`${ABSENT}/export`);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.html.replace('\ufeff', '')).toBe(
      'reference;nom;prenom;raison_sociale;email_connu\r\n471;"\'=ORSONI()";MARIE;;oui\r\n474;PAOLI;ANNE;;non\r\n',
    );
    const ofSector = await MANAGER().open(`${ABSENT}/export?secteur=-`);
    expect(ofSector.html).not.toContain('471');
  });

  it('is in the journal, and is no matter of the reception', async () => {
    const before = await rows("SELECT * FROM acts WHERE kind = 'export_absent'");
    expect((await new Agent().open(`${ABSENT}/export`)).status).toBe(403);
    expect((await new Agent().open(ABSENT)).html).not.toContain('/export');
    expect((await MANAGER().open(ABSENT)).html).toContain(`${ABSENT}/export`);
    await MANAGER().open(`${ABSENT}/export`);
    const after = await rows("SELECT agent, at FROM acts WHERE kind = 'export_absent' ORDER BY at");
    expect(after.length).toBe(before.length + 1);
    expect(after).toContainEqual({ agent: 'chef@capa.example', at: Date.now() });
    expect((await MANAGER().open('/guichet/journal?acte=export_absent')).text).toContain(
      'a pris la liste des absents en fichier',
    );
  });

  it('is read in pieces', async () => {
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      INSERT INTO clients (kind, reference, reference_key, name_key, family_name, present_since)
      SELECT 'tenant', 100000 + i, 100000 + i, 'N' || i, 'N' || i, 1 FROM n`,
    )
      .bind(SIGN_UPS.perRead + 1)
      .run();
    const { given, before, after } = await watchStatements(() => MANAGER().open(`${ABSENT}/export`));
    expect(given.html.trimEnd().split('\r\n')).toHaveLength(1 + 4 + SIGN_UPS.perRead + 1);
    expect([...before, ...after].flat().filter(({ sql }) => sql.includes('"hasEmail"'))).toHaveLength(2);
  });
});

describe('the month’s mail', () => {
  const TO = 'direction@capa.example';
  const nightWith = (settings: object = { REPORT_TO: TO }) =>
    portal.scheduled(createScheduledController({ scheduledTime: new Date(), cron: CRONS.night }), {
      ...env,
      ...settings,
    } as typeof env);

  it('leaves once, in the first night of the next month, with the figures of both and nobody’s name', async () => {
    vi.setSystemTime('2026-10-20T03:23:00Z');
    await forgetClients();
    await send(...ALL);
    await activate('orsoni');
    await nightWith();
    vi.setSystemTime('2026-11-10T03:23:00Z');
    await ask('casanova');
    await new Visitor().post('/inscription/aide', { ...MARIE, ...PEOPLE.leca, nom: 'LUCA' });
    await nightWith();
    await runCron();
    // October was over by then: its own mail has left.
    expect(mails(TO).map(({ subject }) => subject.replaceAll('\u00a0', ' '))).toEqual([
      'Portail locataire : octobre 2026',
    ]);
    vi.setSystemTime('2026-12-01T03:23:00Z');
    await nightWith();
    await nightWith();
    await runCron();
    vi.setSystemTime('2026-12-02T03:23:00Z');
    await nightWith();
    await runCron();
    expect(mails(TO)).toHaveLength(2);
    const plain = lastMail(TO).text.replace(/[\u00a0\u202f]/g, ' ');
    expect(lastMail(TO).subject.replaceAll('\u00a0', ' ')).toContain('novembre 2026');
    for (const said of [
      'inscriptions fin novembre 2026. Entre parenthèses, fin octobre 2026.',
      'Clients présents dans le fichier : 4 (4).',
      'Comptes demandés : 2, soit 50 % (1).',
      'Comptes ouverts : 1, soit 25 % (1).',
      'demandé de l’aide dans le mois : 1 (0).',
      'Demandes de vérification à traiter aujourd’hui : 1.',
    ])
      expect(plain).toContain(said);
    expect(`${plain} ${lastMail(TO).html}`).not.toMatch(/orsoni|casanova|leca|luca|salines|47\d/i);
  });

  it('counts the accounts that a code opened for who has no address in the file', async () => {
    vi.setSystemTime('2026-11-20T03:23:00Z');
    await night();
    const agent = MANAGER();
    for (const reference of ['473', '471']) {
      const id = await env.DB.prepare('SELECT id FROM clients WHERE reference = ?')
        .bind(reference)
        .first('id');
      const sheet = await agent.act(`/guichet/clients/${id}/code`, {
        remise: 'counter',
        preuve: 'document_shown',
      });
      const code = /G[A-Z2-9]{4}-[A-Z2-9]{5}/.exec(sheet.text)?.[0] ?? '';
      const visitor = new Visitor();
      await visitor.post('/code', { reference, code });
      const done = await visitor.post('/code', { reference, code, ...passwords(PASSWORD) });
      expect([reference, done.status]).toEqual([reference, 303]);
    }
    vi.setSystemTime('2026-12-01T03:23:00Z');
    await nightWith();
    await runCron();
    expect(lastMail(TO).text.replaceAll('\u00a0', ' ')).toContain('sans adresse e-mail dans le fichier : 1.');
  });

  it('is owed to nobody where no address is set, and for no month that was not counted', async () => {
    await nightWith({ REPORT_TO: '' });
    vi.setSystemTime('2026-12-01T03:23:00Z');
    await nightWith({ REPORT_TO: '' });
    vi.setSystemTime('2027-03-01T03:23:00Z');
    await nightWith();
    expect(await rows("SELECT id FROM mails WHERE kind = 'month_report'")).toEqual([]);
  });

  it('waits while the provider is down, and is gone from the outbox with the others', async () => {
    await nightWith();
    vi.setSystemTime('2026-12-01T03:23:00Z');
    providerIs('down');
    await nightWith();
    await runCron();
    providerIs('up');
    later(2 * MINUTE);
    await runCron();
    expect(mails(TO)).toHaveLength(1);
    expect(await rows("SELECT id, state FROM mails WHERE kind = 'month_report'")).toEqual([
      { id: 'report-2026-11-ophcapa.scepia.fr', state: 'sent' },
    ]);
    later(184 * DAY);
    await night();
    expect(await rows("SELECT id FROM mails WHERE kind = 'month_report'")).toEqual([]);
  });
});
