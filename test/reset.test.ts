import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MINUTE } from '../src/numbers.ts';
import { createAccount, type Holder, newTenant } from './support/account.ts';
import { nextDay } from './support/clock.ts';
import { lastMail, linkIn, mails, openMailbox, providerIs, provisionalIn } from './support/mailbox.ts';
import {
  emails,
  MARIE,
  PASSWORD,
  type Page,
  passwords,
  readPage,
  request,
  runCron,
  Visitor,
} from './support/visitor.ts';

const NEW = 'Granit-7b?';

beforeEach(() => {
  openMailbox();
  nextDay();
});

async function nextHolder(): Promise<Holder> {
  const holder = await createAccount(await newTenant());
  openMailbox();
  return holder;
}

const ask = (identifiant: string) => new Visitor().post('/mot-de-passe-oublie', { identifiant });
const signIn = async (identifiant: string, mot_de_passe: string, visitor = new Visitor()) =>
  (await visitor.post('/connexion', { identifiant, mot_de_passe })).status;

async function resetLink({ identifier, email }: Holder): Promise<string> {
  expect((await ask(identifier)).location).toBe('/mot-de-passe-oublie/courriel');
  return linkIn(lastMail(email));
}

describe('/mot-de-passe-oublie', () => {
  it('speaks as the leaflet does', async () => {
    const page = await new Visitor().open('/mot-de-passe-oublie');
    for (const words of [
      'Demande de réinitialisation du mot de passe',
      'Remarque : vous devez avoir renseigné une adresse e-mail dans votre espace personnel.',
      'Valider Annuler',
    ]) {
      expect(page.text).toContain(words);
    }
    const empty = await ask('');
    expect([empty.status, empty.text]).toEqual([
      422,
      expect.stringContaining('Vous devez indiquer un identifiant.'),
    ]);
  });

  it('answers known, unknown, pending, closed and locked alike, to the byte, with the same statements', async () => {
    const holder = await nextHolder();
    const pending = await nextHolder();
    const closed = await nextHolder();
    await env.DB.prepare("UPDATE accounts SET state = 'pending' WHERE identifier = ?")
      .bind(pending.identifier)
      .run();
    await env.DB.prepare("UPDATE accounts SET state = 'closed' WHERE identifier = ?")
      .bind(closed.identifier)
      .run();
    vi.setSystemTime(Date.now() + 2 * MINUTE);
    const batch = vi.spyOn(env.DB, 'batch');
    const seen: string[] = [];
    const statements: number[][] = [];
    for (const identifier of [
      holder.identifier,
      pending.identifier,
      closed.identifier,
      'NHCAPAL000000',
      '9999999',
    ]) {
      batch.mockClear();
      const answer = await ask(identifier);
      statements.push([batch.mock.calls[0]?.[0].length ?? 0]);
      const page = await new Visitor().open(answer.location ?? '');
      seen.push([answer.status, JSON.stringify([...answer.headers].sort()), answer.html, page.html].join());
    }
    batch.mockRestore();
    expect(new Set(seen).size).toBe(1);
    expect(new Set(statements.flat()).size).toBe(1);
    expect(mails(holder.email)).toHaveLength(1);
    expect(mails(pending.email).map(({ subject }) => subject)).toEqual(['Activez votre compte']);
    expect(mails(closed.email)).toHaveLength(0);
  });

  it('keeps the mailed link good when asked again too soon, and replaces it when asked apart', async () => {
    const holder = await nextHolder();
    const first = await resetLink(holder);
    await ask(holder.identifier);
    expect(mails()).toHaveLength(1);
    expect((await new Visitor().open(first)).status).toBe(200);
    vi.setSystemTime(Date.now() + 2 * MINUTE);
    const second = await resetLink(holder);
    const old = await new Visitor().open(first);
    expect(old.status).toBe(410);
    expect(old.text).toMatch(
      /Un lien plus récent vous a été envoyé.*Le bon courriel est celui qui a été demandé à \d+ h \d\d/,
    );
    expect((await new Visitor().open(second)).status).toBe(200);
  });
});

