// Where a reader may end up off the road: each page says what happened and leads back.

import { beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type Visit } from './browser.ts';
import { clientOf } from './clients.ts';
import { look } from './look.ts';
import { openAccount, PASSWORD, read, signIn, titleOf } from './steps.ts';

/** As long as a token, and never given out. */
const UNKNOWN_TOKEN = 'A'.repeat(43);

let identifier: string;
let usedLink: string;

beforeAll(async () => {
  const { page } = await openBrowser({ width: 320, js: true });
  const account = await openAccount(page, clientOf('483'));
  identifier = account.identifier;
  usedLink = account.link;
});

describe.each([
  { where: 'a phone', width: 320, js: true },
  { where: 'a desk', width: 1280, js: true },
  { where: 'a phone in the dark', width: 320, js: true, dark: true },
] as const)('on $where', (reader) => {
  const end = async (address: string): Promise<Visit & { status?: number }> => {
    const visit = await openBrowser(reader);
    const answer = await visit.page.goto(address);
    return { ...visit, status: answer?.status() };
  };

  it('a used link leads to the sign-in page', async () => {
    const visit = await end(usedLink);
    expect(visit.status).toBe(410);
    expect(await titleOf(visit.page)).toBe('Ce lien a déjà servi – Portail locataire');
    expect(await visit.page.getByRole('link', { name: 'Se connecter' }).getAttribute('href')).toBe(
      '/connexion',
    );
    await look(visit, 'dead-used');
  });

  it('a link that was cut sends back to the mail', async () => {
    const visit = await end(usedLink.slice(0, -5));
    expect(visit.status).toBe(404);
    expect(await read(visit.page.locator('main'))).toContain('Ouvrez de nouveau le courriel');
    await look(visit, 'dead-malformed');
  });

  it('a link that is not known (yet) can be tried again', async () => {
    const visit = await end(`/activation/${UNKNOWN_TOKEN}`);
    expect(visit.status).toBe(410);
    expect(await visit.page.getByRole('link', { name: 'Réessayer' }).isVisible()).toBe(true);
    await look(visit, 'dead-unknown');
  });

  it('an address that does not exist offers what people look for', async () => {
    const visit = await end('/n-existe-pas');
    expect(visit.status).toBe(404);
    expect(await visit.page.locator('main').getByRole('link').count()).toBeGreaterThanOrEqual(2);
    await look(visit, 'not-found');
  });

  it('five wrong passwords pause the sign-in and say until when', async () => {
    const visit = await openBrowser(reader);
    const nobody = `NHCAPAL99${reader.width}${'dark' in reader ? 1 : 0}`;
    for (let tries = 1; tries <= 5; tries++) await signIn(visit.page, nobody, 'not-the-password');
    const said = () => read(visit.page.getByRole('alert'));
    expect(await said()).toMatch(/Trop d’essais : réessayez .*à \d{1,2} h \d\d\./);
    await look(visit, 'sign-in-paused');
    await signIn(visit.page, nobody, PASSWORD);
    expect(await said()).toMatch(/Trop d’essais : réessayez .*à \d{1,2} h \d\d\./);
  });

  it('the sign-in page says who is signed in already', async () => {
    const visit = await openBrowser(reader);
    await signIn(visit.page, identifier, PASSWORD);
    await visit.page.goto('/connexion');
    expect(await read(visit.page.locator('main'))).toContain('Maria de Fatima da Silva');
    await look(visit, 'sign-in-already');
  });
});
