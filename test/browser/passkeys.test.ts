// The whole way with a passkey, in a browser whose authenticator is Chromium's own virtual one.

import type { CDPSession, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type Visit } from './browser.ts';
import { clientOf } from './clients.ts';
import { look } from './look.ts';
import { newestMail } from './mailbox.ts';
import { emailOf, fill, follow, leave, openAccount, PASSWORD, read, send, signIn, titleOf } from './steps.ts';

const ENTER = 'Entrer avec mon empreinte, mon visage ou mon code';
const AGAIN = 'Essayer encore avec mon empreinte, mon visage ou mon code';
const BY_KEY = 'Confirmer avec mon empreinte, mon visage ou mon code';

// One account: each test has a browser and a phone of its own. The file knows only the year of this birth.
const client = { ...clientOf('478'), date_naissance: '12/05/1950' };
let identifier: string;
beforeAll(async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  ({ identifier } = await openAccount(page, client));
});

/** A phone that is unlocked by itself when it is asked to be; `unlocks` says whether it can. */
class Phone {
  readonly wire: CDPSession;
  readonly id: string;

  private constructor(wire: CDPSession, id: string) {
    this.wire = wire;
    this.id = id;
  }

  static async of(page: Page): Promise<Phone> {
    const wire = await page.context().newCDPSession(page);
    await wire.send('WebAuthn.enable');
    const { authenticatorId } = await wire.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new Phone(wire, authenticatorId);
  }

  async unlocks(can: boolean): Promise<void> {
    await this.wire.send('WebAuthn.setUserVerified', { authenticatorId: this.id, isUserVerified: can });
  }

  /** Whether it answers at once, without anybody asking: what the keyboard's offer would do by itself. */
  async answersByItself(does: boolean): Promise<void> {
    const options = { authenticatorId: this.id, enabled: does };
    await this.wire.send('WebAuthn.setAutomaticPresenceSimulation', options);
  }

  async passkeys() {
    const { credentials } = await this.wire.send('WebAuthn.getCredentials', { authenticatorId: this.id });
    return credentials;
  }
}

async function addThisDevice(page: Page, password = PASSWORD): Promise<void> {
  await page.goto('/espace/cles');
  await page.getByText('Moi, et personne d’autre').click();
  await fill(page, { mot_de_passe_actuel: password });
  await send(page, 'Continuer');
  await send(page, 'Déverrouiller et ajouter');
}

/** Signed in, on a phone without passkey. */
async function signedIn(width: 320 | 1280 = 320): Promise<Visit & { phone: Phone }> {
  const visit = await openBrowser({ width, js: true });
  const phone = await Phone.of(visit.page);
  await signIn(visit.page, identifier, PASSWORD);
  await visit.page.waitForURL('**/espace');
  return { ...visit, phone };
}

async function signOut(page: Page): Promise<void> {
  await Promise.all([
    page.waitForURL('**/connexion'),
    page.getByRole('button', { name: 'Me déconnecter' }).click(),
  ]);
}

describe.each([320, 1280] as const)('at %i px', (width) => {
  it('a device is prepared in the space, opens the account from the sign-in page, and is removed', async () => {
    const visit = await signedIn(width);
    const { page, phone } = visit;
    await look(visit, 'space-first');
    await page.goto('/espace/cles');
    await look(visit, 'keys-none');
    await page.getByText('Moi, et personne d’autre').click();
    await fill(page, { mot_de_passe_actuel: PASSWORD });
    await send(page, 'Continuer');
    await look(visit, 'key-new');
    await send(page, 'Déverrouiller et ajouter');
    expect(await read(page.locator('.done'))).toContain('C’est fait');
    await look(visit, 'keys-one');
    expect(await phone.passkeys()).toEqual([
      expect.objectContaining({ isResidentCredential: true, rpId: 'localhost' }),
    ]);
    expect((await newestMail(emailOf(client), 3)).subject).toBe('Un appareil ouvre votre compte');

    await phone.answersByItself(false);
    await signOut(page);
    await look(visit, 'sign-in-passkey');
    await phone.answersByItself(true);
    await send(page, ENTER);
    expect(await titleOf(page)).toBe('Mon espace – Portail locataire');
    await look(visit, 'space');
    // One step behind the landlord's services, where it names any: here it names none.
    await page.goto('/espace/compte');
    await look(visit, 'account');

    await page.goto('/espace/cles');
    expect(await read(page.locator('.cards'))).toMatch(/A servi le/);
    await leave(page, page.getByRole('link', { name: 'Retirer' }));
    await look(visit, 'key-removal');
    await send(page, BY_KEY);
    expect(await read(page.locator('.done'))).toContain('L’appareil est retiré');
    await signOut(page);
    await phone.answersByItself(true);
    await send(page, ENTER).catch(() => undefined);
    expect(await titleOf(page)).toMatch(/^Erreur : Votre compte ne s’est pas ouvert|^Connexion/);
  });
});