describe('/mot-de-passe/:token', () => {
  it('sets a new password: sessions end, the lock is lifted, a notice leaves, the identifier is filled in', async () => {
    const holder = await nextHolder();
    await signIn(holder.identifier, PASSWORD, holder.visitor);
    for (let nth = 0; nth < 5; nth++) await signIn(holder.identifier, 'Wrong-1234');
    expect(await signIn(holder.identifier, PASSWORD)).toBe(429);
    const visitor = new Visitor();
    const link = await resetLink(holder);
    for (let times = 0; times < 3; times++)
      expect((await visitor.open(link)).text).toContain('Nouveau mot de passe');
    const page = await visitor.submit(link, passwords(NEW));
    expect(page.text).toContain('Votre mot de passe est changé. Connectez-vous avec le nouveau.');
    expect(page.html).toContain(`value="${holder.identifier}"`);
    expect((await holder.visitor.open('/espace')).location).toContain('/connexion');
    const notice = lastMail(holder.email);
    expect(notice.subject).toBe('Votre mot de passe a changé');
    expect(notice.text).not.toMatch(/https:|Granit/);
    expect(await signIn(holder.identifier, NEW)).toBe(303);
    expect(await signIn(holder.identifier, PASSWORD)).toBe(422);
    const used = await visitor.open(link);
    expect([used.status, used.title]).toEqual([410, 'Ce lien a déjà servi – Portail locataire']);
  });

  it('ends the session of whoever else was signed in on this phone', async () => {
    const [other, holder] = [await nextHolder(), await nextHolder()];
    await signIn(other.identifier, PASSWORD, other.visitor);
    const cookie = other.visitor.cookies.get('__Host-session') ?? '';
    expect((await other.visitor.post(await resetLink(holder), passwords(NEW))).status).toBe(303);
    other.visitor.cookies.set('__Host-session', cookie);
    expect((await other.visitor.open('/espace')).location).toContain('/connexion');
  });

  it('has one winner and one notice out of forty parallel uses; the winner’s password signs in', async () => {
    const holder = await nextHolder();
    const link = await resetLink(holder);
    const tries = Array.from({ length: 40 }, (_, nth) => `Granit-${nth}b?`);
    const answers = await Promise.all(
      tries.map((password) => new Visitor('198.51.100.8').post(link, passwords(password))),
    );
    const won = answers.flatMap(({ status }, nth) => (status === 303 ? [nth] : []));
    expect(won).toHaveLength(1);
    await runCron();
    expect(mails(holder.email)).toHaveLength(2);
    expect(await signIn(holder.identifier, tries[won[0] ?? 0] ?? '')).toBe(303);
    expect(await signIn(holder.identifier, tries[won[0] === 0 ? 1 : 0] ?? '')).toBe(422);
  });

  it('is dead after an hour, says so, and mails a new link in one tap', async () => {
    const holder = await nextHolder();
    const link = await resetLink(holder);
    vi.setSystemTime(Date.now() + 60 * MINUTE);
    const page = await new Visitor().open(link);
    expect(page.text).toContain('Ce lien a plus d’une heure.');
    expect(page.html).not.toContain('mot_de_passe"');
    expect((await new Visitor().post(link, passwords(NEW))).status).toBe(410);
    expect((await new Visitor().post(`${link}/nouveau-lien`)).location).toBe('/mot-de-passe-oublie/courriel');
    expect((await new Visitor().post(linkIn(lastMail(holder.email)), passwords(NEW))).status).toBe(303);
  });

  it('dead when the provisional password was asked for: its page repairs it too', async () => {
    const holder = await nextHolder();
    const link = await resetLink(holder);
    vi.setSystemTime(Date.now() + 61 * MINUTE);
    const dead = await new Visitor().post(`${link}/provisoire`, { identifiant: holder.identifier });
    expect(dead.status).toBe(410);
    const repair = /<form method="post" action="([^"]*)"/.exec(dead.html)?.[1] ?? '';
    expect((await new Visitor().post(repair)).location).toBe('/mot-de-passe-oublie/courriel');
    expect((await new Visitor().open(linkIn(lastMail(holder.email)))).status).toBe(200);
    const unknown = await new Visitor().post(`/mot-de-passe/${'A'.repeat(43)}/provisoire`, {
      identifiant: 'x',
    });
    expect(unknown.html).toContain(`href="/mot-de-passe/${'A'.repeat(43)}"`);
  });

  it('refuses tokens of another purpose', async () => {
    const holder = await nextHolder();
    const token = (await resetLink(holder)).split('/').at(-1) ?? '';
    for (const path of [`/activation/${token}`, `/courriel/${token}`]) {
      expect((await new Visitor().open(path)).status).toBe(410);
      expect(
        (await new Visitor().post(path, { ...passwords(NEW), identifiant: holder.identifier })).status,
      ).toBe(410);
    }
    await new Visitor().post('/inscription', { ...MARIE, ...(await newTenant()), ...emails('p@x.fr') });
    const activation = linkIn(lastMail('p@x.fr')).split('/').at(-1);
    expect((await new Visitor().post(`/mot-de-passe/${activation}`, passwords(NEW))).status).toBe(410);
    expect(await signIn(holder.identifier, PASSWORD)).toBe(303);
  });
});

