// Entering by a passkey, and the list of them: through the pages, with a phone that can lie.

import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { mintCode } from '../src/account/code/give.ts';
import { openDatabase } from '../src/platform/db.ts';
import { createAccount, type Holder, newTenant } from './support/account.ts';
import { Authenticator, optionsIn, type Said } from './support/authenticator.ts';
import { lastMail, linkIn, mails, openMailbox } from './support/mailbox.ts';
import { ORIGIN, PASSWORD, type Page, passwords, Visitor } from './support/visitor.ts';

beforeEach(() => {
  openMailbox();
  vi.useRealTimers();
});

const later = (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000);
const signIn = (visitor: Visitor, identifiant: string, mot_de_passe = PASSWORD) =>
  visitor.submit('/connexion', { identifiant, mot_de_passe });

/** What it fetches before `navigator.credentials.get()`. */
async function ask(
  visitor: Visitor,
  path = '/connexion/cle/defi',
  fields = {},
): Promise<{ challenge: string }> {
  return JSON.parse((await visitor.post(path, { x: '', ...fields })).html);
}

const begin = (visitor: Visitor, fields: Record<string, string> = { mot_de_passe_actuel: PASSWORD }) =>
  visitor.post('/espace/cles', { appareil: 'moi', ...fields });

type Enrolled = Holder & { phone: Authenticator; handle: string };

/** Adds a passkey as a tenant does, signed in already. */
async function enroll(holder: Holder, phone?: Authenticator): Promise<Enrolled> {
  const made = phone ?? (await Authenticator.make(ORIGIN));
  expect((await begin(holder.visitor)).location).toBe('/espace/cles/nouvelle');
  const { challenge, user } = optionsIn(await holder.visitor.open('/espace/cles/nouvelle'));
  const answer = await holder.visitor.post('/espace/cles/nouvelle', { cle: await made.create(challenge) });
  expect([answer.status, answer.location]).toEqual([303, '/espace/cles']);
  return { ...holder, phone: made, handle: user.id };
}

async function newHolder(): Promise<Holder> {
  const holder = await createAccount(await newTenant());
  await signIn(holder.visitor, holder.identifier);
  return holder;
}

/** Presses the button under the sign-in form. */
async function enter({ phone, handle }: Enrolled, visitor = new Visitor(), lie: Partial<Said> = {}) {
  const { challenge } = await ask(visitor);
  return visitor.post('/connexion/cle', { cle: await phone.get(challenge, handle, lie) });
}

const rows = async (sql: string) => (await env.DB.prepare(sql).all()).results;

describe('a passkey', () => {
  let holder: Enrolled;
  beforeAll(async () => {
    openMailbox();
    holder = await enroll(await newHolder());
  });

  it('is asked for as one that needs no identifier, is unlocked, and tells accounts apart', async () => {
    await begin(holder.visitor);
    const options = optionsIn(await holder.visitor.open('/espace/cles/nouvelle'));
    expect(options).toMatchObject({
      rp: { id: 'ophcapa.scepia.fr', name: 'OPH de la CAPA' },
      user: { name: holder.identifier, displayName: expect.stringMatching(/^Lucie, OPH/) },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      excludeCredentials: [{ type: 'public-key', id: holder.phone.id }],
    });
    expect(options.pubKeyCredParams.map(({ alg }: { alg: number }) => alg)).toEqual([-7, -257]);
    expect(options.user.id).not.toContain(holder.identifier);
    expect(options.challenge).toMatch(/^[\w-]{43}$/);
    const asked = await ask(new Visitor());
    expect(asked).toMatchObject({
      rpId: 'ophcapa.scepia.fr',
      userVerification: 'required',
      allowCredentials: [],
    });
  });

  it('opens the space, again and again, counted or not', async () => {
    for (const counter of [0, 0, 3, 4]) {
      const visitor = new Visitor();
      const answer = await enter(holder, visitor, { counter });
      expect([answer.status, answer.location]).toEqual([303, '/espace']);
      expect((await visitor.open('/espace')).text).toContain('Bonjour Lucie Vescovato');
    }
  });

  it('leads to where its person wanted to go, never elsewhere', async () => {
    for (const [suite, leads] of [
      ['/espace/sessions', '/espace/sessions'],
      ['https://evil.example', '/espace'],
    ] as const) {
      const visitor = new Visitor();
      const { challenge } = await ask(visitor);
      const cle = await holder.phone.get(challenge, holder.handle, { counter: 0x1000 + suite.length });
      expect((await visitor.post('/connexion/cle', { cle, suite })).location).toBe(leads);
    }
  });
});

