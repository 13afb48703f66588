// The code for who has no mailbox: from the desk's hand to the space, and what stands in its way.

import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { closeForLandlord } from '../src/account/closing.ts';
import { mintCode } from '../src/account/code/give.ts';
import { groupCode, readCode } from '../src/account/code/signs.ts';
import { CODE, DAY, MINUTE } from '../src/numbers.ts';
import { openDatabase } from '../src/platform/db.ts';
import type { CodeKind } from '../src/schema.ts';
import { forgetClients, night, tenant } from './support/client-file.ts';
import { payFullCost, payLowCost } from './support/hashing.ts';
import { identifierIn, lastMail, linkIn, mails, openMailbox } from './support/mailbox.ts';
import { findBroken, NO_ROWS, putRows } from './support/rows.ts';
import { watchStatements } from './support/statements.ts';
import { emails, MARIE, PASSWORD, type Page, passwords, runCron, Visitor } from './support/visitor.ts';

const db = openDatabase(env.DB);
const NEW = 'Granit-7b?';
const AGENT = 'agent@capa.example';
const later = (span: number) => vi.setSystemTime(Date.now() + span);
const count = (table: string, where = '1') =>
  env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).first<number>('n');
const row = (sql: string) => env.DB.prepare(sql).first<Record<string, unknown>>();

beforeEach(async () => {
  openMailbox();
  vi.setSystemTime(Date.now() + 2 * DAY);
  await putRows(NO_ROWS);
  await env.DB.prepare(
    "UPDATE clients SET email = NULL, left_at = NULL WHERE reference IN ('471', '472')",
  ).run();
});

/** Gives a code to the client of a reference. */
async function give(reference = '471', kind: CodeKind = 'counter', nom = 'ORSONI'): Promise<string> {
  const clientId = await env.DB.prepare('SELECT id FROM clients WHERE reference = ? AND family_name = ?')
    .bind(reference, nom)
    .first<number>('id');
  const minted = await mintCode(db, {
    clientId: clientId ?? 0,
    kind,
    agent: AGENT,
    graceDays: 90,
    audit: () => [],
    now: Date.now(),
  });
  if (!minted.ok) throw new Error('No code');
  return minted.code;
}
const post = (fields: Record<string, string>, visitor = new Visitor()) =>
  visitor.post('/code', { reference: '471', ...fields });
const use = (code: string, visitor = new Visitor(), password = PASSWORD) =>
  post({ code, ...passwords(password) }, visitor);
/** An account opened by a code; its identifier. */
async function openByCode(visitor = new Visitor()): Promise<string> {
  await use(await give(), visitor);
  return /NHCAPAL\d{6}/.exec((await visitor.open('/activation/compte-cree')).html)?.[0] ?? '';
}
const signIn = (identifiant: string, mot_de_passe = PASSWORD, visitor = new Visitor()) =>
  visitor.submit('/connexion', { identifiant, mot_de_passe });
const WRONG = /Cette référence et ce code ne vont pas ensemble, ou le code ne sert plus\./;

