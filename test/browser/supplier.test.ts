// A supplier fills in the other half of the same form: the style sheet alone switches it.

import { expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { clientOf } from './clients.ts';
import { look } from './look.ts';
import { linkIn, newestMail } from './mailbox.ts';
import { emailOf, fill, PASSWORD, read, readIdentifier, send, signIn } from './steps.ts';

const PLUMBER = clientOf('F-2024-0017');

it('switches the fields with the radio buttons, and back, without JavaScript', async () => {
  const { page } = await openBrowser({ width: 320, js: false });
  await page.goto('/inscription');
  const shown = (name: string) => page.locator(`[name="${name}"]`).isVisible();
  const shownNow = async () => [await shown('nom'), await shown('date_naissance'), await shown('siret')];
  expect(await shownNow()).toEqual([true, true, false]);
  await page.getByText('Fournisseur', { exact: true }).click();
  expect(await shownNow()).toEqual([false, false, true]);
  expect(await page.getByRole('img', { name: /avis d’échéance/ }).isVisible()).toBe(false);
  await page.keyboard.press('ArrowUp');
  expect(await shownNow()).toEqual([true, true, false]);
});

it('leads a supplier without JavaScript from the form to the personal space', async () => {
  const visit = await openBrowser({ width: 320, js: false });
  const { page } = visit;
  const email = emailOf(PLUMBER);
  await page.goto('/inscription');
  await page.getByText('Fournisseur', { exact: true }).click();
  await look(visit, 'sign-up-supplier');
  await send(page, 'Créer mon compte');
  expect(await page.getByRole('radio', { name: /Fournisseur/ }).isChecked()).toBe(true);
  await look(visit, 'sign-up-supplier-errors');
  const { reference, raison_sociale, siret } = PLUMBER;
  await fill(page, { reference, raison_sociale, siret, email, email_confirmation: email });
  await send(page, 'Créer mon compte');
  await page.goto(linkIn(await newestMail(email)));
  await fill(page, { mot_de_passe: PASSWORD, confirmation: PASSWORD });
  await send(page, 'Créer mon compte');
  const identifier = await readIdentifier(page);
  expect(identifier).toMatch(/^NHCAPAF\d{6}$/);
  await signIn(page, identifier, PASSWORD);
  expect(await read(page.locator('main'))).toContain('Bonjour SARL PLOMBERIE DU GOLFE');
  await look(visit, 'space-supplier');
});
