// The steps of the leaflet's road that many tests share, taken as a reader takes them.

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Client } from './clients.ts';
import { linkIn, newestMail } from './mailbox.ts';

/** Keeps the leaflet's rule. */
export const PASSWORD = 'Maquis-2a!';

/** Presses a button that sends a form, and waits for the page it leads to. */
export async function send(page: Page, name: string): Promise<void> {
  // Exact, and as written in the page: the leaflet's capitals are the style sheet's.
  await leave(page, page.getByRole('button', { name, exact: true }));
}

/** Follows a link by its words. */
export async function follow(page: Page, name: string): Promise<void> {
  await leave(page, page.getByRole('link', { name, exact: true }));
}

/** Presses what leads to another page, and waits for it. */
export async function leave(page: Page, way: Locator): Promise<void> {
  await Promise.all([page.waitForEvent('load'), way.click()]);
}

/** Fills the fields that are named, and only those. */
export async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
}

/** Fills the sign-up form as a tenant and sends it. */
export async function signUp(page: Page, client: Client, email: string): Promise<void> {
  const { reference, nom, prenom, date_naissance } = client;
  await page.goto('/inscription');
  await fill(page, { reference, nom, prenom, date_naissance, email, email_confirmation: email });
  await send(page, 'Créer mon compte');
  expect(await titleOf(page)).toBe('Ouvrez le courriel que nous venons de vous envoyer – Portail locataire');
}

/** From the notice in hand to an account that can be signed in to; signed out, on the information page. */
export async function openAccount(page: Page, client: Client): Promise<{ identifier: string; link: string }> {
  const email = emailOf(client);
  await signUp(page, client, email);
  const link = linkIn(await newestMail(email, 1, new URL(page.url()).origin));
  await page.goto(link);
  await fill(page, { mot_de_passe: PASSWORD, confirmation: PASSWORD });
  await send(page, 'Créer mon compte');
  return { identifier: await readIdentifier(page), link };
}

export async function signIn(page: Page, identifier: string, password: string): Promise<void> {
  await page.goto('/connexion');
  await fill(page, { identifiant: identifier, mot_de_passe: password });
  await send(page, 'Connexion');
}

/** The identifier on the information page. */
export async function readIdentifier(page: Page): Promise<string> {
  return (await read(page.locator('.keep'))).replaceAll(' ', '');
}

/** The words a reader sees, no-break spaces and line ends as spaces. */
export async function read(seen: Locator): Promise<string> {
  return (await seen.allInnerTexts()).join(' ').replace(/\s+/g, ' ');
}

/** The page's title, no-break spaces as spaces. */
export async function titleOf(page: Page): Promise<string> {
  return (await page.title()).replace(/\s/g, ' ');
}

/** An address of one's own, so that each mailbox holds one person's mails. */
export function emailOf(client: Client): string {
  return `${client.reference.toLowerCase()}@example.fr`;
}