describe('a code', () => {
  it('has ten signs without look-alikes, the first telling its kind, and only its hash is kept', async () => {
    payFullCost();
    onTestFinished(payLowCost);
    const [counter, posted] = [await give('471', 'counter'), await give('472', 'post', 'CASANOVA')];
    expect(counter).toMatch(/^G[A-HJ-NP-Z2-9]{9}$/);
    expect(posted).toMatch(/^P[A-HJ-NP-Z2-9]{9}$/);
    const { results } = await env.DB.prepare('SELECT * FROM codes ORDER BY client_id').all();
    expect(JSON.stringify(results)).not.toContain(counter.slice(1));
    expect(results[0]).toMatchObject({ given_by: AGENT, tries: 0, used_at: null });
    expect(String(results[0]?.hash)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const kept = results.map((one) => Number(one.expires_at) - Number(one.created_at));
    expect(kept).toEqual([30 * DAY, 20 * DAY]);
  });

  it.each(['GK7P4-2MQXR', 'gk7p4 2mqxr', ' GK7P42MQXR. ', 'ＧＫ７Ｐ４２ＭＱＸＲ'])(
    'is read as typed: %s',
    (typed) => {
      expect(readCode(typed)).toBe('GK7P42MQXR');
      expect(groupCode('GK7P42MQXR')).toBe('GK7P4-2MQXR');
    },
  );

  it('opens an account without an address: password, then the identifier, which no mail promises', async () => {
    const visitor = new Visitor();
    const code = groupCode(await give()).toLowerCase();
    expect((await visitor.open('/code')).title).toBe('J’ai un code de mon gestionnaire – Portail locataire');
    const page = await post({ reference: '471 4', code }, visitor);
    expect([page.status, page.title]).toEqual([200, 'Création du mot de passe – Portail locataire']);
    expect(page.text).toContain('Bonjour Marie-Dominique Orsoni');
    expect(await count('accounts')).toBe(0);
    const created = await visitor.submit('/code', { reference: '471 4', code, ...passwords(PASSWORD) });
    expect(created.title).toBe('Votre compte est créé – Portail locataire');
    const identifier = /NHCAPAL\d{6}/.exec(created.html)?.[0] ?? '';
    expect(created.text).toContain('Aucun courriel ne vous le rappellera');
    expect(created.text).not.toContain('second courriel');
    const space = await signIn(identifier);
    expect(space.text).toContain('Bonjour Marie-Dominique Orsoni');
    expect(space.text).toContain('Adresse e-mail Aucune');
    expect(space.text).toContain('Ajouter une adresse e-mail');
    expect(mails()).toEqual([]);
    expect(await findBroken()).toEqual([]);
  });

  it('keeps the password’s rule, and loses nothing of what was typed', async () => {
    const code = await give();
    const weak = await post({ code, ...passwords('court') });
    expect(weak.status).toBe(422);
    expect(weak.html).toContain(`name="code" value="${code}"`);
    expect((await post({ code, ...passwords('Orsoni-1956') })).text).toContain('dans votre nom');
    expect((await post({ code, mot_de_passe: PASSWORD, confirmation: 'x' })).html).toContain(
      'confirmation-error',
    );
    expect((await post({ code, mot_de_passe: '' })).html).toContain('mot_de_passe-error');
    expect((await use(code)).location).toBe('/activation/compte-cree');
  });

  it('leads an account that is there to a new password: sessions end, the pause is lifted, its address is told', async () => {
    const holder = new Visitor();
    await holder.post('/inscription', MARIE);
    await holder.post(linkIn(lastMail(MARIE.email)), passwords(PASSWORD));
    const identifier = identifierIn(lastMail(MARIE.email));
    await signIn(identifier, PASSWORD, holder);
    for (let nth = 0; nth < 6; nth++) await signIn(identifier, 'Wrong-1234');
    expect((await signIn(identifier)).status).toBe(429);
    const code = await give();
    await runCron();
    expect(lastMail(MARIE.email).subject).toBe('Un code pour votre compte');
    const visitor = new Visitor();
    const page = await post({ code }, visitor);
    expect(page.text).toContain('Votre identifiant de connexion est');
    const done = await visitor.submit('/code', { reference: '471', code, ...passwords(NEW) });
    expect(done.title).toBe('Votre mot de passe est changé – Portail locataire');
    expect(done.html).toContain(identifier);
    expect((await holder.open('/espace')).status).toBe(303);
    expect((await signIn(identifier, NEW)).text).toContain('Bonjour');
    expect(lastMail(MARIE.email).subject).toBe('Votre mot de passe a changé');
    expect((await row('SELECT email FROM accounts'))?.email).toBe(MARIE.email);
    expect(await count('accounts')).toBe(1);
  });

  it('makes a pending account active, without the address that nobody has proved', async () => {
    await new Visitor().post('/inscription', { ...MARIE, ...emails('stranger@x.example.fr') });
    const link = linkIn(lastMail('stranger@x.example.fr'));
    await use(await give());
    expect(await row('SELECT state, email FROM accounts')).toEqual({ state: 'active', email: null });
    expect((await new Visitor().post(link, passwords(NEW))).status).toBe(410);
    expect(await findBroken()).toEqual([]);
  });

  it.each(['holder', 'landlord'])('opens nothing once the %s has closed the account', async (who) => {
    const holder = await openByCode();
    const code = await give();
    if (who === 'holder') {
      const visitor = new Visitor();
      await signIn(holder, PASSWORD, visitor);
      await visitor.post('/espace/fermeture', { compte: holder, mot_de_passe_actuel: PASSWORD });
    } else {
      const account = await row("SELECT id FROM accounts WHERE state = 'active'");
      await closeForLandlord(db, Number(account?.id), 'asked', Date.now());
    }
    expect(await count('accounts', "state = 'closed'")).toBe(1);
    expect((await use(code)).text).toMatch(WRONG);
    expect(await count('accounts')).toBe(1);
  });

  it('opens nothing for a client whom staff holds since', async () => {
    const code = await give();
    await env.DB.prepare("UPDATE clients SET held_at = 1 WHERE reference = '471'").run();
    const held = await use(code);
    await env.DB.prepare('UPDATE clients SET held_at = NULL').run();
    expect([held.status, held.text]).toEqual([
      422,
      expect.stringContaining('Un compte ne peut pas être ouvert ici'),
    ]);
    expect(await count('accounts')).toBe(0);
    expect((await use(code)).location).toBe('/activation/compte-cree');
  });

  it('tells the address in the landlord’s file, which proves nothing and gets no link', async () => {
    await env.DB.prepare("UPDATE clients SET email = 'file@x.example.fr' WHERE reference = '471'").run();
    await use(await give());
    const mail = lastMail('file@x.example.fr');
    expect(mail.subject).toBe('Un compte ouvert à votre nom');
    expect(mail.text).not.toMatch(/NHCAPAL|orsoni|\/activation/i);
  });

  it('of two who share a reference leads each to their own account', async () => {
    const shared = await env.DB.prepare(
      "SELECT reference, group_concat(family_name || '/' || given_name) AS who FROM clients WHERE kind = 'tenant' GROUP BY reference HAVING count(*) > 1",
    ).first<{ reference: string }>();
    const { results } = await env.DB.prepare('SELECT id, given_name FROM clients WHERE reference = ?')
      .bind(shared?.reference)
      .all<{ id: number; given_name: string }>();
    const codes = [];
    for (const { id } of results)
      codes.push(
        await mintCode(db, {
          clientId: id,
          kind: 'counter',
          agent: AGENT,
          graceDays: 90,
          audit: () => [],
          now: Date.now(),
        }),
      );
    expect(codes.length).toBeGreaterThan(1);
    for (const [nth, minted] of codes.entries()) {
      const page = await post({ reference: shared?.reference ?? '', code: minted.ok ? minted.code : '' });
      expect(page.text.toLowerCase()).toContain(results[nth]?.given_name.toLowerCase().split(/[ -]/)[0]);
    }
  });
});

describe('one sentence answers', () => {
  const typed = (page: Page) => page.html.replaceAll(/value="[^"]*"/g, 'value=""').replace(/[\d.]{11,}/g, '');

  it('a wrong code, a wrong reference, a used, an expired, a replaced and a void code, at the same cost', async () => {
    const used = await give('472', 'counter', 'CASANOVA');
    await new Visitor().post('/code', { reference: '472', code: used, ...passwords(PASSWORD) });
    const replaced = await give('475', 'counter', 'MME DUPONT NEE MARTIN');
    await give('475', 'counter', 'MME DUPONT NEE MARTIN');
    const old = await give('480', 'post', 'M. SUSINI');
    later(20 * DAY);
    const spent = await give('488', 'counter', 'PAOLI');
    await env.DB.prepare(
      "UPDATE codes SET tries = 5 WHERE client_id = (SELECT id FROM clients WHERE reference = '488')",
    ).run();
    const code = await give();
    const cases = {
      wrong: { reference: '471', code: 'GAAAAAAAAA' },
      otherReference: { reference: '99999', code },
      used: { reference: '472', code: used },
      replaced: { reference: '475', code: replaced },
      expired: { reference: '480', code: old },
      spent: { reference: '488', code: spent },
      nobody: { reference: '474', code: 'PAAAAAAAAA' },
    };
    const seen = [];
    for (const fields of Object.values(cases)) {
      const { given, before } = await watchStatements(() => new Visitor().post('/code', fields));
      expect(given.text).toMatch(WRONG);
      seen.push([given.status, typed(given), before.flat().map(({ sql }) => sql)]);
    }
    for (const one of seen) expect(one).toEqual(seen[0]);
    expect(seen[0]?.[0]).toBe(422);
    expect((await use(code)).status).toBe(303);
  });

  it('five wrong tries, from anywhere: then the right one is void, and a new code helps', async () => {
    const code = await give();
    for (let nth = 0; nth < CODE.tries; nth++)
      expect((await post({ code: `GAAAAAAA${nth + 2}A` })).text).toMatch(WRONG);
    expect((await use(code)).text).toMatch(WRONG);
    expect(await count('accounts')).toBe(0);
    expect((await use(await give())).status).toBe(303);
  });

  it('a right try counts as none: looked at ten times, it still works', async () => {
    const code = await give();
    const visitor = new Visitor();
    for (let nth = 0; nth < 10; nth++) expect((await post({ code }, visitor)).status).toBe(200);
    expect((await row('SELECT tries FROM codes'))?.tries).toBe(0);
    expect((await use(code, visitor)).status).toBe(303);
  });

  it('what has not the shape of a code is said at its field, and counts nowhere', async () => {
    const code = await give();
    for (let nth = 0; nth < 8; nth++) {
      const page = await post({ code: 'G0O1I' });
      expect(page.html).toContain('id="code-error"');
    }
    expect((await post({ code: '' })).text).toContain('Recopiez le code');
    expect((await use(code)).status).toBe(303);
  });

  it('a network that tries too often is told when to come back; others are not kept out', async () => {
    const network = new Visitor().network;
    for (let nth = 0; nth < CODE.perNetwork; nth++)
      await post({ reference: `8${nth}`, code: 'GAAAAAAAAA' }, new Visitor(network));
    const code = await give();
    const page = await use(code, new Visitor(network));
    expect([page.status, page.text.includes('Trop d’essais depuis votre connexion')]).toEqual([429, true]);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await use(code)).status).toBe(303);
  });

  it('a client who left is told so, and only with the right code', async () => {
    const code = await give();
    await env.DB.prepare("UPDATE clients SET left_at = ? WHERE reference = '471'")
      .bind(Date.now() - 91 * DAY)
      .run();
    expect((await post({ code: 'GAAAAAAAAA' })).text).toMatch(WRONG);
    expect((await use(code)).text).toContain('votre contrat avec nous a pris fin');
    expect(await count('accounts')).toBe(0);
  });
});

