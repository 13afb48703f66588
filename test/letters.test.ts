// What every letter keeps to, so that a phone shows its subject whole and every mail reader shows the rest.

import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../src/env.ts';
import { printText } from '../src/mail/letters/letter.tsx';
import { printHtml } from '../src/mail/letters/print-html.tsx';
import { lettersOf } from './support/letters.ts';

const settings = readSettings(env);
const letters = lettersOf(settings);
const NUMBER = '04\u00a095\u00a022\u00a010\u00a042';

it('no two subjects are the same', () => {
  expect(new Set(letters.map(([, { subject }]) => subject)).size).toBe(letters.length);
});

describe.each(letters)('%s', (_, letter) => {
  const html = printHtml(letter, settings);
  const text = printText(letter, settings);
  const elements = [...html.matchAll(/<(p|td|a|table|div) [^>]*?style="([^"]*)"/g)];

  it('has a subject that ends before a phone cuts it, and a first line of its own behind it', () => {
    expect(letter.subject.length).toBeLessThanOrEqual(35);
    expect(letter.preview.length).toBeGreaterThan(20);
    expect(letter.preview).not.toBe(letter.lines[0]);
    expect(/<body[^>]*>(.*?)<\/div>/s.exec(html)?.[1]).toMatch(/^<div style="display:none[^>]*>[^<]{20,}$/);
  });

  it('begins with who writes', () => {
    expect(html.indexOf('OPH de la CAPA')).toBeLessThan(html.indexOf('Bonjour'));
  });

  it('has the number, whole, in each sentence that says to call, and a press calls it', () => {
    const calls = text.split(/(?<=\.)\s/).filter((sentence) => /appelez-nous|nous appeler/.test(sentence));
    for (const sentence of calls) expect(sentence).toMatch(new RegExp(`au\u00a0${NUMBER}\\.$`));
    expect(html.split(`href="tel:0495221042"`).length - 1).toBe(calls.length + 1);
  });

  it('says what a press does, in the word of the pages', () => {
    // « cliquez » is the leaflet's, in the one letter that people hold beside it.
    if (!letter.subject.startsWith('Activez')) expect(text).not.toMatch(/cliqu/i);
  });

  it('shows the address of its button beneath it, to be copied', () => {
    const link = letter.lines.find((line) => typeof line === 'object' && 'link' in line);
    if (!link || typeof link === 'string' || !('url' in link)) return expect(html).not.toContain('Le bouton');
    expect(html).toMatch(new RegExp(`Copiez cette adresse.*<a [^>]*>${link.url}</a>`, 's'));
  });

  it('keeps to what Outlook for Windows and Samsung Email understand', () => {
    expect(elements.length).toBeGreaterThan(5);
    for (const [, name, style = ''] of elements) {
      expect([name, style]).not.toEqual([
        name,
        expect.stringMatching(/white-space|flex|system-ui|inline-block/),
      ]);
      if (name !== 'table') expect([name, style]).not.toEqual([name, expect.stringMatching(/max-width/)]);
      if (name === 'p' || name === 'a')
        expect([name, style]).toEqual([name, expect.stringMatching(/font-family:Arial/)]);
      // Outlook pads cells only; the button's link is padded for the others, its cell for Outlook.
      if (name === 'p') expect(style).not.toMatch(/padding/);
    }
    for (const [cell] of html.matchAll(/<td(?: [^>]*)?>/g)) {
      if (!html.includes(`<tr>${cell}<![endif]`)) expect(cell).toContain('font-family:Arial');
    }
    expect(html).toContain('<!--[if mso]><table role="presentation" align="center" width="560">');
  });
});
