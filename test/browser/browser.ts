// A reader in front of a real Chromium: narrow or wide, light or dark, with or without JavaScript.

import { type BrowserContext, type ConsoleMessage, chromium, type Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { CHROMIUM_SHELL, here } from './here.ts';

export type Reader = {
  width: 320 | 1280;
  js: boolean;
  dark?: boolean;
  /** Another portal than the one all tests share. */
  portal?: string;
};

/** An open page, and what went wrong behind it: errors in the console, requests to elsewhere. */
export type Visit = { page: Page; reader: Reader; faults: string[] };

export const { origin } = here;

// The flags keep Chromium off the network: whatever it still asks for is the portal's doing.
const browser = await chromium.launch({
  executablePath: CHROMIUM_SHELL,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

afterAll(() => browser.close());

/** Opens a browser of one's own (no cookie) on an empty page. */
export async function openBrowser(reader: Reader): Promise<Visit> {
  const context = await newContext(reader, reader.js);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (isFault(message, page)) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${reader.portal ?? origin}/`))
      faults.push(`outside request: ${request.url()}`);
  });
  return { page, reader, faults };
}

/** A page with scripts of the same size and colours, to examine what a reader without scripts has. */
export async function openTwin({ reader }: Visit): Promise<Page> {
  const context = await newContext(reader, true);
  return context.newPage();
}

/** Each reader has a network of their own, as `wrangler dev` lets a client say: the limits of one are not another's. */
const networkOf = () => `198.51.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`;

function newContext(reader: Reader, javaScriptEnabled: boolean): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: reader.portal ?? origin,
    locale: 'fr-FR',
    extraHTTPHeaders: { 'cf-connecting-ip': networkOf() },
    viewport: { width: reader.width, height: reader.width === 320 ? 640 : 800 },
    colorScheme: reader.dark ? 'dark' : 'light',
    javaScriptEnabled,
  });
}

/** Chromium reports a page's own 4xx status as an error; a form that came back has one on purpose. */
function isFault(message: ConsoleMessage, page: Page): boolean {
  if (message.type() !== 'error') return false;
  return !(message.text().startsWith('Failed to load resource') && message.location().url === page.url());
}
