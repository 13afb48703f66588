// People as they write, through the Worker: a sample of each kind, and what a phone does besides.

import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MINUTE } from '../src/numbers.ts';
import { createAccount, newTenant } from './support/account.ts';
import { addClient } from './support/client-row.ts';
import { habit, type Person, twoPeople } from './support/false-people.ts';
import { LONG, runs } from './support/fuzz.ts';
import { identifierIn, lastMail, linkIn, mails, openMailbox } from './support/mailbox.ts';
import { emails, MARIE, ORIGIN, PASSWORD, passwords, request, Visitor } from './support/visitor.ts';

beforeEach(() => {
  openMailbox();
});

let references = 5_000_000;

/** A new line of the client file; the reference is its own, ten apart from the next. */
async function addPerson(line: Partial<typeof MARIE>) {
  references += 10;
  const client = { ...MARIE, reference: String(references), ...line };
  await addClient({ ...client, email: '' });
  return client;
}

const signUp = (client: typeof MARIE, typed: Partial<typeof MARIE>) =>
  new Visitor().post('/inscription', { ...client, ...typed });

/** The address of the account of a reference. */
const addressOf = (reference: string) =>
  env.DB.prepare('SELECT a.email FROM accounts a JOIN clients c ON c.id = a.client_id WHERE c.reference = ?')
    .bind(reference)
    .first('email');

describe('/inscription lets in who writes', () => {
  const supplier = { profil: 'fournisseur', raison_sociale: 'MENUISERIE GRAZIANI', siret: '80123456700042' };
  it.each<[string, Partial<typeof MARIE>, Partial<typeof MARIE>]>([
    ['a letter with a stroke', { nom: 'DANG' }, { nom: 'Đặng' }],
    ['an umlaut written out', { nom: 'SCHÄFER' }, { nom: 'Schaefer' }],
    ['a name that is a joint', { nom: 'EP', prenom: 'SOPHEA' }, {}],
    ['half of a double name', { nom: 'LOPES FERREIRA' }, { nom: 'Ferreira' }],
    [
      'both names in both fields',
      { nom: 'GRAZIANI', prenom: 'ROSE' },
      { nom: 'Graziani Rose', prenom: 'Graziani Rose' },
    ],
    ['one slip of the finger', { nom: 'GRAZIANI' }, { nom: 'Grazaini' }],
    ['signs of direction and a tab', { prenom: 'ROSE MARIE' }, { prenom: '\u202aRose\tMarie\u202c' }],
    ['a date with what stands around it', {}, { date_naissance: 'Née le 14 juil. 1956 (70 ans).' }],
    ['a date in Arabic digits', {}, { date_naissance: '١٤/٠٧/١٩٥٦' }],
    ['a day that the notice does not know', { date_naissance: '00/00/1948' }, { date_naissance: '1948' }],
    ['no given name, as the notice', { nom: 'SUHARTO', prenom: '' }, { prenom: '' }],
    ['a company in another order', supplier, { raison_sociale: 'Graziani menuiserie SARL' }],
    ['a SIRET with its label', supplier, { siret: 'N° SIRET : 801 234 567/00042' }],
  ])('%s', async (_, line, typed) => {
    const client = await addPerson(line);
    expect((await signUp(client, typed)).location).toBe('/inscription/courriel');
  });

  it.each([
    ['Marie Orsoni <marie@wrapped.example.fr>.', 'marie@wrapped.example.fr'],
    ['\u200bmarie@SEEN.example.fr', 'marie@seen.example.fr'],
    ['marie@société.example', 'marie@xn--socit-esab.example'],
  ])('the address « %s », and the mail goes to %s', async (typed, address) => {
    const client = await addPerson({});
    expect((await signUp(client, emails(typed))).location).toBe('/inscription/courriel');
    expect(await addressOf(client.reference)).toBe(address);
    expect(lastMail(address).text).toContain('/activation/');
  });

  it('O for 0 and l for 1 among the digits of the reference', async () => {
    const client = await addPerson({ reference: '5901071' });
    expect((await signUp(client, { reference: '59O1O7l' })).status).toBe(422);
    expect((await signUp(client, { reference: '59Ol O71' })).location).toBe('/inscription/courriel');
  });
});

