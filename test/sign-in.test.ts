import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSession } from '../src/account/sessions.ts';
import { DAY, MINUTE } from '../src/numbers.ts';
import { openDatabase } from '../src/platform/db.ts';
import { createAccount, type Holder } from './support/account.ts';
import { nextDay } from './support/clock.ts';
import { mails, openMailbox } from './support/mailbox.ts';
import { PASSWORD, type Page, Visitor } from './support/visitor.ts';

let marie: Holder;
const CASANOVA = { reference: '472', nom: 'CASANOVA', prenom: 'JEAN-BAPTISTE', date_naissance: '03/11/1948' };

beforeAll(async () => {
  openMailbox();
  marie = await createAccount();
});

// Each test begins on another day, when the failures of the one before are forgotten.
beforeEach(nextDay);

const signIn = (identifiant: string, mot_de_passe: string, visitor = new Visitor()) =>
  visitor.post('/connexion', { identifiant, mot_de_passe });

describe('POST /connexion', () => {
  it.each([
    ['as given', (id: string) => id],
    ['in small letters with spaces', (id: string) => ` ${id.toLowerCase().replace(/(\d{3})/g, ' $1')} `],
    [
      'with dots and O for 0, I for 1',
      (id: string) =>
        id
          .replace(/(\d{3})/g, '.$1')
          .replace(/0/g, 'O')
          .replace(/1/g, 'I'),
    ],
    ['without its prefix', (id: string) => id.replace('NHCAPA', '')],
    ['by its digits alone', (id: string) => id.replace('NHCAPAL', '')],
  ])('takes the identifier %s', async (_, write) => {
    const answer = await signIn(write(marie.identifier), PASSWORD);
    expect([answer.status, answer.location]).toEqual([303, '/espace']);
  });

  it('gives a session cookie no script reads, kept only as a hash, new at every sign-in', async () => {
    const visitor = new Visitor();
    visitor.cookies.set('__Host-session', 'chosen-by-somebody-else');
    const answer = await signIn(marie.identifier, PASSWORD, visitor);
    const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('__Host-session=')) ?? '';
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', 'Max-Age=43200'])
      expect(cookie).toContain(flag);
    expect(cookie).not.toContain('Domain');
    const first = visitor.cookies.get('__Host-session') ?? '';
    expect(first).toMatch(/^[\w-]{43}$/);
    await signIn(marie.identifier, PASSWORD, visitor);
    const second = visitor.cookies.get('__Host-session') ?? '';
    expect(second).not.toBe(first);
    visitor.cookies.set('__Host-session', first);
    expect((await visitor.open('/espace')).location).toContain('/connexion');
    const rows = JSON.stringify((await env.DB.prepare('SELECT * FROM sessions').all()).results);
    expect(rows).not.toContain(second);
  });

  it('leads on to the page that asked for it, never to another site', async () => {
    const lead = async (suite: string) =>
      (
        await new Visitor().post('/connexion', {
          identifiant: marie.identifier,
          mot_de_passe: PASSWORD,
          suite,
        })
      ).location;
    expect(await lead('/espace?vue=1')).toBe('/espace?vue=1');
    for (const evil of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)']) {
      expect(await lead(evil)).toBe('/espace');
    }
  });

  it('tells wrong password, unknown identifier, pending and closed accounts in one way, to the byte', async () => {
    await new Visitor().post('/inscription', {
      profil: 'locataire',
      ...CASANOVA,
      email: 'pending@x.example.fr',
      email_confirmation: 'pending@x.example.fr',
    });
    const rows = await env.DB.prepare(
      "SELECT identifier FROM accounts WHERE state = 'pending'",
    ).first<string>('identifier');
    await env.DB.prepare(
      `INSERT INTO accounts (client_id, identifier, state, created_at)
       SELECT id, 'NHCAPAL000007', 'closed', 0 FROM clients WHERE reference = '499'`,
    ).run();
    const typed = [marie.identifier, 'NHCAPAL000000', rows ?? '', 'NHCAPAL000007', '9999999'];
    const answers = await Promise.all(typed.map((identifier) => signIn(identifier, 'Wrong-1234')));
    const seen = answers.map((answer, nth) => normal(answer, typed[nth] ?? ''));
    expect(new Set(seen).size).toBe(1);
    expect(answers[0]?.status).toBe(422);
    expect(answers[0]?.text).toContain('L’identifiant ou le mot de passe n’est pas le bon.');
    expect(answers[0]?.html).not.toContain('Wrong-1234');
  });

  it.each([
    ['marie@example.fr', 'Il faut ici votre identifiant, pas votre adresse e-mail. Il commence par NHCAPAL.'],
    ['471', 'Un identifiant ressemble à NHCAPAL 123 456. Vérifiez qu’il ne manque aucun chiffre.'],
    ['NHCAPAL12345', 'Un identifiant ressemble à NHCAPAL 123 456.'],
    ['Orsoni', 'Un identifiant ressemble à NHCAPAL 123 456.'],
  ])(
    'says of « %s », which is nobody’s identifier, what to write; it counts as no try',
    async (typed, sentence) => {
      const before = mails().length;
      for (let nth = 0; nth < 7; nth++) {
        for (const path of ['/connexion', '/mot-de-passe-oublie']) {
          const answer = await new Visitor().post(path, { identifiant: typed, mot_de_passe: 'Wrong-1234' });
          expect(answer.status).toBe(422);
          expect(answer.text).toContain(sentence);
          expect(answer.html).toContain('id="identifiant-error"');
          expect(answer.html).toContain(`value="${typed}"`);
        }
      }
      expect(mails()).toHaveLength(before);
    },
  );

  it('warns when few tries are left, then pauses for a minute, even for the right password', async () => {
    const said: string[] = [];
    const visitor = new Visitor();
    for (let nth = 1; nth <= 5; nth++)
      said.push((await signIn(marie.identifier, 'Wrong-1234', visitor)).text);
    expect(said[0]).not.toContain('Encore');
    expect(said[1]).not.toContain('Encore');
    expect(said[2]).toContain('Encore 2 essais avant une pause de 1 minute.');
    expect(said[3]).toContain('Encore 1 essai avant une pause de 1 minute.');
    expect(said[4]).toMatch(/Trop d’essais : réessayez à \d+ h \d\d/);
    const paused = await signIn(marie.identifier, PASSWORD);
    expect([paused.status, paused.headers.get('retry-after')]).toEqual([429, '60']);
    vi.setSystemTime(Date.now() + MINUTE);
    expect((await signIn(marie.identifier, PASSWORD)).status).toBe(303);
    expect((await signIn(marie.identifier, 'Wrong-1234')).text).not.toContain('Encore');
  });

  it('pauses an invented identifier with the same words and delay as a real one', async () => {
    for (const identifier of [marie.identifier, 'NHCAPAL000001']) {
      for (let nth = 1; nth <= 5; nth++) await signIn(identifier, 'Wrong-1234');
    }
    const [real, invented] = [await signIn(marie.identifier, 'x'), await signIn('NHCAPAL000001', 'x')];
    expect(normal(real, marie.identifier)).toBe(normal(invented, 'NHCAPAL000001'));
    expect(real.status).toBe(429);
  });

  it('judges exactly five of fifty parallel tries, whichever way the identifier is written', async () => {
    const spellings = [
      marie.identifier,
      marie.identifier.toLowerCase(),
      marie.identifier.replace('NHCAPAL', ''),
    ];
    const tries = Array.from({ length: 50 }, (_, nth) => signIn(spellings[nth % 3] ?? '', `Wrong-${nth}a`));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 422)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(45);
  });

  it('judges at most twenty-five tries in a day, however patient they are', async () => {
    let judged = 0;
    for (let hour = 0; hour < 23; hour++) {
      for (let nth = 0; nth < 6; nth++)
        judged += (await signIn(marie.identifier, 'Wrong-1234')).status === 422 ? 1 : 0;
      vi.setSystemTime(Date.now() + 60 * MINUTE);
    }
    expect(judged).toBe(25);
    expect((await signIn(marie.identifier, PASSWORD)).status).toBe(429);
    vi.setSystemTime(Date.now() + 60 * MINUTE);
    expect((await signIn(marie.identifier, PASSWORD)).status).toBe(303);
  });

  it('says only after a right password that the client left, and lets who came back in', async () => {
    const left = env.DB.prepare("UPDATE clients SET left_at = ? WHERE reference = '471'");
    await left.bind(Date.now() - 90 * DAY).run();
    expect((await signIn(marie.identifier, 'Wrong-1234')).text).not.toContain('contrat');
    // However often: a right password is no guess, and never leads to a pause.
    for (let times = 0; times < 7; times++) {
      const refused = await signIn(marie.identifier, PASSWORD);
      expect(refused.status).toBe(422);
      expect(refused.text).toContain('votre contrat avec nous a pris fin');
    }
    await left.bind(null).run();
    expect((await signIn(marie.identifier, PASSWORD)).status).toBe(303);
  });

  it('takes a password of any length without fault', async () => {
    for (const password of ['x', 'é', 'x'.repeat(5000)])
      expect((await signIn(marie.identifier, password)).status).toBe(422);
  });

  it('asks for what is missing in the leaflet’s words', async () => {
    const answer = await signIn('', '');
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('id="identifiant-error">Vous devez indiquer un identifiant.');
    expect(answer.html).toContain('id="mot_de_passe-error">Indiquez votre mot de passe.');
  });
});