/** Failed: the page with two ways, and nobody is signed in. */
async function expectRefused(answer: Page, visitor: Visitor) {
  expect([answer.status, answer.title]).toEqual([
    422,
    'Erreur : Votre compte ne s’est pas ouvert – Portail locataire',
  ]);
  expect(answer.text).toContain('Essayer encore avec mon empreinte');
  expect(answer.html).toContain('href="/connexion"');
  expect((await visitor.open('/espace')).location).toMatch(/^\/connexion/);
}

describe('is refused, with two ways on:', () => {
  let holder: Enrolled;
  beforeAll(async () => {
    openMailbox();
    holder = await enroll(await newHolder());
  });

  it.each<[string, Partial<Said>]>([
    ['a page of another origin', { origin: 'https://evil.example' }],
    ['a passkey for another host', { rpId: 'scepia.fr' }],
    ['a frame in another page', { crossOrigin: true }],
    ['a challenge that was never given', { challenge: 'A'.repeat(43) }],
    ['an answer to « make »', { type: 'webauthn.create' }],
    ['nobody there', { flags: 4 }],
    ['a device that was not unlocked', { flags: 1 }],
    ['somebody else’s handle', { userHandle: 'f'.repeat(64) }],
  ])('%s', async (_, lie) => {
    const visitor = new Visitor();
    await expectRefused(await enter(holder, visitor, lie), visitor);
  });

  it('an answer that is posted twice, even in one moment, even with its cookie', async () => {
    const visitor = new Visitor();
    const { challenge } = await ask(visitor);
    const cle = await holder.phone.get(challenge, holder.handle);
    const twin = new Visitor();
    for (const [name, value] of visitor.cookies) twin.cookies.set(name, value);
    const answers = await Promise.all([visitor, twin].map((one) => one.post('/connexion/cle', { cle })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
  });

  it('an answer taken to another browser', async () => {
    const [visitor, thief] = [new Visitor(), new Visitor()];
    const cle = await holder.phone.get((await ask(visitor)).challenge, holder.handle);
    await ask(thief);
    await expectRefused(await thief.post('/connexion/cle', { cle }), thief);
    expect((await visitor.post('/connexion/cle', { cle })).status).toBe(303);
  });

  it('a challenge of more than five minutes, or of another purpose', async () => {
    const visitor = new Visitor();
    const { challenge } = await ask(visitor);
    vi.useFakeTimers({ toFake: ['Date'] });
    later(5.1);
    await expectRefused(
      await visitor.post('/connexion/cle', { cle: await holder.phone.get(challenge, holder.handle) }),
      visitor,
    );
    vi.useRealTimers();
    const own = await ask(holder.visitor, '/espace/cles/defi', { compte: holder.identifier });
    const cle = await holder.phone.get(own.challenge, holder.handle);
    expect((await holder.visitor.post('/connexion/cle', { cle })).status).toBe(422);
  });

  it('a forged or missing challenge cookie', async () => {
    const visitor = new Visitor();
    const { challenge } = await ask(visitor);
    const cle = await holder.phone.get(challenge, holder.handle);
    const cookie = visitor.cookies.get('__Host-defi') ?? '';
    visitor.cookies.set(
      '__Host-defi',
      cookie.replace(/.$/, (sign) => (sign === 'A' ? 'B' : 'A')),
    );
    await expectRefused(await visitor.post('/connexion/cle', { cle }), visitor);
    visitor.cookies.clear();
    await expectRefused(await visitor.post('/connexion/cle', { cle }), visitor);
  });

  it('a copy, whose counter does not go on', async () => {
    const copied = await enroll(await newHolder());
    expect((await enter(copied, new Visitor(), { counter: 9 })).status).toBe(303);
    for (const counter of [9, 8, 0]) {
      const visitor = new Visitor();
      await expectRefused(await enter(copied, visitor, { counter }), visitor);
    }
    expect((await enter(copied, new Visitor(), { counter: 10 })).status).toBe(303);
  });

  it('one that was made for the portal’s former host', async () => {
    const moved = await enroll(await newHolder());
    await env.DB.prepare("UPDATE passkeys SET host = 'ancien.example.fr' WHERE id = ?")
      .bind(moved.phone.id)
      .run();
    const visitor = new Visitor();
    await expectRefused(await enter(moved, visitor), visitor);
    expect((await moved.visitor.open('/espace/cles')).text).toContain('l’adresse du portail a changé');
  });

  it('one of an account that was closed, or removed from it', async () => {
    const gone = await enroll(await newHolder());
    await gone.visitor.post('/espace/fermeture', { mot_de_passe_actuel: PASSWORD });
    const visitor = new Visitor();
    await expectRefused(await enter(gone, visitor), visitor);
    expect(await rows(`SELECT id FROM passkeys WHERE id = '${gone.phone.id}'`)).toEqual([]);
  });

  it.each(['', 'NotAllowedError', '{"id":1}', '\u0000'])('what is no answer at all: %j', async (cle) => {
    const visitor = new Visitor();
    await ask(visitor);
    await expectRefused(await visitor.post('/connexion/cle', { cle }), visitor);
  });
});

it('a client who left is told so, and comes in again when back', async () => {
  const holder = await enroll(await newHolder());
  const leave = (at: number | null) =>
    env.DB.prepare(
      'UPDATE clients SET left_at = ? WHERE id = (SELECT client_id FROM accounts WHERE identifier = ?)',
    )
      .bind(at, holder.identifier)
      .run();
  await leave(Date.now() - 91 * 86_400_000);
  const left = await enter(holder);
  expect([left.status, left.text.includes('votre contrat avec nous a pris fin')]).toEqual([422, true]);
  await leave(null);
  expect((await enter(holder)).status).toBe(303);
});

describe('/espace/cles', () => {
  it('adds a device for the current password; tells the address; lists it with its last use; notes both', async () => {
    const holder = await newHolder();
    const empty = await holder.visitor.open('/espace/cles');
    expect(empty.text).not.toContain('Les appareils qui ouvrent votre compte');
    const enrolled = await enroll(holder);
    expect(lastMail(holder.email).subject).toBe('Un appareil ouvre votre compte');
    expect(lastMail(holder.email).text).toContain(holder.identifier);
    const list = await holder.visitor.open('/espace/cles');
    expect(list.text).toMatch(/C’est fait\..*iPhone Ajouté le .* N’a pas encore servi/);
    expect((await holder.visitor.open('/espace/cles')).text).not.toContain('C’est fait');
    await enter(enrolled);
    expect((await holder.visitor.open('/espace/cles')).text).toMatch(/A servi le \d/);
    expect((await holder.visitor.open('/espace/sessions')).text).toContain(
      'Entrée sans mot de passe ajoutée, iPhone',
    );
    const data = JSON.parse((await holder.visitor.open('/espace/donnees')).html);
    expect(data.passkeys).toEqual([
      {
        device: 'iPhone',
        createdAt: expect.stringMatching(/^\d{4}-/),
        lastUsedAt: expect.stringMatching(/^\d{4}-/),
      },
    ]);
    expect((await holder.visitor.open('/espace/mes-donnees')).text).toContain(
      'Appareils qui ouvrent le compte',
    );
  });

  it('wants the password, and who uses the device; a device said to be shared is never added', async () => {
    const { visitor } = await newHolder();
    const without = await begin(visitor, {});
    expect([without.status, without.html.includes('mot_de_passe_actuel-error')]).toEqual([422, true]);
    expect((await begin(visitor, { mot_de_passe_actuel: 'Wrong-1234' })).status).toBe(422);
    const unsaid = await visitor.post('/espace/cles', { mot_de_passe_actuel: PASSWORD });
    expect([unsaid.status, unsaid.html.includes('appareil-error')]).toEqual([422, true]);
    expect((await visitor.open('/espace/cles/nouvelle')).location).toBe('/espace/cles');
    expect((await begin(visitor, { appareil: 'autres', mot_de_passe_actuel: PASSWORD })).location).toBe(
      '/espace/cles',
    );
    const shared = await visitor.open('/espace/cles');
    expect(shared.text).toContain('gardez votre mot de passe');
    expect(shared.html).not.toContain('name="appareil"');
    expect((await begin(visitor)).location).toBe('/espace/cles');
    expect((await visitor.open('/espace/cles/nouvelle')).location).toBe('/espace/cles');
    await visitor.post('/espace/cles', { partage: 'non' });
    expect((await visitor.open('/espace/cles')).html).toContain('name="appareil"');
  });

  it('makes nothing of a challenge of another session, of another purpose, that is old, or that was used', async () => {
    const [holder, other] = [await newHolder(), await newHolder()];
    const phone = await Authenticator.make(ORIGIN);
    const make = async (visitor: Visitor, challenge: string) =>
      (await visitor.post('/espace/cles/nouvelle', { cle: await phone.create(challenge) })).status;
    await begin(holder.visitor);
    const { challenge } = optionsIn(await holder.visitor.open('/espace/cles/nouvelle'));
    other.visitor.cookies.set('__Host-defi', holder.visitor.cookies.get('__Host-defi') ?? '');
    expect(await make(other.visitor, challenge)).toBe(422);
    const asked = await ask(holder.visitor, '/espace/cles/defi', { compte: holder.identifier });
    expect(await make(holder.visitor, asked.challenge)).toBe(422);
    await begin(holder.visitor);
    const { challenge: second } = optionsIn(await holder.visitor.open('/espace/cles/nouvelle'));
    expect(await make(holder.visitor, second)).toBe(303);
    const again = await Authenticator.make(ORIGIN);
    const replayed = await holder.visitor.post('/espace/cles/nouvelle', { cle: await again.create(second) });
    expect(replayed.status).toBe(422);
    await begin(holder.visitor);
    const { challenge: old } = optionsIn(await holder.visitor.open('/espace/cles/nouvelle'));
    vi.useFakeTimers({ toFake: ['Date'] });
    later(5.1);
    const cle = await again.create(old);
    const late = await holder.visitor.post('/espace/cles/nouvelle', { cle, compte: holder.identifier });
    expect([late.status, late.text.includes('La demande a plus de 5 minutes')]).toEqual([422, true]);
    expect(await rows(`SELECT id FROM passkeys WHERE id = '${again.id}'`)).toEqual([]);
  });

  it('says so when the device is known already, or did not answer', async () => {
    const { visitor } = await enroll(await newHolder());
    await begin(visitor);
    for (const [cle, sentence] of [
      ['InvalidStateError', 'Cet appareil ouvre déjà votre compte'],
      ['NotAllowedError', 'Votre appareil n’a pas répondu'],
    ] as const) {
      const answer = await visitor.post('/espace/cles/nouvelle', { cle });
      expect([answer.status, answer.text.includes(sentence)]).toEqual([422, true]);
    }
  });

  it('has room for ten', async () => {
    const { visitor, identifier } = await enroll(await newHolder());
    await env.DB.prepare(
      `INSERT INTO passkeys (id, account_id, public_key, counter, host, device, created_at)
        SELECT 'x' || value, account_id, public_key, 0, host, device, 1 FROM passkeys, json_each('[1,2,3,4,5,6,7,8,9]')
        WHERE account_id = (SELECT id FROM accounts WHERE identifier = ?)`,
    )
      .bind(identifier)
      .run();
    const full = await begin(visitor);
    expect([full.status, full.text.includes('10 appareils ouvrent déjà votre compte')]).toEqual([422, true]);
  });

  it('removes one for the current password, or for a passkey used now; then it opens nothing', async () => {
    const holder = await enroll(await newHolder());
    const second = await enroll(holder);
    const remove = (id: string, fields: Record<string, string>) =>
      holder.visitor.post('/espace/cles', { retirer: id, ...fields });
    const page = await holder.visitor.open(`/espace/cles?retirer=${holder.phone.id}`);
    expect(page.text).toContain('Retirer un appareil');
    expect((await remove(holder.phone.id, {})).status).toBe(422);
    expect((await remove(holder.phone.id, { mot_de_passe_actuel: 'Wrong-1234' })).status).toBe(422);
    expect((await enter(holder)).status).toBe(303);
    expect((await remove(holder.phone.id, { mot_de_passe_actuel: PASSWORD })).location).toBe('/espace/cles');
    const visitor = new Visitor();
    await expectRefused(await enter(holder, visitor), visitor);
    const { challenge } = await ask(holder.visitor, '/espace/cles/defi', { compte: holder.identifier });
    const cle = await second.phone.get(challenge, second.handle);
    expect((await remove(second.phone.id, { cle })).location).toBe('/espace/cles');
    const list = await holder.visitor.open('/espace/cles');
    expect(list.text).toContain('L’appareil est retiré');
    expect(list.html).not.toContain('class="cards"');
    // The same tap again finds what it asked for.
    expect((await remove(second.phone.id, { cle })).location).toBe('/espace/cles');
  });

  it('takes a fresh passkey in place of the password when one is added; one of another account, or used before, not', async () => {
    const [holder, other] = [await enroll(await newHolder()), await enroll(await newHolder())];
    const prove = async (of: Enrolled) => {
      const { challenge } = await ask(holder.visitor, '/espace/cles/defi', { compte: holder.identifier });
      return of.phone.get(challenge, of.handle);
    };
    const stranger = await begin(holder.visitor, { cle: await prove(other) });
    expect([stranger.status, stranger.html.includes('mot_de_passe_actuel-error')]).toEqual([422, true]);
    const cle = await prove(holder);
    const cookie = holder.visitor.cookies.get('__Host-defi') ?? '';
    expect((await begin(holder.visitor, { cle })).location).toBe('/espace/cles/nouvelle');
    holder.visitor.cookies.set('__Host-defi', cookie);
    expect((await begin(holder.visitor, { cle })).status).toBe(422);
  });

  it('touches no passkey of another account', async () => {
    const [holder, other] = [await newHolder(), await enroll(await newHolder())];
    await holder.visitor.post('/espace/cles', { retirer: other.phone.id, mot_de_passe_actuel: PASSWORD });
    expect((await holder.visitor.open(`/espace/cles?retirer=${other.phone.id}`)).text).not.toContain(
      'Retirer',
    );
    expect((await enter(other)).status).toBe(303);
  });
});

describe('after a new password by mail', () => {
  it('no passkey opens anything until its holder has seen the list and knows them all', async () => {
    const holder = await enroll(await newHolder());
    const visitor = new Visitor();
    await visitor.post('/mot-de-passe-oublie', { identifiant: holder.identifier });
    await visitor.post(linkIn(lastMail(holder.email)), passwords('Granit-7b?'));
    await expectRefused(await enter(holder, visitor), visitor);
    expect((await signIn(visitor, holder.identifier, 'Granit-7b?')).location).toBe('/espace/cles');
    const list = await visitor.open('/espace/cles');
    expect(list.text).toMatch(/Votre mot de passe a changé\. Reconnaissez-vous ces appareils \? .*iPhone/);
    await expectRefused(await enter(holder, new Visitor()), new Visitor());
    expect((await visitor.post('/espace/cles', { garder: 'oui' })).location).toBe('/espace');
    expect((await visitor.open('/espace')).status).toBe(200);
    expect((await enter(holder)).status).toBe(303);
  });

  it('a stranger’s is removed from that list, and the rest kept', async () => {
    const holder = await enroll(await newHolder());
    const stranger = await enroll(holder);
    const visitor = new Visitor();
    await visitor.post('/mot-de-passe-oublie', { identifiant: holder.identifier });
    await visitor.post(linkIn(lastMail(holder.email)), passwords('Granit-7b?'));
    await signIn(visitor, holder.identifier, 'Granit-7b?');
    await visitor.post('/espace/cles', { retirer: stranger.phone.id, mot_de_passe_actuel: 'Granit-7b?' });
    await visitor.post('/espace/cles', { garder: 'oui' });
    expect((await enter(stranger)).status).toBe(422);
    expect((await enter(holder)).status).toBe(303);
  });
});

it('after a new password by a code, on an account without an address, no passkey opens anything unseen', async () => {
  const { reference } = await newTenant();
  const db = openDatabase(env.DB);
  const [client] = await rows(`SELECT id FROM clients WHERE reference = '${reference}'`);
  const byCode = async (visitor: Visitor, password: string) => {
    const given = { clientId: Number(client?.id), kind: 'counter', agent: 'a@x.fr', graceDays: 90 } as const;
    const minted = await mintCode(db, { ...given, audit: () => [], now: Date.now() });
    if (!minted.ok) throw new Error('No code');
    const done = await visitor.submit('/code', { reference, code: minted.code, ...passwords(password) });
    return /NHCAPAL\d{6,7}/.exec(done.html)?.[0] ?? '';
  };
  const visitor = new Visitor();
  const identifier = await byCode(visitor, PASSWORD);
  await signIn(visitor, identifier);
  const stranger = await enroll({ visitor, identifier, email: '' });
  const holder = new Visitor();
  expect(await byCode(holder, 'Granit-7b?')).toBe(identifier);
  await expectRefused(await enter(stranger, new Visitor()), new Visitor());
  expect((await signIn(holder, identifier, 'Granit-7b?')).location).toBe('/espace/cles');
});

it('« ce n’est pas moi » removes all', async () => {
  const holder = await enroll(await newHolder());
  await enroll(holder);
  await holder.visitor.post('/espace/sessions', { pas_moi: 'oui' });
  const visitor = new Visitor();
  await expectRefused(await enter(holder, visitor), visitor);
  const left = await rows(
    `SELECT p.id FROM passkeys AS p JOIN accounts AS a ON a.id = p.account_id WHERE a.identifier = '${holder.identifier}'`,
  );
  expect(left).toEqual([]);
});

it('each new device is one mail', async () => {
  const holder = await newHolder();
  openMailbox();
  await enroll(await enroll(holder));
  expect(mails(holder.email).map(({ subject }) => subject)).toEqual(
    Array(2).fill('Un appareil ouvre votre compte'),
  );
});
