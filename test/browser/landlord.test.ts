// Another landlord's portal by settings alone: its road, its other pages and its letters say no word of the first.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_LANDLORD, OTHER_SETTINGS } from '../support/landlords.ts';
import { openBrowser, type Visit } from './browser.ts';
import { clientOf } from './clients.ts';
import { look } from './look.ts';
import { linkIn, newestMail } from './mailbox.ts';
import { startPortal } from './portal.ts';
import { emailOf, fill, PASSWORD, read, readIdentifier, send, signIn, signUp } from './steps.ts';

// Mailed links lead to where this portal is.
const { PORTAL_ORIGIN: _, ...settings } = OTHER_SETTINGS;
let portal: Awaited<ReturnType<typeof startPortal>>;
beforeAll(async () => {
  portal = await startPortal(settings);
}, 120_000);
afterAll(() => portal.end());

it('its cron has run before anybody comes', async () => {
  const health = await fetch(`${portal.origin}/sante`);
  expect(await health.json()).toMatchObject({ status: 'ok', cronSeconds: expect.any(Number) });
});

const OPEN = [
  '/inscription/aide',
  '/code',
  '/mot-de-passe-oublie',
  '/identifiant-oublie',
  '/aide',
  '/plan-du-site',
  '/accessibilite',
  '/mentions-legales',
  '/donnees-personnelles',
  '/nulle-part',
];
const OWN = [
  '/espace/compte',
  '/espace/cles',
  '/espace/mot-de-passe',
  '/espace/courriel',
  '/espace/sessions',
  '/espace/mes-donnees',
  '/espace/fermeture',
];

describe.each([
  { where: 'a phone', reference: '475', width: 320 },
  { where: 'a desk', reference: '486', width: 1280 },
] as const)('on $where', ({ reference, width }) => {
  // Its database is its own: any client may be taken.
  const client = clientOf(reference);
  const email = emailOf(client);
  let visit: Visit;
  let identifier: string;

  beforeAll(async () => {
    visit = await openBrowser({ width, js: true, portal: portal.origin });
  });

  /** Looks at the page: it names its landlord, and not the first one, nor in what is not seen. */
  async function lookAt(name: string): Promise<void> {
    expect(await read(visit.page.locator('body'))).toContain(OTHER_SETTINGS.ORGANISATION_NAME);
    expect(await visit.page.content()).not.toMatch(FIRST_LANDLORD);
    await look(visit, `landlord/${name}`);
  }

  async function readMail(count: number): Promise<string> {
    const mail = await newestMail(email, count, portal.origin);
    expect(JSON.stringify(mail)).not.toMatch(FIRST_LANDLORD);
    expect(mail.text.replaceAll('\u00a0', ' ')).toContain(OTHER_SETTINGS.CONTACT_PHONE);
    return linkIn(mail);
  }

  it('the road from the notice to the space', async () => {
    const { page } = visit;
    await page.goto('/connexion');
    await lookAt('sign-in');
    await page.goto('/inscription');
    await lookAt('sign-up');
    await signUp(page, client, email);
    await lookAt('waiting');
    await page.goto(await readMail(1));
    await lookAt('password');
    await fill(page, { mot_de_passe: PASSWORD, confirmation: PASSWORD });
    await send(page, 'Créer mon compte');
    identifier = await readIdentifier(page);
    expect(identifier).toMatch(/^GRANITL\d{6}$/);
    await lookAt('created');
    await readMail(2);
    await signIn(page, identifier, PASSWORD);
    await lookAt('space');
  });

  it('what only who is signed in sees; hours are the landlord’s', async () => {
    for (const path of OWN) {
      await visit.page.goto(path);
      await lookAt(path.slice(1).replace('/', '-'));
    }
    await visit.page.goto('/espace/sessions');
    const clock = { timeZone: OTHER_SETTINGS.TIME_ZONE, hour: 'numeric', hourCycle: 'h23' } as const;
    const hour = Number.parseInt(new Date().toLocaleTimeString('fr', clock), 10);
    expect(await read(visit.page.locator('main'))).toMatch(new RegExp(`à ${hour} h`));
    const data = await visit.page.request.get('/espace/donnees');
    expect(await data.text()).not.toMatch(FIRST_LANDLORD);
    await visit.page.goto('/espace');
    await send(visit.page, 'Me déconnecter');
  });

  it('the way back in, and what everybody may read', async () => {
    for (const path of OPEN) {
      await visit.page.goto(path);
      await lookAt(path.slice(1).replace('/', '-'));
    }
    await visit.page.goto('/mot-de-passe-oublie');
    await fill(visit.page, { identifiant: identifier });
    await send(visit.page, 'Valider');
    await visit.page.goto(await readMail(3));
    await lookAt('reset');
  });
});