it('opens no session when the password was reset between the check and the opening', async () => {
  const row = await env.DB.prepare('SELECT id, password_hash AS hash FROM accounts WHERE identifier = ?')
    .bind(marie.identifier)
    .first<{ id: number; hash: string }>();
  if (!row) throw new Error('Marie has no account');
  const set = env.DB.prepare('UPDATE accounts SET password_hash = ? WHERE id = ?');
  await set.bind('another hash', row.id).run();
  const opening = {
    accountId: row.id,
    proof: { kind: 'password', hash: row.hash, upgraded: undefined, count: { key: 'k' } } as const,
    device: 'iphone' as const,
    formerToken: undefined,
  };
  const open = () => openSession(openDatabase(env.DB), { ...opening, now: Date.now() });
  const sessions = () => env.DB.prepare('SELECT count(*) AS n FROM sessions').first<number>('n');
  const before = await sessions();
  expect(await open()).toBeUndefined();
  expect(await sessions()).toBe(before);
  await set.bind(row.hash, row.id).run();
  expect(await open()).toMatch(/^[\w-]{43}$/);
});

describe('a shared phone', () => {
  it('says on /connexion who is signed in, and lets the next person take over', async () => {
    const visitor = new Visitor();
    await signIn(marie.identifier, PASSWORD, visitor);
    const page = await visitor.open('/connexion');
    expect(page.text).toContain('C’est le compte de Marie-Dominique Orsoni qui est ouvert.');
    const cookie = visitor.cookies.get('__Host-session') ?? '';
    const out = await visitor.post('/deconnexion');
    expect(out.location).toBe('/connexion');
    expect(out.headers.get('clear-site-data')).toContain('"cache"');
    visitor.cookies.set('__Host-session', cookie);
    expect((await visitor.open('/espace')).location).toContain('/connexion');
  });

  it('once signed in and out, the page shows the next person neither the identifier nor what was done', async () => {
    const { visitor, identifier } = await createAccount({
      reference: '480',
      nom: 'SUSINI',
      prenom: 'ANGE',
      date_naissance: '02/02/1933',
    });
    expect((await visitor.open('/connexion')).html).toContain(identifier);
    await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
    await visitor.post('/deconnexion');
    expect((await visitor.open('/connexion')).html).not.toContain(identifier);
  });

  it('signs out only by POST', async () => {
    const visitor = new Visitor();
    await signIn(marie.identifier, PASSWORD, visitor);
    expect((await visitor.open('/deconnexion')).status).toBe(405);
    expect((await visitor.open('/espace')).status).toBe(200);
  });
});

