// What every command does with what it does not understand: says so in a line, and does nothing.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readJson } from '../../src/cli/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-'));
symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, words: string[], cwd = '.', more: Record<string, string> = {}) {
  const { stdout, stderr, status } = spawnSync(program, words, {
    cwd,
    env: { ...process.env, STATE_DIR: join(folder, 'state'), CLIENTS_API_KEY: 'a-key', PORT: '1', ...more },
    encoding: 'utf8',
    timeout: 90_000,
  });
  return { said: stdout, complained: stderr.replace(/\u00a0/g, ' '), status };
}

const command = (name: string, ...words: string[]) =>
  run(process.execPath, [resolve(`src/cli/${name}.ts`), ...words], folder);

it.each([
  ['run deploy --dry-run', 1, 'npm run deploy -- --dry-run'],
  ['run deploy --dryrun', 1, 'npm run deploy -- --dry-run'],
  [
    'run clients:import test/demo/clients.csv --dry-run',
    2,
    'npm run clients:import -- test/demo/clients.csv --dry-run',
  ],
  [
    'run account NHCAPAL123456 --close --reason appel',
    1,
    'npm run account -- NHCAPAL123456 --close --reason appel',
  ],
  ['run account 471 --remote', 1, 'npm run account -- 471 --remote'],
  ['start --var TIME_ZONE:Europe/Paris', 1, 'npm start -- --var TIME_ZONE:Europe/Paris'],
])('npm %s: npm kept the option, nothing is done, the line to type is told', (typed, code, line) => {
  const { said, complained, status } = run('npm', typed.split(' '));
  expect(complained).toContain(`  ${line}\n`);
  expect(complained).not.toContain('    at ');
  expect(said).not.toMatch(/Settings:|Courriels|Portal /);
  expect(status).toBe(code);
});

it.each([
  ['account', '471 --clos --reason x'],
  ['account', '471 --close --reson x'],
  ['account', '471 --close --reason'],
  ['account', '471 --close'],
  ['account', '471 --close --reason '],
  ['account', '471 --reason x'],
  ['account', '471 --close=true --reason x'],
  ['account', '471 close'],
  ['account', '471 --close --reason appel 12'],
  ['account', '--help'],
  ['account', ''],
  ['account', '---'],
  ['deploy', '--dryrun'],
  ['deploy', '--dry-run=true'],
  ['deploy', 'dry-run'],
  ['deploy', '–dry-run'],
  ['deploy', 'production'],
  ['deploy', '--help'],
  ['start', '--var'],
  ['start', 'TIME_ZONE:Europe/Paris'],
])('%s %s: the usage line, and nothing else', (name, typed) => {
  const { said, complained, status } = command(
    name,
    ...typed.split(' ').filter((_, n, all) => all[0] !== '' || n),
  );
  expect(complained).toMatch(/^Usage ?: npm (run )?\S+ (\[)?-- .*\n$/);
  expect([said, status]).toEqual(['', 1]);
});

it('npm start refuses a setting that does not exist, by its name', () => {
  const { complained, status } = command('start', '--var', 'TIMEZONE:Europe/Paris');
  expect([complained, status]).toEqual([expect.stringMatching(/^TIMEZONE: no such setting/), 1]);
});

it('npm start without the key of its mail provider is told how to give it one here', () => {
  const { complained, status } = run(process.execPath, ['src/cli/start.ts', '--var', 'MAIL_PROVIDER:brevo']);
  expect([complained, status]).toEqual([
    'Setting MAIL_API_KEY is missing: add `--var MAIL_API_KEY:VALUE`\n',
    1,
  ]);
});

it.each([
  ['scripts that npm does not run', { npm_config_ignore_scripts: 'true' }],
  ['a home that cannot be written to', { HOME: '/proc/nowhere' }],
])('a machine with %s: the commands work', (_, env) => {
  const { complained, status } = run('node', ['src/cli/run.js', 'src/cli/start.ts', '--help'], '.', env);
  expect([complained, status]).toEqual(['Usage: npm start -- --var NAME:VALUE\n', 1]);
});

it('whoever stops listening is shown no trace', () => {
  const piped = '"$0" src/cli/deploy.ts --dry-run | true';
  const complained = '\nNot ready: see « Settings » above.\n';
  expect(run('sh', ['-c', piped, process.execPath])).toEqual({ said: '', complained, status: 0 });
});

const whole = readFileSync('wrangler.toml', 'utf8');
const withConfig = (toml: string | undefined, look: () => void) => {
  const path = join(folder, 'wrangler.toml');
  if (toml) writeFileSync(path, toml);
  look();
  rmSync(path, { force: true });
};

it.each([
  ['missing', undefined, /^wrangler.toml cannot be read: Could not read file: wrangler.toml\n$/],
  ['broken', whole.slice(0, 12), /^wrangler.toml cannot be read: Invalid TOML document: .*\n$/],
  ['wrong', whole.replace('"DB"', '3'), /^wrangler.toml cannot be read: Processing .*d1_databases.*\n$/],
])('a wrangler.toml that is %s stops every command with one line', (_, toml, line) => {
  const file = resolve('test/demo/clients.csv');
  withConfig(toml, () => {
    for (const [name, code, ...words] of [
      ['account', 1, '471'],
      ['account', 1, '471', '--remote'],
      ['deploy', 1, '--dry-run'],
      ['start', 1],
      ['import', 3, file, '--remote'],
    ] as const)
      expect([name, command(name, ...words)]).toMatchObject([
        name,
        { complained: expect.stringMatching(line), status: code },
      ]);
  });
});

it.each([
  ['"DB"', '"D"', 'the binding DB'],
  ['"TOKENS"', '"T"', 'the binding TOKENS'],
  ['"EMAIL"', '"E"', 'the binding EMAIL'],
  ['"SCREEN"', '"S"', 'the binding SCREEN'],
  ['"* * * * *", ', '', 'the cron "* * * * *"'],
  [', "23 3 * * *"', '', 'the cron "23 3 * * *"'],
])('a wrangler.toml with %s written %s: %s is missing', (right, wrong, what) => {
  withConfig(whole.replace(right, wrong), () =>
    expect(command('deploy', '--dry-run')).toMatchObject({
      complained: `wrangler.toml is not whole: ${what} is missing.\n`,
      status: 1,
    }),
  );
});

it('the JSON in what wrangler says is found between its other words, or it is not there', () => {
  const list = '[\n  { "name": "a ] b", "of": [1, {}] }\n]';
  const value = JSON.parse(list);
  expect(readJson(list)).toEqual(value);
  expect(readJson(`▲ [WARNING] Processing [vars]\n\n${list}\n\nThere is a newer version [4.2]\n`)).toEqual(
    value,
  );
  expect(readJson('{"token":"x"}\n[1]')).toEqual({ token: 'x' });
  expect(readJson('✘ [ERROR] Authentication error [code: 10000]')).toBeUndefined();
  expect(readJson(list.slice(0, -3))).toBeUndefined();
  expect(readJson('')).toBeUndefined();
});