describe('at once', () => {
  it('of forty uses of one code one wins, and there is one account', async () => {
    const code = await give();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, nth) =>
        use(code, new Visitor(`198.51.100.${nth}`), `Maquis-${nth + 10}a!`),
      ),
    );
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    for (const page of answers) if (page.status !== 303) expect(page.text).toMatch(WRONG);
    expect(await count('accounts')).toBe(1);
    expect(await count('events', "kind = 'code_used'")).toBe(1);
    expect(await findBroken()).toEqual([]);
  });

  it('a button tapped three times ends on the identifier; another password with it does not', async () => {
    const code = await give();
    const visitor = new Visitor();
    const taps = [await use(code, visitor), await use(code, visitor), await use(code, visitor)];
    expect(taps.map(({ location }) => location)).toEqual(Array(3).fill('/activation/compte-cree'));
    expect((await visitor.open('/activation/compte-cree')).html).toMatch(/NHCAPAL\d{6}/);
    expect((await use(code, new Visitor(), NEW)).text).toMatch(WRONG);
    later(11 * MINUTE);
    expect((await use(code, visitor)).text).toMatch(WRONG);
  });
});

describe('an account without an address', () => {
  it('is never promised a mail, and owes none to itself: password, closing, second sign-up, forgotten', async () => {
    const visitor = new Visitor();
    const identifier = await openByCode(visitor);
    await signIn(identifier, PASSWORD, visitor);
    const changed = await visitor.submit('/espace/mot-de-passe', {
      mot_de_passe_actuel: PASSWORD,
      ...passwords(NEW),
    });
    expect(changed.text).toContain('Votre mot de passe est changé.');
    expect((await visitor.open('/espace')).status).toBe(200);
    const again = await new Visitor().post('/inscription', MARIE);
    expect(again.status).toBe(409);
    expect(again.text).toContain('sans adresse e-mail');
    expect(again.text).not.toContain('courriel envoyé à l’adresse');
    expect((await new Visitor().post('/mot-de-passe-oublie', { identifiant: identifier })).status).toBe(303);
    const { reference, nom, date_naissance } = MARIE;
    const lost = { profil: 'locataire', reference, nom, date_naissance };
    expect((await new Visitor().post('/identifiant-oublie', lost)).status).toBe(303);
    expect((await visitor.open('/espace/mes-donnees')).status).toBe(200);
    const sessions = await visitor.open('/espace/sessions');
    expect(sessions.html).not.toContain('name="pas_moi"');
    expect((await visitor.post('/espace/sessions', { compte: identifier, pas_moi: 'oui' })).location).toBe(
      '/espace/mot-de-passe',
    );
    expect((await visitor.open('/espace')).status).toBe(200);
    const closed = await visitor.post('/espace/fermeture', { mot_de_passe_actuel: NEW });
    expect(closed.location).toBe('/connexion');
    expect((await row('SELECT state FROM accounts'))?.state).toBe('closed');
    expect((await visitor.open('/espace')).status).toBe(303);
    expect(await count('mails')).toBe(0);
    expect(await findBroken()).toEqual([]);
  });

  it('the other devices end with its password, and this one goes on', async () => {
    const [one, other] = [new Visitor(), new Visitor()];
    const identifier = await openByCode();
    await signIn(identifier, PASSWORD, one);
    await signIn(identifier, PASSWORD, other);
    await one.post('/espace/mot-de-passe', { mot_de_passe_actuel: PASSWORD, ...passwords(NEW) });
    expect([(await one.open('/espace')).status, (await other.open('/espace')).status]).toEqual([200, 303]);
  });

  it('gets one in the space, proved by its link; « mot de passe oublié » then reaches it', async () => {
    const visitor = new Visitor();
    const identifier = await openByCode(visitor);
    await signIn(identifier, PASSWORD, visitor);
    const page = await visitor.open('/espace/courriel');
    expect(page.title).toBe('Ajouter une adresse e-mail – Portail locataire');
    expect(page.text).not.toContain('Adresse actuelle');
    await visitor.post('/espace/courriel', { mot_de_passe_actuel: PASSWORD, ...emails('late@x.example.fr') });
    expect(mails().map(({ to }) => to)).toEqual(['late@x.example.fr']);
    expect((await visitor.open('/espace/courriel')).text).not.toContain('Votre adresse actuelle reste');
    const link = linkIn(lastMail('late@x.example.fr'));
    expect((await visitor.post(link)).location).toBe('/courriel/confirmee');
    expect((await visitor.open('/espace')).text).toContain('late@x.example.fr');
    expect((await visitor.open(link)).status).toBe(410);
    await new Visitor().post('/mot-de-passe-oublie', { identifiant: identifier });
    expect(lastMail('late@x.example.fr').text).toContain('/mot-de-passe/');
    expect(await findBroken()).toEqual([]);
  });

  it('« mot de passe oublié » says the same to everybody, and to see the landlord', async () => {
    const identifier = await openByCode();
    const said = [];
    for (const identifiant of [identifier, 'NHCAPAL000000'])
      said.push((await new Visitor().submit('/mot-de-passe-oublie', { identifiant })).html);
    expect(said[0]).toBe(said[1]);
    expect(said[0]).toContain('demandez un code à votre gestionnaire');
  });
});

describe('what ends a code', () => {
  it('the night after its days; a client whose name or birth date is corrected', async () => {
    await give('471', 'counter');
    await give('472', 'post', 'CASANOVA');
    later(20 * DAY);
    await runCron('23 3 * * *');
    expect(await count('codes')).toBe(1);
    later(10 * DAY);
    await runCron('23 3 * * *');
    expect(await count('codes')).toBe(0);
  });

  it('the night that corrects whose it is', async () => {
    await forgetClients();
    const orsoni = (nom: string) => tenant('471', nom, 'MARIE-DOMINIQUE', '14/07/1956');
    const martin = tenant('475', 'MARTIN', 'JEANNE', '21/09/1939');
    await night(orsoni('ORSONI'), martin);
    const [code, other] = [await give(), await give('475', 'post', 'MARTIN')];
    await night(orsoni('LECA'), martin);
    expect((await use(code)).text).toMatch(WRONG);
    expect((await post({ reference: '475', code: other })).status).toBe(200);
  });
});