describe('a session', () => {
  it('ends after thirty idle minutes, and is kept alive by use', async () => {
    const visitor = new Visitor();
    await signIn(marie.identifier, PASSWORD, visitor);
    for (let times = 0; times < 4; times++) {
      vi.setSystemTime(Date.now() + 20 * MINUTE);
      expect((await visitor.open('/espace')).status).toBe(200);
    }
    vi.setSystemTime(Date.now() + 30 * MINUTE);
    expect((await visitor.open('/espace')).location).toBe('/connexion?suite=%2Fespace');
    // Said once: the cookie goes with it.
    const over = 'Votre session a pris fin : l’espace se ferme après 30 minutes sans activité';
    expect((await visitor.open('/connexion?suite=%2Fespace')).text).toContain(over);
    expect((await visitor.open('/connexion')).text).not.toContain(over);
  });

  it('ends after twelve hours, however much it is used', async () => {
    const visitor = new Visitor();
    await signIn(marie.identifier, PASSWORD, visitor);
    for (let times = 0; times < 35; times++) {
      vi.setSystemTime(Date.now() + 20 * MINUTE);
      expect((await visitor.open('/espace')).status).toBe(200);
    }
    vi.setSystemTime(Date.now() + 20 * MINUTE);
    expect((await visitor.open('/espace')).status).toBe(303);
  });

  it('of a client whose grace is over no longer opens the space', async () => {
    const visitor = new Visitor();
    await signIn(marie.identifier, PASSWORD, visitor);
    const left = env.DB.prepare("UPDATE clients SET left_at = ? WHERE reference = '471'");
    await left.bind(Date.now() - 90 * DAY).run();
    expect((await visitor.open('/espace')).status).toBe(303);
    await left.bind(null).run();
  });
});

/** An answer without what may differ: what was typed, and no header but the names and values that matter. */
function normal(answer: Page, typed: string): string {
  const headers = JSON.stringify([...answer.headers].sort());
  return `${answer.status} ${headers} ${answer.html.replaceAll(typed, 'TYPED')}`;
}