describe('/inscription asks for what was left out', () => {
  const lacks = async (client: typeof MARIE, typed: Partial<typeof MARIE>) => {
    const page = await signUp(client, typed);
    return [page.status, ...[...page.html.matchAll(/id="(\w+)-error"/g)].map(([, name]) => name)];
  };

  it('with the other things to mend, and alone', async () => {
    const client = await addPerson({});
    expect(await lacks(client, { prenom: '', nom: '' })).toEqual([422, 'nom', 'prenom']);
    expect(await lacks(client, { prenom: '' })).toEqual([422, 'prenom']);
    expect(await lacks(client, { prenom: '-', date_naissance: '1956' })).toEqual([
      422,
      'prenom',
      'date_naissance',
    ]);
  });

  it('and counts a try, whoever is under the reference: nobody learns for free who lacks it', async () => {
    const tries = () => env.DB.prepare('SELECT total(count) AS n FROM attempts').first<number>('n');
    const [whole, nameless] = [await addPerson({}), await addPerson({ nom: 'SUHARTO', prenom: '' })];
    for (const client of [whole, nameless]) {
      const before = await tries();
      expect(await lacks(client, { nom: 'Martin', prenom: '' })).toEqual([422, 'prenom']);
      expect(await tries()).toBeGreaterThan(before ?? 0);
    }
  });
});

it(
  'who is not one of two people never opens the other’s account',
  async () => {
    await fc.assert(
      fc.asyncProperty(twoPeople, habit, fc.boolean(), async (pair, write, isThere) => {
        const lineOf = ({ familyName, givenName, birthDate }: Person) => ({
          nom: familyName,
          prenom: givenName,
          date_naissance: birthDate.split('-').reverse().join('/'),
        });
        const other = await addPerson(lineOf(pair.other));
        if (isThere) await addPerson({ ...lineOf(pair.own), reference: other.reference });
        const page = await signUp(other, lineOf(write(pair.own)));
        const opened = await env.DB.prepare(
          'SELECT c.birth_date, c.given_name FROM accounts a JOIN clients c ON c.id = a.client_id WHERE c.reference = ?',
        )
          .bind(other.reference)
          .all<{ birth_date: string; given_name: string }>();
        const own = { birth_date: pair.own.birthDate, given_name: pair.own.givenName };
        expect(opened.results).toEqual(page.status === 303 ? [own] : []);
        expect([303, 422]).toContain(page.status);
      }),
      runs(60),
    );
  },
  LONG,
);

describe('a browser that keeps no cookie', () => {
  /** What a browser says of a page it is led to from a form of this portal. */
  const led = (referer: string) => ({ 'sec-fetch-site': 'same-origin', referer: `${ORIGIN}${referer}` });
  const read = async (path: string, headers: Record<string, string>) => {
    const answer = await request(path, { headers });
    return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
  };
  const SAYS = 'ne garde pas les cookies';

  it('is told so where the sign-in brings it back to', async () => {
    const space = await read('/espace', led('/connexion'));
    const back = await read(space.location ?? '', led('/connexion'));
    expect([back.status, back.html.includes(SAYS)]).toEqual([200, true]);
    // Not who comes from elsewhere, or whose browser sends a cookie.
    for (const headers of [
      { 'sec-fetch-site': 'none' },
      { referer: `${ORIGIN}/aide` },
      { ...led('/connexion'), cookie: 'a=b' },
    ])
      expect(
        (await read('/connexion?suite=%2Fespace', headers as Record<string, string>)).html,
      ).not.toContain(SAYS);
    expect((await read('/connexion', led('/connexion'))).html).not.toContain(SAYS);
  });

  it('is told where the identifier is, behind an activation', async () => {
    const page = await read('/activation/compte-cree', led(`/activation/${'a'.repeat(43)}`));
    expect([page.status, page.html.includes(SAYS), page.html.includes('href="/connexion"')]).toEqual([
      200,
      true,
      true,
    ]);
    expect((await read('/activation/compte-cree', {})).location).toBe('/connexion');
  });

  it('is told on the waiting page that its request is kept', async () => {
    expect((await read('/inscription/courriel', led('/inscription'))).html).toContain(SAYS);
    expect((await read('/inscription/courriel', { 'sec-fetch-site': 'none' })).html).not.toContain(SAYS);
  });
});

