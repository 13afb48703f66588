// `npm run deploy`: the rehearsal, the whole way with the real wrangler into a Cloudflare of our own, and the try from outside.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smoke } from '../../src/cli/smoke.ts';
import { origin } from './browser.ts';
import { Account } from './cloudflare.ts';

it('the rehearsal names what is missing, bundles, and leaves nothing behind', async () => {
  const account = new Account('ophcapa.fr');
  account.dns['NS ophcapa.fr'] = ['ns1.elsewhere.example.'];
  const DNS_OVER_HTTPS = `${await account.open()}/dns-query`;
  const { said, status } = await run(['--dry-run'], { DNS_OVER_HTTPS });
  account.close();
  // A pipeline must not take « not ready » for ready.
  expect(status).toBe(1);
  expect(said).toContain('Not ready: see « Settings » above.');
  expect(said).toContain('Workers Paid');
  expect(said).toMatch(/open beta.*ophcapa\.fr, of MAIL_FROM.*DMARC with p=reject.*low daily quota/s);
  expect(said).toContain('PUBLICATION_DIRECTOR is empty');
  expect(said).toContain('CLIENT_FILE_DAYS is empty');
  expect(said).toMatch(/Secrets to set.*PORTAL_SECRET is not set.*optional.*CLIENTS_API_KEY is not set/s);
  expect(said).toContain('npx wrangler secret put PORTAL_SECRET');
  expect(said).toContain('D1 database portail-locataire (EU)');
  expect(said).toMatch(/DNS of ophcapa\.fr: \n.*ophcapa\.fr is not on Cloudflare DNS \(it is served by ns1/);
  // A Worker that grows without anybody noticing starts more slowly each month.
  expect(Number(/The Worker: .* gzip: ([\d.]+) KiB/.exec(said)?.[1])).toBeLessThan(240);
  expect(existsSync('wrangler.deployed.json')).toBe(false);
});

async function run(words: string[], more: Record<string, string>, cwd = '.') {
  const env = { ...process.env, ...more };
  const command = spawn(process.execPath, ['src/cli/deploy.ts', ...words], { cwd, env });
  let said = '';
  for (const stream of [command.stdout, command.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  const [status] = await once(command, 'close');
  return { said, status };
}

describe('into an empty account', { timeout: 180_000 }, () => {
  const account = new Account('granite.example');
  const folder = mkdtempSync(join(tmpdir(), 'portal-'));
  const config = join(folder, 'wrangler.toml');
  const deployed = join(folder, 'wrangler.deployed.json');
  const withoutIds = () => readFileSync(config, 'utf8').replace(/^(database_)?id = .*\n/gm, '');
  const set = (settings: Record<string, string>) => {
    const toml = Object.entries(settings).reduce(
      (text, [name, value]) => text.replace(new RegExp(`^${name} = .*`, 'm'), `${name} = "${value}"`),
      readFileSync(config, 'utf8'),
    );
    writeFileSync(config, toml);
  };
  let api: string;
  const login = () => ({
    CLOUDFLARE_API_BASE_URL: api,
    CLOUDFLARE_API_TOKEN: 'a-token',
    CLOUDFLARE_ACCOUNT_ID: 'account',
    DNS_OVER_HTTPS: `${api}/dns-query`,
  });

  beforeAll(async () => {
    api = await account.open();
    for (const part of ['src', 'public', 'migrations', 'package.json', 'wrangler.toml'])
      cpSync(part, join(folder, part), { recursive: true });
    installNoisyWrangler();
    set({
      PUBLICATION_DIRECTOR: 'Anne Le Goff',
      DPO_EMAIL: 'dpo@granite.example',
      ACCESSIBILITY_PLAN_URL: 'https://granite.example/schema',
    });
    set({ MAIL_FROM: 'portail@mail.granite.example', PORTAL_ORIGIN: 'https://portail.granite.example' });
  });

  afterAll(() => {
    account.close();
    rmSync(folder, { recursive: true });
  });

  /** The packages, but with a wrangler that says more than it is asked for, as a later day's does. */
  function installNoisyWrangler(): void {
    const packages = join(folder, 'node_modules');
    mkdirSync(join(packages, 'wrangler/bin'), { recursive: true });
    for (const [from, kept] of [
      ['node_modules', 'wrangler'],
      ['node_modules/wrangler', 'bin'],
    ] as const)
      for (const name of readdirSync(from).filter((name) => name !== kept))
        symlinkSync(resolve(from, name), join(folder, from, name));
    writeFileSync(
      join(packages, 'wrangler/bin/wrangler.js'),
      `console.log('[WARNING] There is a newer version of Wrangler {4.999}');
      process.on('exit', () => console.log('[WARNING] ... available'));
      if (!process.env.MUTE || !process.argv.join(' ').includes(process.env.MUTE))
        require('node:module').runMain(${JSON.stringify(resolve('node_modules/wrangler/bin/wrangler.js'))});`,
    );
  }

  /** Runs the command until it ends, or says what is waited for: there is nothing to try from outside. */
  async function deploy(until = 'never said', more: Record<string, string> = {}): Promise<string> {
    const command = spawn(process.execPath, ['src/cli/deploy.ts'], {
      cwd: folder,
      env: {
        ...process.env,
        ...login(),
        ...more,
      },
    });
    let said = '';
    for (const stream of [command.stdout, command.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
        if (said.includes(until)) command.kill();
      });
    await new Promise((done) => command.once('close', done));
    expect(existsSync(deployed)).toBe(false);
    return said;
  }

  it('names the secret that is missing, also before there is a Worker, and makes nothing', async () => {
    expect(await deploy()).toMatch(/npx wrangler secret put PORTAL_SECRET\n.*Nothing was deployed/s);
    expect(account.changes()).toEqual({});
  });

  it('makes the stores, the queue and its subscription, in the EU; migrates; deploys to its domain alone', async () => {
    account.secrets.push('PORTAL_SECRET');
    const said = await deploy('what became of them: nothing');
    expect(said).toContain('Deployed.');
    expect(said).toMatch(
      /Created: D1 database portail-locataire \(EU\).*Created: KV namespace portail-locataire-tokens \(EU\).*commit it.*Created: queue/s,
    );
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
    writeFileSync(config, withoutIds());
    expect(await deploy('what became of them: nothing')).toMatch(/Found: D1.*Found: KV.*commit it/s);
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

  it('names the host whose passkeys open nothing any more, and none when all are of this one', async () => {
    account.passkeys = [
      { host: 'ancien.granite.example', passkeys: 12 },
      { host: 'portail.granite.example', passkeys: 3 },
    ];
    const said = await deploy('Deployed.');
    expect(said).toMatch(
      /Passkeys: \n {2}- 12 made for ancien\.granite\.example no longer open anything: PORTAL_ORIGIN is portail/,
    );
    expect(said).not.toContain('3 made for');
    account.passkeys = [{ host: 'portail.granite.example', passkeys: 3 }];
    expect(await deploy('Deployed.')).toContain('Passkeys: nothing is missing.');
  });

  it.each([
    ['database_name = "portail-locataire"', "database_name='portail-locataire'", 'database_id'],
    ['binding = "TOKENS"', 'binding  = "TOKENS"', 'id'],
    [
      'database_name = "portail-locataire"',
      'database_id = ""\ndatabase_name = "portail-locataire"',
      'database_id',
    ],
  ])(
    '%s written %s: the id cannot be kept, nothing is deployed, the line to write is told',
    async (ours, theirs, key) => {
      const whole = readFileSync(config, 'utf8');
      const toml = withoutIds().replace(ours, theirs);
      writeFileSync(config, toml);
      account.changes();
      const said = await deploy();
      expect(said).toMatch(
        new RegExp(`Nothing was deployed: .*Write this line by hand.*\n  ${key} = "\\w{32}"\n`, 's'),
      );
      expect(Object.keys(account.changes())).toEqual([]);
      expect(readFileSync(config, 'utf8')).not.toMatch(new RegExp(`^${key} = "\\w`, 'm'));
      writeFileSync(config, whole);
    },
  );

  it('stops with wrangler’s words when they hold no list; of subscriptions it prints the command', async () => {
    const secrets = await deploy('never said', { MUTE: 'secret list' });
    expect(secrets).toMatch(/The account could not be read:\n\[WARNING\] There is a newer version/);
    const whole = readFileSync(config, 'utf8');
    writeFileSync(config, withoutIds());
    const stores = await deploy('never said', { MUTE: 'd1 list' });
    expect(stores).toMatch(/wrangler d1 list --json gave no list:\n\[WARNING\]/);
    writeFileSync(config, whole);
    const subscriptions = await deploy('wrangler said', { MUTE: 'subscription list' });
    expect(subscriptions).toMatch(
      /npx wrangler queues subscription create .*--zone-id zone .*\n.*wrangler said: \[WARNING\]/,
    );
  });

  it('stopped by a signal it stops wrangler too, and leaves no file behind', async () => {
    account.changes();
    const looking = setInterval(() => existsSync(deployed) && stopping.abort(), 20);
    const stopping = new AbortController();
    const command = spawn(process.execPath, ['src/cli/deploy.ts'], {
      cwd: folder,
      env: {
        ...process.env,
        ...login(),
      },
    });
    stopping.signal.addEventListener('abort', () => command.kill('SIGINT'), { once: true });
    const [code] = await once(command, 'exit');
    clearInterval(looking);
    expect([code, existsSync(deployed)]).toEqual([130, false]);
    expect(Object.keys(account.changes()).join()).not.toContain('/versions');
  });

  it('says that a domain of another account cannot send, and what its DNS lacks', {
    timeout: 120_000,
  }, async () => {
    set({ MAIL_FROM: 'portail@elsewhere.example' });
    account.secrets.push('PORTAL_SECRET');
    account.dns['NS elsewhere.example'] = ['anne.ns.cloudflare.com.'];
    const said = await deploy('DMARC: no record').finally(() =>
      set({ MAIL_FROM: 'portail@mail.granite.example' }),
    );
    expect(said).toMatch(
      /elsewhere\.example is in no zone of this account.*email sending enable elsewhere\.example.*DNS of elsewhere\.example: \n.*SPF.*DKIM/s,
    );
  });

  it('a trial mail goes to the address typed, from the sender of the portal', async () => {
    account.changes();
    const { said, status } = await run(['--trial', 'it@granite.example'], login(), folder);
    expect([status, said]).toEqual([0, expect.stringMatching(/^Handed over for it@granite\.example: look/)]);
    expect(JSON.parse(account.changes()['POST /email/sending/send'] ?? '')).toMatchObject({
      from: { address: 'portail@mail.granite.example', name: 'OPH de la CAPA' },
      reply_to: 'gestion@ophcapa.fr',
      subject: 'Essai d’envoi du portail locataire',
      text: expect.stringContaining('https://portail.granite.example'),
    });
  });

  it('a trial mail that is not taken says why, in one line or in wrangler’s words', {
    timeout: 120_000,
  }, async () => {
    account.bounced.push('full@granite.example');
    const trial = (to: string, more = {}) => run(['--trial', to], { ...login(), ...more }, folder);
    expect(await trial('full@granite.example')).toEqual({
      status: 1,
      said: 'Not sent: full@granite.example bounced, or is suppressed for a time.\n',
    });
    expect(
      await trial('it@granite.example', { CLOUDFLARE_API_BASE_URL: 'http://127.0.0.1:1' }),
    ).toMatchObject({
      status: 1,
      said: expect.stringMatching(
        /^Not sent: wrangler said: .*email sending enable mail\.granite\.example\n$/s,
      ),
    });
  });

  it('with Brevo wants its key, and touches no queue', async () => {
    set({ MAIL_PROVIDER: 'brevo' });
    expect(await deploy()).toMatch(/npx wrangler secret put MAIL_API_KEY\n.*Nothing was deployed/s);
    account.secrets.push('MAIL_API_KEY');
    await deploy('Deployed.');
    expect(Object.keys(account.changes()).join()).toMatch(/^(?!.*queues).*\/versions/);
  });
});

it('the try from outside finds one thing wrong with the portal of this machine: no Access stands before its desk', async () => {
  expect(await smoke(origin)).toEqual([
    expect.stringContaining('/guichet answers 200, not Cloudflare Access'),
    expect.stringContaining('/guichet/journal answers 200'),
  ]);
});

describe('and elsewhere', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close().closeAllConnections();
  });

  /** Another server in the portal's place. */
  function serve(respond: RequestListener): string {
    const server = createServer(respond).listen(0);
    servers.push(server);
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  }

  const impatient = { answer: 0, cron: 0 };

  it('finds what is wrong with something else, or with nothing there', async () => {
    const faults = await smoke(serve((_, answer) => answer.writeHead(200).end('hello')));
    expect(faults.join('\n')).toMatch(
      /content-security-policy.*an unknown address.*can the Worker hash there\?/s,
    );
    const closed = createServer().listen(0);
    const address = `http://localhost:${(closed.address() as AddressInfo).port}`;
    closed.close();
    expect(await smoke(address, impatient)).toEqual([expect.stringContaining('does not answer')]);
  });

  it('a desk that is shut, or behind Access, is as it should be; one behind another sign-in is not', async () => {
    const behind = (location: string) =>
      serve((request, answer) =>
        request.url?.startsWith('/guichet') ? answer.writeHead(302, { location }).end() : answer.end('hello'),
      );
    const shut = serve((_, answer) => answer.writeHead(404).end());
    const access = behind('https://capa.cloudflareaccess.com/cdn-cgi/access/login/x');
    const other = behind('https://capa.cloudflareaccess.com.example/');
    expect((await smoke(shut, impatient)).join()).not.toContain('guichet');
    expect((await smoke(access, impatient)).join()).not.toContain('guichet');
    expect((await smoke(other, impatient)).join()).toContain('/guichet answers 302, not Cloudflare Access');
  });

  it('a connection that breaks off is one line, and the rest is tried all the same', async () => {
    const address = serve((request, answer) =>
      request.url === '/styles.css' ? request.socket.destroy() : answer.end('hello'),
    );
    const faults = (await smoke(address, impatient)).join('\n');
    expect(faults).toMatch(/\/styles.css: the connection broke off\nan unknown address answers 200/);
  });

  it('waits for the first run of cron, and says so when it does not come', async () => {
    let asked = 0;
    const portal = (cronSeconds: () => number | null) =>
      serve((request, answer) => {
        const isHealth = request.url === '/sante';
        answer.end(isHealth ? JSON.stringify({ status: 'ok', cronSeconds: cronSeconds() }) : 'hello');
      });
    const never = await smoke(
      portal(() => null),
      impatient,
    );
    expect(never.at(-1)).toMatch(/^cron has not run yet/);
    const late = await smoke(
      portal(() => (++asked > 5 ? 3 : null)),
      { answer: 0, cron: 15_000 },
    );
    expect(late.join()).not.toContain('cron');
    expect(asked).toBeGreaterThan(5);
  });
});
