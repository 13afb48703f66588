// Phones that are slow, and browsers that keep no cookie, as they are.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { openBrowser, origin } from './browser.ts';
import { type Client, newClient } from './clients.ts';
import { CHROMIUM } from './here.ts';
import { look } from './look.ts';
import { linkIn, newestMail } from './mailbox.ts';
import { emailOf, fill, PASSWORD, read, readIdentifier, send, signIn, signUp, titleOf } from './steps.ts';

const openLink = async (page: Page, client: Client) => {
  await page.goto(linkIn(await newestMail(emailOf(client))));
  await fill(page, { mot_de_passe: PASSWORD, confirmation: PASSWORD });
};

it('three taps on a slow phone without JavaScript end on the page with the identifier', async () => {
  const { page } = await openBrowser({ width: 320, js: false });
  const client = newClient();
  await signUp(page, client, emailOf(client));
  await openLink(page, client);
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  const slow = { offline: false, latency: 900, downloadThroughput: 50_000, uploadThroughput: 50_000 };
  await network.send('Network.emulateNetworkConditions', slow);
  const submit = page.getByRole('button', { name: 'Créer mon compte' });
  await submit.scrollIntoViewIfNeeded();
  const button = await submit.boundingBox();
  for (const _ of [1, 2, 3]) {
    await page.mouse.click((button?.x ?? 0) + 10, (button?.y ?? 0) + 10);
    await new Promise((resolve) => setTimeout(resolve, 350));
  }
  await page.waitForURL('**/activation/compte-cree');
  expect(await readIdentifier(page)).toMatch(/^NHCAPAL\d{6}$/);
});

describe('a browser that keeps no cookie', () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-cookies-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Chromium with « Bloquer tous les cookies » in its settings. */
  async function openBare() {
    mkdirSync(join(folder, 'Default'), { recursive: true });
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
    writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
      baseURL: origin,
      viewport: { width: 320, height: 640 },
    });
    const page = await context.newPage();
    return { page, reader: { width: 320, js: true }, faults: [] } as const;
  }

  it('is told so at each step, and what to do', async () => {
    const { page, ...rest } = await openBare();
    const visit = { page, ...rest, faults: [] };
    const client = newClient();
    const { reference, nom, prenom, date_naissance } = client;
    await page.goto('/inscription');
    const address = { email: emailOf(client), email_confirmation: emailOf(client) };
    await fill(page, { reference, nom, prenom, date_naissance, ...address });
    await send(page, 'Créer mon compte');
    expect(await titleOf(page)).toBe('Ouvrez le courriel reçu – Portail locataire');
    await look(visit, 'no-cookies-waiting');
    await openLink(page, client);
    await send(page, 'Créer mon compte');
    expect(await read(page.locator('main'))).toContain('Votre identifiant est dans le second courriel');
    await look(visit, 'no-cookies-created');
    const [identifier = ''] = /NHCAPAL\d{6}/.exec((await newestMail(emailOf(client), 2)).text) ?? [];
    await signIn(page, identifier, PASSWORD);
    expect(await read(page.locator('main'))).toContain(
      'Votre navigateur ne garde pas les cookies de ce portail.',
    );
    await look(visit, 'no-cookies-sign-in');
    await page.context().close();
  });
});
