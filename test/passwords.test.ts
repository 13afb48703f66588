// New passwords, by the three ways that set one; and old hashes, made new at sign-in.

import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAccount, type Holder, newTenant } from './support/account.ts';
import { nextDay } from './support/clock.ts';
import { payFullCost, payLowCost } from './support/hashing.ts';
import { lastMail, linkIn, openMailbox } from './support/mailbox.ts';
import { emails, MARIE, OLD_HASH, PASSWORD, type Page, passwords, Visitor } from './support/visitor.ts';

beforeEach(() => {
  nextDay();
  openMailbox();
});

type Way = { setPassword: (password: string, confirmation?: string) => Promise<Page>; identifier: string };
type Tenant = Awaited<ReturnType<typeof newTenant>>;

/** The three ways that set a password, each ready for tries. */
const WAYS: Record<string, (tenant: Tenant) => Promise<Way>> = {
  async activation(tenant) {
    const visitor = new Visitor();
    await visitor.post('/inscription', { ...MARIE, ...tenant, ...emails('way@x.fr') });
    const link = linkIn(lastMail('way@x.fr'));
    const identifier = /NHCAPAL\d{6}/.exec((await visitor.open(link)).html)?.[0] ?? '';
    return { identifier, setPassword: (...typed) => visitor.post(link, pair(...typed)) };
  },
  async reset(tenant) {
    const { identifier, email } = await createAccount(tenant);
    await new Visitor().post('/mot-de-passe-oublie', { identifiant: identifier });
    const link = linkIn(lastMail(email));
    return { identifier, setPassword: (...typed) => new Visitor().post(link, pair(...typed)) };
  },
  async space(tenant) {
    const { identifier, visitor } = await createAccount(tenant);
    await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
    const current = { mot_de_passe_actuel: PASSWORD };
    return {
      identifier,
      setPassword: (...typed) => visitor.post('/espace/mot-de-passe', { ...current, ...pair(...typed) }),
    };
  },
};

const pair = (mot_de_passe: string, confirmation = mot_de_passe) => ({ mot_de_passe, confirmation });
const signIn = (identifiant: string, mot_de_passe: string, visitor = new Visitor()) =>
  visitor.post('/connexion', { identifiant, mot_de_passe });

describe.each(Object.keys(WAYS))('a new password, by the way of %s', (name) => {
  let way: Way;
  let tenant: Tenant;

  beforeEach(async () => {
    tenant = await newTenant();
    way = (await WAYS[name]?.(tenant)) as Way;
  });

  it('is refused with the reason at its field, and taken once it is good', async () => {
    const { identifier } = way;
    const cases: [string, string, string?][] = [
      ['', 'Indiquez votre nouveau mot de passe.'],
      ['Abc-12d', 'Il manquait des caractères (8 au moins). Indiquez de nouveau le mot de passe en entier'],
      ['maquis-2a', 'Il ne manque qu’une majuscule.'],
      ['MAQUIS-2A', 'Il ne manque qu’une minuscule.'],
      ['Maquis-aa', 'Il ne manque qu’un chiffre.'],
      ['Maquis2aa', 'Il ne manque qu’un caractère spécial (par exemple ! à la fin).'],
      // What Chrome’s own maker of passwords proposes.
      ['xK7mRt2PqW9vLsB', 'Il ne manque qu’un caractère spécial (par exemple ! à la fin).'],
      [
        'maquis',
        'Il manquait des caractères (8 au moins), une majuscule, un chiffre et un caractère spécial',
      ],
      [`Aa1!${'x'.repeat(125)}`, 'Ce mot de passe est trop long : 128 caractères au plus.'],
      ['Azerty1!', 'Les voleurs essaient « azerty » en premier, même avec des chiffres.'],
      ['Password1!', 'Les voleurs essaient « password » en premier'],
      ['Locataire2026!', 'Les voleurs essaient « locataire » en premier'],
      [`${titled(tenant.nom)}1956!`, 'dans votre nom : ce mot de passe est facile à deviner.'],
      [`${titled(tenant.prenom)}-1956`, 'dans votre nom : ce mot de passe est facile à deviner.'],
      [`${titled(identifier)}!`, 'Votre identifiant et votre référence sont écrits sur vos courriers.'],
      [`Aa${identifier.slice(-6)}!`, 'Votre identifiant et votre référence sont écrits sur vos courriers.'],
      ['OphCapa2026!', 'dans notre nom : ce mot de passe est facile à deviner.'],
    ];
    for (const [password, sentence] of cases) {
      const page = await way.setPassword(password);
      expect([password, page.status, page.title]).toEqual([
        password,
        422,
        expect.stringMatching(/^Erreur :/),
      ]);
      expect(page.text).toContain(sentence);
      expect(page.html).toContain('id="mot_de_passe-error"');
      // One thing to mend at a time.
      expect(page.html).not.toContain('id="confirmation-error"');
      if (password) expect(page.html).not.toContain(password);
    }
    expect((await way.setPassword('Maquis-2b!', 'Maquis-2c!')).html).toContain('id="confirmation-error"');
    const good = 'Soleil & 3 chèvres <Bleues>';
    expect((await way.setPassword(good)).status).toBe(303);
    expect((await signIn(identifier, good)).status).toBe(303);
  });
});

