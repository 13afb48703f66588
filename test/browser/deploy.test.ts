// What `npm run deploy` can do without an account: the rehearsal, and the try from outside.

import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { smoke } from '../../src/commands/smoke.ts';
import { origin } from './browser.ts';

it('the rehearsal names what is missing, bundles, and leaves nothing behind', () => {
  const { stdout, status } = spawnSync(process.execPath, ['src/commands/deploy.ts', '--dry-run'], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(stdout).toContain('Workers Paid');
  expect(stdout).toContain('PUBLICATION_DIRECTOR is empty');
  expect(stdout).toContain('npx wrangler secret put PORTAL_SECRET');
  expect(stdout).toContain('D1 database portail-locataire (EU)');
  expect(spawnSync('git', ['status', '--short', 'wrangler*'], { encoding: 'utf8' }).stdout).toBe('');
});

it('the try from outside finds nothing wrong with the portal', async () => {
  expect(await smoke(origin)).toEqual([]);
});

it('and finds what is wrong with something else', async () => {
  const other = createServer((_, answer) => answer.writeHead(200).end('hello')).listen(0);
  const faults = await smoke(`http://localhost:${(other.address() as AddressInfo).port}`);
  other.close();
  expect(faults.join('\n')).toMatch(
    /content-security-policy.*an unknown address.*can the Worker hash there\?/s,
  );
});
