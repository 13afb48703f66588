// The house rules of the code itself: which way the imports point, and how the portal's French is written.

import { describe, expect, it } from 'vitest';
import { caseText } from '../src/words/case.ts';
import { deskText } from '../src/words/desk.ts';
import { deskFileText } from '../src/words/desk-file.ts';
import { deskHelpText } from '../src/words/desk-help.ts';
import { helpText } from '../src/words/help.ts';
import { importWords } from '../src/words/import.ts';
import { invitationText } from '../src/words/invitation.ts';
import { legalText } from '../src/words/legal.ts';
import { text } from '../src/words/pages.ts';
import { passkeyText } from '../src/words/passkeys.ts';
import { servicesText } from '../src/words/services.ts';
import { signUpsText } from '../src/words/sign-ups.ts';
import { supportText } from '../src/words/support.ts';
import { sentences } from './support/sentences.ts';

const sources = import.meta.glob('../src/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
}) as Record<string, string>;

// Arrows point down: each room may use the lower ones and itself. Fronts stand side by side and never meet.
const ROOMS = [
  ['index'],
  ['tenant', 'desk', 'machines', 'cli'],
  ['web'],
  ['words', 'letters'],
  ['account', 'staff'],
  ['client', 'mail'],
  ['env'],
  ['platform'],
  ['schema'],
  ['numbers', 'paths'],
  ['wasm.d', 'public'],
];
const FRONTS = ['tenant', 'desk', 'machines', 'cli'];
const CORE = ['account', 'staff', 'client', 'mail', 'platform', 'schema', 'numbers'];

const files = Object.entries(sources).map(([path, source]) => ({
  path: path.replace('../src/', ''),
  source,
}));

/** Letters are French and Hono's markup: a room of their own, in the house of the mail that sends them. */
function roomOf(path: string): string {
  if (path.startsWith('mail/letters/') || path === 'mail/compose.ts') return 'letters';
  return path.split('/')[0]?.replace(/\.tsx?$/, '') ?? '';
}
const levelOf = (room: string) => ROOMS.findIndex((level) => level.includes(room));

function importsOf(path: string, source: string): string[] {
  const targets = [...source.matchAll(/from '(\.[^']+)'/g)].map(([, target = '']) => target);
  return targets.map((target) => new URL(target, `https://src/${path}`).pathname.slice(1));
}

function pointsUp(path: string, target: string): boolean {
  const [here, there] = [roomOf(path), roomOf(target)];
  if (target === 'mail/compose.ts') return path !== 'mail/deliver.ts';
  if (FRONTS.includes(here) && FRONTS.includes(there)) return here !== there;
  return levelOf(there) < levelOf(here);
}

/** The first circle found from a file on; types count. */
function circleFrom(path: string, way: string[], done: Set<string>): string[] | undefined {
  if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
  if (done.has(path)) return undefined;
  for (const target of importsOf(path, sources[`../src/${path}`] ?? '')) {
    const circle = circleFrom(target, [...way, path], done);
    if (circle) return circle;
  }
  done.add(path);
  return undefined;
}

describe('imports', () => {
  it('are found in every room, and every room has its level', () => {
    expect(files.length).toBeGreaterThan(40);
    expect(files.map(({ path }) => roomOf(path)).filter((room) => levelOf(room) < 0)).toEqual([]);
  });

  it('point down', () => {
    const up = files.flatMap(({ path, source }) =>
      importsOf(path, source)
        .filter((target) => pointsUp(path, target))
        .map((target) => `${path} -> ${target}`),
    );
    expect(up).toEqual([]);
  });

  it('never go in a circle', () => {
    const done = new Set<string>();
    expect(files.map(({ path }) => circleFrom(path, [], done)).find(Boolean)).toBeUndefined();
  });

  it('of drizzle’s batch by position are none: steps have names (see `batch`)', () => {
    const byPosition = files.filter(({ source }) => /\bdb\.batch\(/.test(source)).map(({ path }) => path);
    expect(byPosition).toEqual(['platform/db.ts']);
  });

  it('of oslo are in one file, which takes its HMAC, comparison and encodings only', () => {
    const takes = files.flatMap(({ path, source }) =>
      [...source.matchAll(/import ([^;]*?) from 'oslo/g)].map(([, names]) => `${path} ${names}`),
    );
    expect(takes).toEqual([
      'platform/secrets.ts { constantTimeEqual, HMAC }',
      'platform/secrets.ts { base64, base64url, encodeHex }',
    ]);
  });

  it('of the core know no Hono', () => {
    const core = files.filter(({ path }) => CORE.includes(roomOf(path)));
    expect(core.filter(({ source }) => /from 'hono/.test(source)).map(({ path }) => path)).toEqual([]);
  });
});

// Letters write their sentences in their own files.
const letterLines = files
  .filter(({ path }) => path.startsWith('mail/letters/'))
  .flatMap(({ path, source }) =>
    [...source.matchAll(/^(?!\s*(?:\/\/|\*|import)).*?['`]([A-ZÀ-Ý][^'`\n]* [^'`\n]*)['`]/gm)].map(
      ([, line = '']) => [path, line],
    ),
  );

const written = [
  ...sentences(text),
  ...sentences(importWords, 'import'),
  ...sentences(supportText, 'support'),
  ...sentences(passkeyText, 'passkeys'),
  ...sentences(servicesText, 'services'),
  ...sentences(caseText, 'case'),
  ...sentences(deskText, 'desk'),
  ...sentences(deskHelpText, 'desk help'),
  ...sentences(signUpsText, 'sign-ups'),
  ...sentences(invitationText, 'invitation'),
  ...sentences(deskFileText, 'desk file'),
  ...sentences(helpText, 'help'),
  ...sentences(legalText, 'legal'),
  ...(letterLines as [string, string][]),
];
const spoken = written.filter(([, sentence]) => / |’|'/.test(sentence));

const JARGON = /champ obligatoire|invalide|veuillez saisir|désolé|erreur fatale|cliquez ici/i;
const SENTENCE_END = /[.!?…:](?:\s|$)/;
const wordsIn = (sentence: string) => sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;

describe('the French of the portal', () => {
  it('is found, in pages and in letters', () => {
    for (const [file, least] of Object.entries({ text: 120, help: 50, legal: 60 }))
      expect(spoken.filter(([path]) => path.startsWith(file)).length).toBeGreaterThan(least);
    expect(spoken.filter(([path]) => path.startsWith('mail')).length).toBeGreaterThan(15);
  });

  it.each<[string, RegExp]>([
    ['straight apostrophe between letters', /\p{L}'\p{L}/u],
    ['sign without its no-break space', / [:;?!»]|« |[\p{L}\d][?!;»]/u],
    ['jargon, blame, or a word for a machine', JARGON],
  ])('has no %s', (_, wrong) => {
    expect(spoken.filter(([, sentence]) => wrong.test(sentence))).toEqual([]);
  });

  // Plain language: what has more than 25 words is read twice. The legal pages follow set models.
  it('has no sentence of more than 25 words', () => {
    const plain = spoken.filter(([path]) => !path.startsWith('legal'));
    expect(plain.filter(([, text]) => text.split(SENTENCE_END).some((one) => wordsIn(one) > 25))).toEqual([]);
  });

  it('no two refusals of one form say the same', () => {
    const refusals = Object.values(text.errors).filter((one) => typeof one === 'string');
    expect(new Set(refusals).size).toBe(refusals.length);
  });
});