it('a password of 128 signs, spaces at its ends, counts to the last one', async () => {
  const holder = await createAccount(await newTenant());
  await signIn(holder.identifier, PASSWORD, holder.visitor);
  const long = ` Aé1 €"'😀${'x'.repeat(117)}Z `;
  expect([...long]).toHaveLength(128);
  const change = { mot_de_passe_actuel: PASSWORD, ...passwords(long) };
  expect((await holder.visitor.post('/espace/mot-de-passe', change)).status).toBe(303);
  for (const wrong of [long.trim(), long.replace('Z', 'z'), long.slice(0, -1)])
    expect((await signIn(holder.identifier, wrong)).status).toBe(422);
  expect((await signIn(holder.identifier, long.normalize('NFD'))).status).toBe(303);
});

const stored = (identifier: string) =>
  env.DB.prepare('SELECT password_hash FROM accounts WHERE identifier = ?')
    .bind(identifier)
    .first<string>('password_hash');

describe('a hash made with older parameters', () => {
  let holder: Holder;

  beforeEach(async () => {
    holder = await createAccount(await newTenant());
    await env.DB.prepare('UPDATE accounts SET password_hash = ? WHERE identifier = ?')
      .bind(OLD_HASH, holder.identifier)
      .run();
  });

  it('is replaced at the next sign-in, once', async () => {
    payFullCost();
    onTestFinished(payLowCost);
    expect((await signIn(holder.identifier, PASSWORD, holder.visitor)).status).toBe(303);
    const after = await stored(holder.identifier);
    expect(after).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect((await holder.visitor.open('/espace')).status).toBe(200);
    expect((await signIn(holder.identifier, PASSWORD)).status).toBe(303);
    expect(await stored(holder.identifier)).toBe(after);
    expect((await signIn(holder.identifier, `${PASSWORD}x`)).status).toBe(422);
  });

  it('stays as it is when the password is wrong', async () => {
    expect((await signIn(holder.identifier, 'Granit-7b?')).status).toBe(422);
    expect(await stored(holder.identifier)).toBe(OLD_HASH);
  });

  it('lets four sign-ins at once in, as a double tap does', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => signIn(holder.identifier, PASSWORD)));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
    expect((await signIn(holder.identifier, PASSWORD)).status).toBe(303);
  });

  it('leaves a mailed reset link good', async () => {
    await new Visitor().post('/mot-de-passe-oublie', { identifiant: holder.identifier });
    await signIn(holder.identifier, PASSWORD);
    expect((await new Visitor().open(linkIn(lastMail(holder.email)))).status).toBe(200);
  });

  it('costs who needs no upgrade neither a hash nor a statement', async () => {
    const batch = vi.spyOn(env.DB, 'batch');
    const sizes: number[][] = [];
    for (const _ of ['old', 'of today']) {
      batch.mockClear();
      await signIn(holder.identifier, PASSWORD);
      sizes.push(batch.mock.calls.map(([statements]) => statements.length));
    }
    batch.mockRestore();
    const [old, today] = sizes;
    expect(old).toHaveLength(2);
    expect(today).toEqual([old?.[0], (old?.[1] ?? 0) - 1]);
  });
});

const titled = (name: string) => name.charAt(0) + name.slice(1).toLowerCase();
