// `npm run deploy`: the rehearsal, the whole way with the real wrangler into a Cloudflare of our own, and the try from outside.

import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smoke } from '../../src/commands/smoke.ts';
import { origin } from './browser.ts';
import { Account } from './cloudflare.ts';

it('the rehearsal names what is missing, bundles, and leaves nothing behind', () => {
  const { stdout, status } = spawnSync(process.execPath, ['src/commands/deploy.ts', '--dry-run'], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(stdout).toContain('Workers Paid');
  expect(stdout).toContain('PUBLICATION_DIRECTOR is empty');
  expect(stdout).toContain('npx wrangler secret put PORTAL_SECRET');
  expect(stdout).toContain('D1 database portail-locataire (EU)');
  // A Worker that grows without anybody noticing starts more slowly each month.
  expect(Number(/The Worker: .* gzip: ([\d.]+) KiB/.exec(stdout)?.[1])).toBeLessThan(135);
  expect(existsSync('wrangler.deployed.json')).toBe(false);
});

describe('into an empty account', { timeout: 60_000 }, () => {
  const account = new Account('granite.example');
  const folder = mkdtempSync(join(tmpdir(), 'portal-'));
  const config = join(folder, 'wrangler.toml');
  const set = (settings: Record<string, string>) => {
    const toml = Object.entries(settings).reduce(
      (text, [name, value]) => text.replace(new RegExp(`^${name} = .*`, 'm'), `${name} = "${value}"`),
      readFileSync(config, 'utf8'),
    );
    writeFileSync(config, toml);
  };
  let api: string;

  beforeAll(async () => {
    api = await account.open();
    for (const part of ['src', 'public', 'migrations', 'package.json', 'wrangler.toml'])
      cpSync(part, join(folder, part), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    set({ PUBLICATION_DIRECTOR: 'Anne Le Goff', DPO_EMAIL: 'dpo@granite.example' });
    set({ MAIL_FROM: 'portail@mail.granite.example', PORTAL_ORIGIN: 'https://portail.granite.example' });
  });

  afterAll(() => {
    account.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs the command until it ends, or says what is waited for: there is nothing to try from outside. */
  async function deploy(until = 'never said'): Promise<string> {
    const command = spawn(process.execPath, ['src/commands/deploy.ts'], {
      cwd: folder,
      env: {
        ...process.env,
        CLOUDFLARE_API_BASE_URL: api,
        CLOUDFLARE_API_TOKEN: 'a-token',
        CLOUDFLARE_ACCOUNT_ID: 'account',
      },
    });
    let said = '';
    for (const stream of [command.stdout, command.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
        if (said.includes(until)) command.kill();
      });
    await new Promise((done) => command.once('close', done));
    return said;
  }

  it('names the secret that is missing, also before there is a Worker, and makes nothing', async () => {
    expect(await deploy()).toMatch(/npx wrangler secret put PORTAL_SECRET\n.*Nothing was deployed/s);
    expect(account.changes()).toEqual({});
  });

  it('makes the stores, the queue and its subscription, in the EU; migrates; deploys to its domain alone', async () => {
    account.secrets.push('PORTAL_SECRET');
    expect(await deploy('what became of them: nothing')).toContain('Deployed.');
    const changes = account.changes();
    const stores = ['POST /d1/database', 'POST /storage/kv/namespaces', 'POST /queues'];
    for (const store of stores)
      expect(JSON.parse(changes[store] ?? '')).toMatchObject({ jurisdiction: 'eu' });
    expect(JSON.parse(changes['POST /event_subscriptions/subscriptions'] ?? '')).toMatchObject({
      source: { type: 'email.sending', zone_id: 'zone', domain: 'mail.granite.example' },
      events: expect.arrayContaining(['message.bounced', 'message.complained']),
    });
    const worker = '/workers/scripts/portail-locataire';
    expect(changes[`POST ${worker}/subdomain`]).toBe('{"enabled":false,"previews_enabled":false}');
    expect(changes[`PUT ${worker}/domains/records`]).toContain('"hostname":"portail.granite.example"');
    expect(Object.keys(changes).join()).toMatch(/d1\/database\/\w+\/query.*\/versions.*\/consumers/);
    expect(readFileSync(config, 'utf8')).toMatch(/\ndatabase_id = "\w{32}"\n.*\nid = "\w{32}"\n/s);
  });

  it('makes nothing twice, not even when the ids were not kept', async () => {
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^(database_)?id = .*\n/gm, ''));
    await deploy('what became of them: nothing');
    const made = Object.keys(account.changes());
    for (const list of [
      'd1/database',
      'storage/kv/namespaces',
      'queues',
      'event_subscriptions/subscriptions',
    ])
      expect(made).not.toContain(`POST /${list}`);
    expect(readFileSync(config, 'utf8')).toMatch(/\ndatabase_id = "\w{32}"\n.*\nid = "\w{32}"\n/s);
  });

  it('with Brevo wants its key, and touches no queue', async () => {
    set({ MAIL_PROVIDER: 'brevo' });
    expect(await deploy()).toMatch(/npx wrangler secret put MAIL_API_KEY\n.*Nothing was deployed/s);
    account.secrets.push('MAIL_API_KEY');
    await deploy('Deployed.');
    expect(Object.keys(account.changes()).join()).toMatch(/^(?!.*queues).*\/versions/);
  });
});

it('the try from outside finds nothing wrong with the portal', async () => {
  expect(await smoke(origin)).toEqual([]);
});

it('and finds what is wrong with something else, or with nothing there', async () => {
  const other = createServer((_, answer) => answer.writeHead(200).end('hello')).listen(0);
  const address = `http://localhost:${(other.address() as AddressInfo).port}`;
  const faults = await smoke(address);
  expect(faults.join('\n')).toMatch(
    /content-security-policy.*an unknown address.*can the Worker hash there\?/s,
  );
  other.closeAllConnections();
  other.close();
  expect(await smoke(address, 0)).toEqual([expect.stringContaining('does not answer')]);
});
