// The house rules of the code itself: which way the imports point, and how the portal's French is written.

import { describe, expect, it } from 'vitest';
import { text } from '../src/text.ts';
import { helpText } from '../src/text-help.ts';
import { importWords } from '../src/text-import.ts';
import { legalText } from '../src/text-legal.ts';
import { supportText } from '../src/text-support.ts';

const sources = import.meta.glob('../src/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
}) as Record<string, string>;

// Arrows go down: each room may use what stands here, and nothing else of ours.
const MAY_IMPORT: Record<string, string[]> = {
  index: ['pages', 'web', 'store', 'mail', 'rules', 'env', 'log'],
  pages: ['web', 'store', 'mail', 'rules', 'text', 'text-help', 'text-import', 'text-legal', 'env', 'log'],
  web: ['web', 'store', 'mail', 'rules', 'text', 'text-help', 'env', 'log', 'public'],
  store: ['store', 'rules'],
  mail: ['mail', 'store', 'rules', 'env', 'log'],
  rules: ['rules'],
  commands: ['commands', 'store', 'rules', 'text', 'text-import', 'text-support', 'env'],
  text: ['rules'],
  'text-help': [],
  'text-import': ['rules'],
  'text-legal': ['rules'],
  'text-support': ['rules'],
  env: ['rules'],
  log: [],
};

const files = Object.entries(sources).map(([path, source]) => ({
  path: path.replace('../src/', ''),
  source,
}));
const roomOf = (path: string) => path.split('/')[0]?.replace(/\.tsx?$/, '') ?? '';

function importsOf(path: string, source: string): string[] {
  const targets = [...source.matchAll(/from '(\.[^']+)'/g)].map(([, target = '']) => target);
  return targets.map((target) => new URL(target, `https://src/${path}`).pathname.slice(1));
}

describe('imports', () => {
  it('are found in every room', () => {
    expect(files.length).toBeGreaterThan(40);
    expect(new Set(files.map(({ path }) => roomOf(path)))).toEqual(
      new Set([...Object.keys(MAY_IMPORT), 'wasm.d']),
    );
  });

  it.each(files)('of $path point down', ({ path, source }) => {
    const allowed = MAY_IMPORT[roomOf(path)] ?? [];
    const wrong = importsOf(path, source).filter((target) => !allowed.includes(roomOf(target)));
    expect(wrong).toEqual([]);
  });

  it('of rules know neither Hono, nor drizzle, nor KV', () => {
    const rules = files.filter(({ path }) => roomOf(path) === 'rules');
    for (const { path, source } of rules)
      expect([path, /'hono|'drizzle|KVNamespace|D1Database/.test(source)]).toEqual([path, false]);
  });

  it('of letters know no store: only deliver does', () => {
    const letters = files.filter(({ path }) => roomOf(path) === 'mail' && path !== 'mail/deliver.ts');
    for (const { path, source } of letters)
      expect(importsOf(path, source).map(roomOf)).not.toContain('store');
  });
});

/** Every sentence of a text file, functions called with examples. */
function sentences(node: unknown, path = 'text'): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node === 'function') return sentences(node(example(path)), path);
  return Object.entries(node ?? {}).flatMap(([key, value]) => sentences(value, `${path}.${key}`));
}

function example(path: string): unknown {
  if (path.startsWith('legal.')) return { organisation: 'exemple', graceDays: 90, isProvisional: true };
  if (path.endsWith('passwordMisses')) return ['upper', 'digit'];
  return /toMend|wrongFew|tooLong|TooLong/.test(path) ? 2 : 'exemple';
}

// Letters write their sentences in their own files.
const letterLines = files
  .filter(({ path }) => path.startsWith('mail/'))
  .flatMap(({ path, source }) =>
    [...source.matchAll(/^(?!\s*(?:\/\/|\*|import)).*?['`]([A-ZÀ-Ý][^'`\n]* [^'`\n]*)['`]/gm)].map(
      ([, line = '']) => [path, line],
    ),
  );

const written = [
  ...sentences(text),
  ...sentences(importWords, 'import'),
  ...sentences(supportText, 'support'),
  ...sentences(helpText, 'help'),
  ...sentences(legalText, 'legal'),
  ...(letterLines as [string, string][]),
];
const spoken = written.filter(([, sentence]) => / |’|'/.test(sentence));

describe('the French of the portal', () => {
  it('is found, in pages and in letters', () => {
    for (const [file, least] of Object.entries({ text: 120, help: 50, legal: 60 }))
      expect(spoken.filter(([path]) => path.startsWith(file)).length).toBeGreaterThan(least);
    expect(spoken.filter(([path]) => path.startsWith('mail')).length).toBeGreaterThan(15);
  });

  it.each(spoken)('%s: « %s »', (path, sentence) => {
    expect(sentence).not.toMatch(/\p{L}'\p{L}/u);
    expect(sentence).not.toMatch(/ [:;?!»]|« |[\p{L}\d][?!;»]/u);
    expect(sentence).not.toMatch(
      /champ obligatoire|invalide|veuillez saisir|désolé|erreur fatale|cliquez ici/i,
    );
    // Plain language: what has more than 25 words is read twice. The legal pages follow set models.
    const most = path.startsWith('legal') ? Number.POSITIVE_INFINITY : 25;
    for (const one of sentence.split(/[.!?…:](?:\s|$)/)) {
      expect(one.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length).toBeLessThanOrEqual(most);
    }
  });

  it('no two refusals of one form say the same', () => {
    const refusals = Object.values(text.errors).filter((one) => typeof one === 'string');
    expect(new Set(refusals).size).toBe(refusals.length);
  });
});