describe('the provisional password', () => {
  const receive = async (holder: Holder) => {
    const link = await resetLink(holder);
    const answer = await new Visitor().post(`${link}/provisoire`, { identifiant: holder.identifier });
    expect(answer.location).toBe('/mot-de-passe-oublie/provisoire');
    return { link, password: provisionalIn(lastMail(holder.email)) };
  };

  it('comes by a second mail, opens one session, and nothing but the choice of a new password', async () => {
    const holder = await nextHolder();
    await signIn(holder.identifier, PASSWORD, holder.visitor);
    const { link, password } = await receive(holder);
    expect(password).toMatch(/^[A-HJ-NP-Za-km-z2-9-]{14}$/);
    const used = await new Visitor().open(link);
    expect(used.title).toContain('Ce lien a déjà servi');
    // The password has not changed: what to do when the second mail does not come?
    expect(used.text).toContain('Connectez-vous avec le dernier, ou demandez un autre lien.');
    expect(used.html).toContain('href="/mot-de-passe-oublie"');
    expect(await signIn(holder.identifier, PASSWORD)).toBe(303);
    const visitor = new Visitor();
    expect(await signIn(holder.identifier, password.replaceAll('-', ' '), visitor)).toBe(303);
    for (const path of ['/espace', '/espace/donnees', '/espace/courriel', '/espace/fermeture']) {
      expect((await visitor.open(path)).location).toBe('/espace/mot-de-passe');
    }
    expect(await signIn(holder.identifier, password)).toBe(422);
    expect(await signIn(holder.identifier, PASSWORD)).toBe(422);
    expect((await holder.visitor.open('/espace')).location).toContain('/connexion');
    const page = await visitor.open('/espace/mot-de-passe');
    expect(page.html).not.toContain('mot_de_passe_actuel');
    expect((await visitor.post('/espace/mot-de-passe', passwords(NEW))).location).toBe('/espace');
    expect((await visitor.open('/espace')).status).toBe(200);
    expect(await signIn(holder.identifier, NEW)).toBe(303);
  });

  it('lifts the pause of failed sign-ins, or its hour would pass before it could be used', async () => {
    const holder = await nextHolder();
    for (let nth = 0; nth < 5; nth++) await signIn(holder.identifier, 'Wrong-1234');
    const { password } = await receive(holder);
    expect(await signIn(holder.identifier, password)).toBe(303);
  });

  it('is sent to nobody who cannot type the identifier', async () => {
    const holder = await nextHolder();
    const link = await resetLink(holder);
    for (const identifiant of ['', 'NHCAPAL000000', 'x']) {
      expect((await new Visitor().post(`${link}/provisoire`, { identifiant })).status).toBe(422);
    }
    expect(mails()).toHaveLength(1);
    expect((await new Visitor().post(link, passwords(NEW))).status).toBe(303);
  });

  it('works for an hour after its mail left, even when the provider was down before', async () => {
    const holder = await nextHolder();
    const link = await resetLink(holder);
    providerIs('down');
    await new Visitor().post(`${link}/provisoire`, { identifiant: holder.identifier });
    expect(await signIn(holder.identifier, PASSWORD)).toBe(303);
    vi.setSystemTime(Date.now() + 90 * MINUTE);
    providerIs('up');
    await runCron();
    const password = provisionalIn(lastMail(holder.email));
    vi.setSystemTime(Date.now() + 59 * MINUTE);
    expect(await signIn(holder.identifier, password)).toBe(303);
  });

  it('is dead after its hour; the chosen password is as it was', async () => {
    const holder = await nextHolder();
    const { password } = await receive(holder);
    vi.setSystemTime(Date.now() + 60 * MINUTE);
    expect(await signIn(holder.identifier, password)).toBe(422);
    expect(await signIn(holder.identifier, PASSWORD)).toBe(303);
  });

  it('says so when the time to choose is over, and leads to another link: no password is left', async () => {
    const holder = await nextHolder();
    const { password } = await receive(holder);
    const visitor = new Visitor();
    await signIn(holder.identifier, password, visitor);
    vi.setSystemTime(Date.now() + 30 * MINUTE);
    const page = await visitor.post('/espace/mot-de-passe', passwords(NEW));
    expect([page.status, page.title]).toEqual([
      401,
      'Le temps pour choisir votre mot de passe est passé – Portail locataire',
    ]);
    expect(page.html).toContain('href="/mot-de-passe-oublie"');
    expect((await visitor.open('/espace')).location).toContain('/connexion');
  });

  it('opens exactly one session out of four parallel sign-ins', async () => {
    const holder = await nextHolder();
    const { password } = await receive(holder);
    const statuses = await Promise.all(Array.from({ length: 4 }, () => signIn(holder.identifier, password)));
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
  });

  it('is kept nowhere in clear', async () => {
    const holder = await nextHolder();
    const { password } = await receive(holder);
    const rows = await Promise.all(
      ['accounts', 'mails', 'events'].map((table) => env.DB.prepare(`SELECT * FROM ${table}`).all()),
    );
    expect(JSON.stringify(rows)).not.toContain(password.replaceAll('-', ''));
  });
});

