// The documents: every path, link, command and test that they name is there, and the README stays short.

import { describe, expect, it } from 'vitest';
import packageJson from '../package.json?raw';
import { FILE_FAULTS } from '../src/client/import/fault.ts';
import { guardsOf } from '../src/client/import/guards.ts';

const documents = import.meta.glob('../{*.md,docs/**/*.md,.github/*.md}', {
  query: '?raw',
  import: 'default',
  eager: true,
  exhaustive: true,
}) as Record<string, string>;
const tests = import.meta.glob('./**/*.test.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
}) as Record<string, string>;
const sources = new Map(
  Object.entries(
    import.meta.glob('../{src,test}/**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true }),
  ).map(([path, source]) => [fromTop(path), String(source)]),
);
/** Every file of the house, by its path from the top; nothing of them is read. */
const files = Object.keys(
  import.meta.glob('../{*,{src,test,public,docs,migrations,.github,.ci}/**/*}', { exhaustive: true }),
).map((path) => fromTop(path));
// A glob leaves its own file out; the screenshots are there once the browser tests ran.
files.push('test/documents.test.ts', 'test/browser/screenshots/road.png');

/** The changelog tells what was, under the names of its day. */
const current = Object.entries(documents)
  .map(([path, content]) => ({ path: fromTop(path), content }))
  .filter(({ path }) => path !== 'docs/changelog.md');
const scripts = Object.keys(JSON.parse(packageJson).scripts);

/** Keys of a glob are relative to this file. */
function fromTop(path: string): string {
  return new URL(path, 'https://house/test/').pathname.slice(1);
}

function isThere(path: string): boolean {
  const plain = path.replace(/\/$/, '');
  return files.some((file) => file === plain || file.startsWith(`${plain}/`));
}

/** As GitHub makes an anchor of a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- _]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsOf(path: string): string[] {
  const content = current.find((document) => document.path === path)?.content ?? '';
  return [...content.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchor(heading));
}

/** What stands in backquotes, blocks of commands left out. */
function quoted(content: string): string[] {
  return [...content.replace(/^```.*?^```/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

/** Of all documents, what `find` finds wrong, each behind the path of its document. */
function lostIn(find: (content: string, path: string) => string[]): string[] {
  return current.flatMap(({ path, content }) => find(content, path).map((lost) => `${path}: ${lost}`));
}

describe('the documents name', () => {
  it('files and folders that are there', () => {
    const isPath = (code: string) => /^(src|test|public|docs|migrations|\.github|\.ci)\/[\w./-]+$/.test(code);
    expect(lostIn((content) => quoted(content).filter((code) => isPath(code) && !isThere(code)))).toEqual([]);
  });

  it('tests that are there', () => {
    const isTest = (code: string) => /^[\w/-]+\.test\.ts$/.test(code) && !code.startsWith('test/');
    const lost = (name: string) => !isThere(`test/${name}`) && !isThere(`test/browser/${name}`);
    expect(lostIn((content) => quoted(content).filter((code) => isTest(code) && lost(code)))).toEqual([]);
  });

  it('behind a test file what stands in it', () => {
    const lost = (content: string) =>
      [...content.matchAll(/`([\w/-]+\.test\.ts)`((?: «[^»]+»(?:, )?)+)/g)].flatMap(
        ([, file = '', names = '']) =>
          [...names.matchAll(/« (.+?) »/g)]
            .map(([, name = '']) => name.split('…')[0]?.trim() ?? '')
            .filter((name) => !(tests[`./${file}`] ?? tests[`./browser/${file}`])?.includes(name)),
      );
    expect(lostIn(lost)).toEqual([]);
  });

  it('before a file of the code what stands in it', () => {
    const lost = (content: string) =>
      [...content.matchAll(/`([\w.]+)`(?: \(asks\))? (?:of|in) `((?:src|test)\/[\w./-]+\.tsx?)`/g)]
        .filter(([, name = '', file = '']) => !sources.get(file)?.includes(name.split('.').at(-1) ?? ''))
        .map(([all]) => all);
    expect(lostIn(lost)).toEqual([]);
  });

  it('in their links pages and headings that are there', () => {
    const isLost = (link: string, path: string) => {
      const { pathname, hash } = new URL(link, `https://house/${path}`);
      const target = pathname.slice(1);
      return (
        !isThere(target) || (hash !== '' && !anchorsOf(target).includes(decodeURIComponent(hash.slice(1))))
      );
    };
    const links = (content: string) =>
      [...content.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
    expect(lostIn((content, path) => links(content).filter((link) => isLost(link, path)))).toEqual([]);
  });

  it('commands that npm knows', () => {
    const named = (content: string) =>
      [...content.matchAll(/npm run ([a-z:]+)/g)].map(([, script = '']) => script);
    expect(lostIn((content) => named(content).filter((script) => !scripts.includes(script)))).toEqual([]);
  });

  it('something at all: the looks above find it', () => {
    const all = current.flatMap(({ content }) => quoted(content));
    expect(all.filter((code) => code.startsWith('src/')).length).toBeGreaterThan(50);
    expect(all.filter((code) => code.endsWith('.test.ts')).length).toBeGreaterThan(50);
    expect(files.length).toBeGreaterThan(200);
  });
});

it('the README stays below 10 kB', () => {
  const readme = current.find(({ path }) => path === 'README.md');
  expect(new TextEncoder().encode(readme?.content).length).toBeLessThanOrEqual(10_000);
});

describe('the decisions', () => {
  const records = current.filter(({ path }) => /^docs\/decisions\/\d/.test(path));

  it('say when, whether they stand, why, what and what follows', () => {
    const shape =
      /^# \d{4}\. .+\n\n- Date: 20\d\d-\d\d-\d\d.*\n- Status: (in force|superseded by \[).*\n## Context\n.*\n## Decision\n.*\n## Consequences\n/s;
    expect(records.filter(({ content }) => !shape.test(content)).map(({ path }) => path)).toEqual([]);
  });

  it('are all in their list, numbered without a gap', () => {
    const list = current.find(({ path }) => path === 'docs/decisions/README.md')?.content;
    const listed = [...(list ?? '').matchAll(/^\| \[(\d{4})\]\((.+?)\)/gm)];
    expect(listed.map(([, , file]) => `docs/decisions/${file}`)).toEqual(records.map(({ path }) => path));
    expect(listed.map(([, number]) => Number(number))).toEqual(listed.map((_, index) => index + 1));
  });
});

describe('docs/client-file.md, which stands on its own,', () => {
  const page = current.find(({ path }) => path === 'docs/client-file.md')?.content ?? '';

  it('explains every status that a file is refused with', () => {
    for (const status of new Set(Object.values(FILE_FAULTS))) expect(page).toContain(`| ${status} |`);
  });

  it('explains every guard', () => {
    const all = { lines: 1, present: 1, left: 1, newFaults: 1 } as Parameters<typeof guardsOf>[0];
    for (const guard of guardsOf(all, true)) expect(page).toContain(`| \`${guard}\` |`);
  });
});