it('a phone that is not unlocked leads to a page with two ways: again, and the password', async () => {
  const visit = await signedIn();
  const { page, phone } = visit;
  await addThisDevice(page);
  // Before the sign-in page: there a phone that can would answer by itself.
  await phone.unlocks(false);
  await signOut(page);
  await send(page, ENTER);
  expect(await titleOf(page)).toBe('Erreur : Votre compte ne s’est pas ouvert – Portail locataire');
  await look(visit, 'passkey-failed');
  await phone.unlocks(true);
  await send(page, AGAIN);
  expect(await titleOf(page)).toBe('Mon espace – Portail locataire');
  await phone.unlocks(false);
  await signOut(page);
  await send(page, ENTER);
  await follow(page, 'Entrer avec mon identifiant et mon mot de passe');
  expect(await titleOf(page)).toBe('Connexion – Portail locataire');
});

it('a device that is prepared already says so, and a locked one that it needs a code', async () => {
  const { page, phone } = await signedIn();
  await addThisDevice(page);
  await addThisDevice(page);
  expect(await read(page.locator('main'))).toContain('Cet appareil ouvre déjà votre compte');
  expect(await phone.passkeys()).toHaveLength(1);
  await phone.wire.send('WebAuthn.clearCredentials', { authenticatorId: phone.id });
  await phone.unlocks(false);
  await addThisDevice(page);
  expect(await read(page.locator('main'))).toContain('Il doit avoir un code de verrouillage');
});

it('the keyboard offers it at the identifier: a phone that answers at once signs in without a press', async () => {
  const { page, phone } = await signedIn();
  await addThisDevice(page);
  await page.goto('/espace');
  await phone.answersByItself(false);
  await signOut(page);
  expect(await page.locator('#identifiant').getAttribute('autocomplete')).toBe('username webauthn');
  await phone.answersByItself(true);
  // Where the phone has answered already, the page is on its way and cannot be asked for again.
  await page.reload().catch(() => undefined);
  await page.waitForURL('**/espace');
});

it('a device said to be shared is not asked again, and a browser that cannot is told so', async () => {
  const visit = await signedIn();
  const { page } = visit;
  await page.goto('/espace/cles');
  await page.getByText('D’autres personnes aussi').click();
  await fill(page, { mot_de_passe_actuel: PASSWORD });
  await send(page, 'Continuer');
  await look(visit, 'keys-shared');
  await page.goto('/espace');
  expect(await page.getByRole('link', { name: 'Préparer cet appareil' }).count()).toBe(0);
  const old = await openBrowser({ width: 320, js: true });
  await old.page.addInitScript('delete window.PublicKeyCredential');
  await signIn(old.page, identifier, PASSWORD);
  expect(await old.page.getByRole('link', { name: 'Préparer cet appareil' }).isVisible()).toBe(false);
  await old.page.goto('/espace/cles');
  expect(await read(old.page.locator('main'))).toContain('Votre mot de passe suffit.');
  await look(old, 'keys-cannot');
  await old.page.goto('/connexion');
});

it('without JavaScript nothing of it is in the way, and a device can be removed', async () => {
  const { page } = await signedIn();
  await addThisDevice(page);
  const visit = await openBrowser({ width: 320, js: false });
  await visit.page.goto('/connexion');
  expect(await visit.page.getByRole('button', { name: ENTER }).isVisible()).toBe(false);
  await signIn(visit.page, identifier, PASSWORD);
  await visit.page.goto('/espace/cles');
  await look(visit, 'keys-one');
  await leave(visit.page, visit.page.getByRole('link', { name: 'Retirer' }).first());
  await fill(visit.page, { mot_de_passe_actuel: PASSWORD });
  await send(visit.page, 'Retirer cet appareil');
  expect(await read(visit.page.locator('.done'))).toContain('L’appareil est retiré');
});