it('with the setting off, neither the words nor the way of the provisional password remain', async () => {
  const holder = await nextHolder();
  const link = await resetLink(holder);
  const off = { ...env, PROVISIONAL_PASSWORD_BY_MAIL: 'off' };
  const sent = async (bindings = env) =>
    (await readPage(await request('/mot-de-passe-oublie/courriel', {}, bindings))).text;
  expect(await sent(off)).toContain('Un second courriel confirmera le changement.');
  expect(await sent()).toContain('ou vous le recevrez dans un second courriel.');
  const page = await readPage(await request(link, {}, off));
  expect([page.status, page.text.includes('provisoire')]).toEqual([200, false]);
  const body = new URLSearchParams({ identifiant: holder.identifier });
  expect((await request(`${link}/provisoire`, { method: 'POST', body }, off)).status).toBe(404);
  expect(mails()).toHaveLength(1);
});

describe('/identifiant-oublie', () => {
  const lost = (form: Record<string, string>) =>
    new Visitor().post('/identifiant-oublie', { profil: 'locataire', ...form });
  const same = (answer: Page) =>
    [answer.status, answer.location, answer.html, JSON.stringify([...answer.headers].sort())].join();

  it('mails the identifier to the address on file, and answers alike when nobody is recognised', async () => {
    const holder = await createAccount({
      reference: '486',
      nom: 'LE GOFF',
      prenom: 'YANN',
      date_naissance: '28/10/1982',
    });
    openMailbox();
    const answers = [
      await lost({ reference: '486', nom: 'Le Goff', date_naissance: '28 octobre 1982' }),
      await lost({ reference: '486', nom: 'Le Goff', date_naissance: '29 octobre 1982' }),
      await lost({ reference: '999', nom: 'Personne', date_naissance: '9 mars 1964' }),
    ];
    expect(new Set(answers.map(same)).size).toBe(1);
    expect(answers[0]?.location).toBe('/identifiant-oublie/courriel');
    const page = await new Visitor().open('/identifiant-oublie/courriel');
    expect(page.text).toContain('Pas encore de mot de passe choisi ? Ouvrez le courriel d’activation');
    expect(mails().map(({ to }) => to)).toEqual([holder.email]);
    expect(lastMail(holder.email).text).toContain('Bonjour Yann Le Goff');
    expect(lastMail(holder.email).text).toContain(holder.identifier);
  });

  it('gives two people who share one mailbox and one reference each the right one', async () => {
    const rose = await createAccount({
      reference: '496',
      nom: 'ALBERTINI',
      prenom: 'ROSE',
      date_naissance: '27/05/1942',
    });
    const blaise = await createAccount({
      reference: '496',
      nom: 'ALBERTINI',
      prenom: 'BLAISE',
      date_naissance: '03/02/1940',
    });
    openMailbox();
    await lost({ reference: '496', nom: 'Albertini', date_naissance: '27/05/1942' });
    expect(lastMail(rose.email).text).toContain(`Bonjour Rose Albertini`);
    expect(lastMail(rose.email).text).toContain(rose.identifier);
    await lost({ reference: '496', nom: 'Albertini', date_naissance: '03/02/1940' });
    expect(rose.email).toBe(blaise.email);
    expect(mails()).toHaveLength(2);
    expect(lastMail(blaise.email).text).toContain(blaise.identifier);
  });

  it('knows a supplier by reference and SIRET', async () => {
    const supplier = await createAccount({
      profil: 'fournisseur',
      reference: 'F-2025-0003',
      raison_sociale: 'Poli & Fils',
      siret: '33456789000035',
    });
    openMailbox();
    const answer = await lost({
      profil: 'fournisseur',
      reference: 'F-2025-0003',
      siret: '334 567 890 00035',
    });
    expect(answer.status).toBe(303);
    expect(lastMail(supplier.email).text).toContain(supplier.identifier);
  });

  it('says how to fix what is missing', async () => {
    const answer = await lost({});
    expect(answer.status).toBe(422);
    expect(answer.html.match(/class="error"/g)).toHaveLength(3);
  });
});
