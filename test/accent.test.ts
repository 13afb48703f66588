// A landlord's colour: one inline style, allowed by its hash and by nothing else.

import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { readSettings } from '../src/env.ts';
import { printHtml } from '../src/mail/letters/print-html.tsx';
import { lettersOf } from './support/letters.ts';
import { readPage, request } from './support/visitor.ts';

const open = async (colour: string, path = '/connexion') =>
  readPage(await request(path, {}, { ...env, ACCENT_COLOR: colour } as typeof env));
const styleIn = (html: string) => /<style>(.*?)<\/style>/s.exec(html)?.[1];
const policyOf = (headers: Headers) => headers.get('content-security-policy') ?? '';

async function hashOf(style: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(hash)))}'`;
}

it.each(['/connexion', '/aide', '/n-existe-pas'])(
  '%s carries the accent, and its very hash',
  async (path) => {
    const { html, headers } = await open('#7a1f4f', path);
    const style = styleIn(html) ?? '';
    expect(style).toContain(':root{--action:#7a1f4f;');
    expect(style).toContain('@media screen and (prefers-color-scheme:dark){:root{--action:#');
    expect(policyOf(headers)).toContain(`style-src 'self' ${await hashOf(style)};`);
    expect(policyOf(headers)).not.toContain('unsafe-inline');
    expect(html.indexOf('<style>')).toBeGreaterThan(html.indexOf('/styles.css'));
  },
);

it('each colour has its own hash; without one there is no inline style', async () => {
  const policies = [];
  for (const colour of ['#7a1f4f', '#1c6b3a', '#7a1f4f', ''])
    policies.push(policyOf((await open(colour)).headers));
  expect(policies[0]).toBe(policies[2]);
  expect(new Set(policies).size).toBe(3);
  expect(policies[3]).toContain("style-src 'self';");
  expect(styleIn((await open('')).html)).toBeUndefined();
});

it('colours the button of the letters', () => {
  const print = (colour: string) => {
    const settings = readSettings({ ...env, ACCENT_COLOR: colour });
    return lettersOf(settings)
      .map(([, letter]) => printHtml(letter, settings))
      .join('');
  };
  expect(print('#7a1f4f')).toContain('background:#7a1f4f');
  expect(print('')).toContain('background:#0b5563');
});
