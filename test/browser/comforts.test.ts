// What JavaScript adds, and that nothing is missed without it.

import { beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, origin, type Visit } from './browser.ts';
import { clientOf, newClient } from './clients.ts';
import { checkPage } from './look.ts';
import { linkIn, newestMail } from './mailbox.ts';
import { emailOf, leave, openAccount, PASSWORD, read, send, signUp } from './steps.ts';

describe('with JavaScript', () => {
  it('shows and hides a password, and says which', async () => {
    const visit = await openBrowser({ width: 320, js: true });
    const { page } = visit;
    await page.goto('/connexion');
    const password = page.getByLabel('Mot de passe', { exact: true });
    await password.fill(PASSWORD);
    await page.getByRole('button', { name: 'Voir : Mot de passe' }).click();
    expect(await password.getAttribute('type')).toBe('text');
    expect(await read(page.getByRole('status'))).toBe('Le mot de passe est affiché.');
    await checkPage(visit);
    await page.getByRole('button', { name: 'Cacher : Mot de passe' }).click();
    expect(await password.getAttribute('type')).toBe('password');
    expect(await read(page.getByRole('status'))).toBe('Le mot de passe est caché.');
    expect(await password.inputValue()).toBe(PASSWORD);
  });

  it('ticks the lines of the rule while the password is typed, and tells what is missing when the typing rests', async () => {
    const { page } = await openBrowser({ width: 320, js: true });
    const client = clientOf('484');
    await signUp(page, client, emailOf(client));
    await page.goto(linkIn(await newestMail(emailOf(client))));
    for (const [key, ticked] of [
      ['m', 1],
      ['M', 2],
      ['1', 3],
      ['!', 4],
      ['abc', 4],
      ['d', 5],
    ] as const) {
      await page.locator('[name="mot_de_passe"]').pressSequentially(key);
      await expect.poll(() => page.locator('.rule .met').count()).toBe(ticked);
    }
    const said = page.locator('.rule [role="status"]');
    await expect.poll(() => read(said), { timeout: 15_000 }).toBe('Tout y est.');
    await page.locator('[name="mot_de_passe"]').fill('maquis2!');
    await expect.poll(() => read(said), { timeout: 15_000 }).toBe('Il manque : Une majuscule');
    await page.locator('[name="mot_de_passe"]').fill('');
    expect(await page.locator('.rule .met').count()).toBe(0);
    // Two fields, two names.
    for (const name of ['Voir : Nouveau mot de passe', 'Voir : Confirmation du nouveau mot de passe'])
      expect(await page.getByRole('button', { name }).count()).toBe(1);
  });

  it('lets who types before the scripts come go on, and ticks what was typed', async () => {
    const { page } = await openBrowser({ width: 320, js: true });
    const client = newClient();
    await signUp(page, client, emailOf(client));
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    await page.route('**/*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(linkIn(await newestMail(emailOf(client))), { waitUntil: 'commit' });
    const password = page.locator('[name="mot_de_passe"]');
    await password.pressSequentially('Maq');
    expect(await page.locator('.rule .met').count()).toBe(0);
    letGo();
    await page.getByRole('button', { name: 'Voir : Nouveau mot de passe' }).waitFor();
    await expect.poll(() => page.locator('.rule .met').count()).toBe(2);
    await page.keyboard.type('uis');
    expect(await password.inputValue()).toBe('Maquis');
  });

  it('copies the identifier without spaces, and says so', async () => {
    const { page } = await openBrowser({ width: 1280, js: true });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
    const { identifier } = await openAccount(page, clientOf('488'));
    await page.getByRole('button', { name: 'Copier' }).click();
    await page.getByRole('status').getByText('Copié').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(identifier);
  });

  it('sends a form once, however often its button is pressed, and again after coming back to it', async () => {
    const { page } = await openBrowser({ width: 320, js: true });
    await page.goto('/mot-de-passe-oublie');
    await page.locator('[name="identifiant"]').fill('NHCAPAL000001');
    let posts = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST') posts++;
    });
    await page.evaluate(PRESS_TWICE);
    await page.waitForURL('**/courriel');
    expect(posts).toBe(1);
    await page.goBack();
    // As a phone may keep the page: its button is itself again.
    expect(await page.locator('main button[aria-disabled]').count()).toBe(0);
    await send(page, 'Valider');
    expect(posts).toBe(2);
  });

  it('sends a form again after eight seconds when its first sending never arrived', async () => {
    const { page } = await openBrowser({ width: 320, js: true });
    await page.clock.install();
    await page.goto('/mot-de-passe-oublie');
    let posts = 0;
    await page.route('**/mot-de-passe-oublie', (route) => {
      posts++;
      return route.abort('aborted');
    });
    await page.evaluate(PRESS_TWICE);
    await expect.poll(() => posts).toBe(1);
    expect(await read(page.locator('main button'))).toBe('Envoi en cours…'.toUpperCase());
    await page.clock.runFor(8_000);
    expect(await read(page.locator('main button'))).toBe('VALIDER');
    await page.evaluate(PRESS_TWICE);
    await expect.poll(() => posts).toBe(2);
  });

  it('puts the reader at the summary when a form came back', async () => {
    const { page } = await openBrowser({ width: 320, js: true });
    await page.goto('/connexion');
    await send(page, 'Connexion');
    const focused = page.locator(':focus');
    expect(await focused.getAttribute('class')).toBe('summary');
    expect(await page.evaluate<string>(RING)).toBe('solid 3px');
    expect(await page.locator('.summary > [role="alert"]').count()).toBe(1);
  });
});

