// What an intruder may try with a session left open, a shared mailbox or a mistyped address, and how it ends.

import { beforeEach, expect, it, vi } from 'vitest';
import { MINUTE } from '../src/numbers.ts';
import { createAccount, type Holder, newTenant } from './support/account.ts';
import { nextDay } from './support/clock.ts';
import { interleave } from './support/interleave.ts';
import { lastMail, linkIn, mails, openMailbox, providerIs, provisionalIn } from './support/mailbox.ts';
import { emails, PASSWORD, passwords, runCron, Visitor } from './support/visitor.ts';

const NEW = 'Granit-7b?';
const NEW_ADDRESS = 'new@x.example.fr';

let holder: Holder;
let tenant: Awaited<ReturnType<typeof newTenant>>;

// Each test has a signed-in holder of its own, on a day of its own.
beforeEach(async () => {
  nextDay();
  openMailbox();
  tenant = await newTenant();
  holder = await createAccount(tenant);
  openMailbox();
  await signIn(PASSWORD, holder.visitor);
});

const signIn = async (mot_de_passe: string, visitor = new Visitor()) =>
  (await visitor.post('/connexion', { identifiant: holder.identifier, mot_de_passe })).location;

const change = (email = NEW_ADDRESS) =>
  holder.visitor.post('/espace/courriel', { mot_de_passe_actuel: PASSWORD, ...emails(email) });

const askReset = () => new Visitor().post('/mot-de-passe-oublie', { identifiant: holder.identifier });

it('counts wrong tries over all pages that ask for it: the sixth is paused, even with the right one', async () => {
  const { visitor } = holder;
  const wrong = { mot_de_passe_actuel: 'Faux-1234' };
  for (const path of ['/espace/fermeture', '/espace/courriel', '/espace/mot-de-passe', '/espace/fermeture'])
    await visitor.post(path, { ...wrong, ...emails(NEW_ADDRESS), ...passwords(NEW) });
  const fifth = await visitor.post('/espace/fermeture', wrong);
  expect(fifth.text).toContain('Ce n’est pas votre mot de passe actuel');
  const right = { mot_de_passe_actuel: PASSWORD };
  const sixth = await visitor.post('/espace/fermeture', right);
  expect(sixth.text).toContain('Trop d’essais : réessayez');
  vi.setSystemTime(Date.now() + MINUTE);
  expect((await visitor.post('/espace/mot-de-passe', { ...right, ...passwords(NEW) })).location).toBe(
    '/espace',
  );
  // A right one forgets the wrong ones.
  for (let nth = 0; nth < 4; nth++) await visitor.post('/espace/fermeture', wrong);
  const closed = await visitor.post('/espace/fermeture', { mot_de_passe_actuel: NEW });
  expect(closed.location).toBe('/connexion');
});

it('counts the identifiers tried on another device: a stranger’s mailbox must not guess it', async () => {
  await change();
  const link = linkIn(lastMail(NEW_ADDRESS));
  const stranger = new Visitor();
  for (let number = 100_000; number < 100_005; number++)
    await stranger.post(link, { identifiant: String(number) });
  const sixth = await stranger.post(link, { identifiant: holder.identifier });
  expect([sixth.status, sixth.location]).toEqual([422, null]);
  expect(sixth.text).toContain('Trop d’essais : réessayez');
  vi.setSystemTime(Date.now() + MINUTE);
  expect((await stranger.post(link, { identifiant: holder.identifier })).location).toBe(
    '/courriel/confirmee',
  );
});

it('a provisional password mailed to the old address does not outlive a new address', async () => {
  await askReset();
  await new Visitor().post(`${linkIn(lastMail(holder.email))}/provisoire`, {
    identifiant: holder.identifier,
  });
  const provisional = provisionalIn(lastMail(holder.email));
  await change();
  await holder.visitor.post(linkIn(lastMail(NEW_ADDRESS)));
  expect(await signIn(provisional)).toBeNull();
  expect((await holder.visitor.open('/espace')).status).toBe(200);
  expect(await signIn(PASSWORD)).toBe('/espace');
});

it('« ce n’est pas moi » always mails its link and voids a provisional password, however many mails came before', async () => {
  for (let nth = 0; nth < 3; nth++) {
    await askReset();
    vi.setSystemTime(Date.now() + 2 * MINUTE);
  }
  await new Visitor().post(`${linkIn(lastMail(holder.email))}/provisoire`, {
    identifiant: holder.identifier,
  });
  const provisional = provisionalIn(lastMail(holder.email));
  openMailbox();
  const page = await holder.visitor.submit('/espace/sessions', { pas_moi: 'oui' });
  expect(page.text).toContain('Un courriel vient de partir vers votre adresse');
  expect(await signIn(provisional)).toBeNull();
  expect((await new Visitor().post(linkIn(lastMail(holder.email)), passwords(NEW))).status).toBe(303);
});