describe('a mailed link', () => {
  const mailed = async () => {
    const client = await addPerson({});
    const email = `${client.reference}@links.example.fr`;
    const visitor = new Visitor();
    await visitor.post('/inscription', { ...client, ...emails(email) });
    return { visitor, email, link: linkIn(lastMail(email)) };
  };

  it.each(['.', ')', '%3E', '%20', '%0D%0A', '=', '&utm=1', '?utm_source=mail', '%E2%80%A6'])(
    'opens and works with « %s » behind it',
    async (tail) => {
      const { visitor, link } = await mailed();
      expect((await visitor.open(link + tail)).status).toBe(200);
      expect((await visitor.post(link + tail, passwords(PASSWORD))).location).toBe('/activation/compte-cree');
    },
  );

  it('with a slash behind it leads to the link; cut, it is told as cut', async () => {
    const { visitor, link } = await mailed();
    const slash = await visitor.open(`${link}/`);
    expect([slash.status, slash.location]).toEqual([308, link]);
    expect((await visitor.open(link.slice(0, -2))).text).toContain('Une partie de l’adresse manque');
  });

  it('three taps end on the page with the identifier, with one account and one mail', async () => {
    const { visitor, link, email } = await mailed();
    const taps = await Promise.all([1, 2, 3].map(() => visitor.post(link, passwords(PASSWORD))));
    for (const { location } of taps) expect(location).toBe('/activation/compte-cree');
    expect((await visitor.open('/activation/compte-cree')).text).toContain(
      identifierIn(lastMail(email))?.slice(-3),
    );
    expect(mails().filter(({ to }) => to === email)).toHaveLength(2);
  });

  it('another password, or the same one later, finds it used', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { visitor, link } = await mailed();
    await visitor.post(link, passwords(PASSWORD));
    expect((await visitor.post(link, passwords('Granite-2b!'))).status).toBe(410);
    expect((await visitor.post(link, passwords(PASSWORD))).status).toBe(303);
    vi.setSystemTime(Date.now() + 10 * MINUTE);
    expect((await visitor.post(link, passwords(PASSWORD))).status).toBe(410);
    vi.useRealTimers();
  });

  it('tells nobody a password: five tries, then a pause', async () => {
    const { visitor, link } = await mailed();
    await visitor.post(link, passwords(PASSWORD));
    for (let n = 0; n < 5; n++)
      expect((await visitor.post(link, passwords(`Granite-${n}b!`))).status).toBe(410);
    expect((await visitor.post(link, passwords(PASSWORD))).status).toBe(410);
  });

  it('of a new password: a second tap ends at the sign-in too', async () => {
    const { visitor, identifier, email } = await createAccount(await newTenant());
    await visitor.post('/mot-de-passe-oublie', { identifiant: identifier });
    const link = linkIn(lastMail(email));
    for (const _ of [1, 2])
      expect((await visitor.post(link, passwords('Granite-2b!'))).location).toBe('/connexion');
    expect(mails().filter(({ subject }) => /mot de passe.*chang/i.test(subject))).toHaveLength(1);
  });
});

describe('a final slash leads to the address', () => {
  it.each([
    ['/espace/', '/espace'],
    ['/inscription/?reference=471', '/inscription?reference=471'],
    ['/aide//', '/aide'],
    ['//evil.example/', '/evil.example'],
  ])('%s → %s', async (path, location) => {
    const answer = await request(`${ORIGIN}${path}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([308, location]);
  });
});

describe('/connexion', () => {
  it('takes the identifier with a label, a part of its prefix, letters for digits and signs around it', async () => {
    const { identifier } = await createAccount(await newTenant());
    const digits = identifier.slice(-6);
    const like = digits.replaceAll('0', 'O').replaceAll('1', 'l');
    for (const identifiant of [
      `Identifiant : NHCAPAL n° ${digits}`,
      `NHCPAL${digits}`,
      `CAPAL ${digits}`,
      `nhcapal ${like}`,
      `\u2068${identifier}\u2069`,
    ])
      expect((await new Visitor().post('/connexion', { identifiant, mot_de_passe: PASSWORD })).location).toBe(
        '/espace',
      );
  });

  it('takes a provisional password as it was copied from the mail', async () => {
    const { identifier, email } = await createAccount(await newTenant());
    const visitor = new Visitor();
    await visitor.post('/mot-de-passe-oublie', { identifiant: identifier });
    await visitor.post(`${linkIn(lastMail(email))}/provisoire`, { identifiant: identifier });
    const [password = ''] = /[A-Za-z2-9]{4}(?:-[A-Za-z2-9]{4}){2}/.exec(lastMail(email).text) ?? [];
    const copied = `« ${password.replaceAll('-', '–')}\u200b ».`;
    expect(
      (await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: copied })).location,
    ).toBe('/espace');
  });

  it('finds the account of an earlier prefix before one of today with the same digits', async () => {
    const [early, today] = [await createAccount(await newTenant()), await createAccount(await newTenant())];
    await env.DB.prepare('UPDATE accounts SET identifier = ? WHERE identifier = ?')
      .bind('ANCIENL246801', early.identifier)
      .run();
    await env.DB.prepare('UPDATE accounts SET identifier = ? WHERE identifier = ?')
      .bind('NHCAPAL246801', today.identifier)
      .run();
    for (const identifiant of ['ANCIENL246801', 'NHCAPAL246801']) {
      const visitor = new Visitor();
      await visitor.post('/connexion', { identifiant, mot_de_passe: PASSWORD });
      expect((await visitor.open('/espace/compte')).html).toContain(identifiant.slice(0, -6));
    }
  });
});