describe.each([
  { width: 320, height: 568, js: true },
  { width: 390, height: 700, js: true },
  { width: 320, height: 568, js: false },
  { width: 390, height: 700, js: false },
])('an error’s link, $width × $height, scripts: $js', ({ width, height, js }) => {
  it.each(['/inscription', '/identifiant-oublie', '/connexion'])(
    'leads on %s to the whole field: its label, hint and sentence in sight',
    async (address) => {
      const { page } = await openBrowser({ width: 320, js });
      await page.setViewportSize({ width, height });
      await page.goto(address);
      await leave(page, page.locator('main form [type="submit"]').first());
      const links = page.locator('.summary li a');
      const count = await links.count();
      expect(count).toBeGreaterThan(1);
      for (let nth = 0; nth < count; nth++) {
        const name = (await links.nth(nth).getAttribute('href'))?.slice(1) ?? '';
        await links.nth(nth).click();
        await expect.poll(() => page.evaluate<string>(wholeField(name))).toBe(`${name} whole`);
      }
    },
  );
});

describe('with the keyboard alone', () => {
  let visit: Visit;
  let identifier: string;

  beforeAll(async () => {
    visit = await openBrowser({ width: 1280, js: true });
    ({ identifier } = await openAccount(visit.page, clientOf('490')));
    await visit.page.context().clearCookies();
  });

  it('signs in, field by field, each with a visible focus', async () => {
    const { page } = visit;
    await page.goto('/connexion');
    const stops: string[] = [];
    const next = async () => {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate<string>(FOCUS));
    };
    await next();
    await page.keyboard.press('Enter');
    await next();
    await page.keyboard.type(identifier);
    await next();
    await page.keyboard.type(PASSWORD);
    await next();
    await next();
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(stops).toEqual(['Aller au contenu', 'identifiant', 'mot_de_passe', 'Voir', 'Connexion']);
    expect(page.url()).toBe(`${origin}/espace`);
  });

  it('signs out', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Me déconnecter' }).focus();
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(page.url()).toBe(`${origin}/connexion`);
  });
});

describe('without JavaScript', () => {
  it('shows none of the extras', async () => {
    const { page } = await openBrowser({ width: 320, js: false });
    await page.goto('/connexion');
    expect(await page.getByRole('button').count()).toBe(1);
    await openAccount(page, clientOf('494'));
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await read(page.locator('main'))).toContain('Voici votre identifiant :');
  });
});

const PRESS_TWICE = `(() => {
  const button = document.querySelector('main button[type="submit"]');
  button.click();
  button.click();
})()`;

/** The ring around what has the focus. */
const RING = `(() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle + ' ' + outlineWidth;
})()`;

/** Whether a field stands on the screen from its label to its lower edge, with the focus. */
function wholeField(name: string): string {
  return `(() => {
    const input = document.getElementById('${name}');
    const [top, bottom] = [
      input.closest('.field, fieldset').firstElementChild.getBoundingClientRect().top,
      input.getBoundingClientRect().bottom,
    ];
    const isWhole = top >= 0 && bottom <= innerHeight && document.activeElement === input;
    return isWhole ? '${name} whole' : ['${name}', top, bottom, document.activeElement.id].join(' ');
  })()`;
}

/** What has the focus, by its name or its words; in capitals, and so not as expected, when nobody can see it. */
const FOCUS = `(() => {
  const focused = document.activeElement;
  const name = focused.getAttribute('name') ?? focused.innerText.trim();
  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  const isSeen = outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2 && focused.getBoundingClientRect().top >= 0;
  return isSeen ? name : 'NOT SEEN: ' + name;
})()`;