it.each([
  ['/espace/courriel', emails('thief@x.example.fr')],
  ['/espace/mot-de-passe', passwords(NEW)],
  ['/espace/fermeture', {}],
] as const)(
  '« ce n’est pas moi » shuts out who knows the password, and voids what was on its way on it: %s',
  async (path, fields) => {
    const intruder = new Visitor();
    await signIn(PASSWORD, intruder);
    // The owner presses when the intruder's password is checked, and nothing is written yet.
    const calls = await interleave(
      () => intruder.post(path, { mot_de_passe_actuel: PASSWORD, ...fields }),
      () => holder.visitor.post('/espace/sessions', { pas_moi: 'oui' }),
      3,
    );
    expect(calls).toBeGreaterThanOrEqual(3);
    expect(await signIn(PASSWORD, intruder)).toBeNull();
    expect(await signIn(NEW, intruder)).toBeNull();
    expect(mails('thief@x.example.fr')).toEqual([]);
    expect((await new Visitor().post(linkIn(lastMail(holder.email)), passwords('Calanche-9c!'))).status).toBe(
      303,
    );
    expect(await signIn('Calanche-9c!')).toBe('/espace');
  },
);

it('tells the old address of a change and of another password, although the account was closed at once', async () => {
  providerIs('down');
  await change();
  await holder.visitor.post('/espace/mot-de-passe', { mot_de_passe_actuel: PASSWORD, ...passwords(NEW) });
  await holder.visitor.post('/espace/fermeture', { mot_de_passe_actuel: NEW });
  providerIs('up');
  vi.setSystemTime(Date.now() + 2 * MINUTE);
  await runCron();
  expect(
    mails(holder.email)
      .map(({ subject }) => subject)
      .sort(),
  ).toEqual([
    expect.stringMatching(/^Changement d’adresse demandé/),
    expect.stringMatching(/^Votre compte est fermé/),
    expect.stringMatching(/^Votre mot de passe a changé/),
  ]);
});

it('a reset lifts the pause of the current password too, which an intruder may have filled', async () => {
  for (let nth = 0; nth < 5; nth++) {
    await holder.visitor.post('/espace/fermeture', { mot_de_passe_actuel: `Faux-123${nth}` });
  }
  await askReset();
  await new Visitor().post(linkIn(lastMail(holder.email)), passwords(NEW));
  const back = new Visitor();
  await signIn(NEW, back);
  const closed = await back.post('/espace/fermeture', { mot_de_passe_actuel: NEW });
  expect(closed.location).toBe('/connexion');
});

it('a reminder that waited does not take the identifier to an address the account no longer has', async () => {
  providerIs('down');
  const { reference, nom, date_naissance } = tenant;
  await new Visitor().post('/identifiant-oublie', { profil: 'locataire', reference, nom, date_naissance });
  providerIs('up');
  await change();
  await holder.visitor.post(linkIn(lastMail(NEW_ADDRESS)));
  openMailbox();
  vi.setSystemTime(Date.now() + 2 * MINUTE);
  await runCron();
  expect(mails(holder.email)).toEqual([]);
});

it('a tab of who was signed in before acts for nobody else', async () => {
  const tabs = ['sessions', 'courriel', 'mot-de-passe', 'fermeture'];
  const next = await createAccount(await newTenant());
  for (const tab of tabs) {
    const { html } = await holder.visitor.open(`/espace/${tab}`);
    expect(html).toContain(`name="compte" value="${holder.identifier}"`);
  }
  const here = { identifiant: next.identifier, mot_de_passe: PASSWORD };
  expect((await holder.visitor.post('/connexion', here)).location).toBe('/espace');
  for (const tab of tabs) {
    const old = { compte: holder.identifier, pas_moi: 'oui', annuler: 'oui', mot_de_passe_actuel: PASSWORD };
    const answer = await holder.visitor.post(`/espace/${tab}`, { ...old, ...passwords(NEW) });
    expect([answer.status, answer.title]).toEqual([401, 'Votre session a pris fin – Portail locataire']);
  }
  expect((await holder.visitor.open('/espace/compte')).text).toContain(next.identifier.slice(-3));
  const own = { compte: next.identifier, toutes: 'oui' };
  expect((await holder.visitor.post('/espace/sessions', own)).status).toBe(303);
});
