// npm run deploy [-- --dry-run]: the portal to Cloudflare, step by step, and a try from outside at the end.

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { unstable_readConfig } from 'wrangler';
import { findLackingSecrets, findLackingSettings } from './readiness.ts';
import { smoke } from './smoke.ts';

const CONFIG = 'wrangler.toml';
// Beside the other one, since its paths are relative to it.
const DEPLOYED_CONFIG = 'wrangler.deployed.toml';
const WRANGLER = 'node_modules/wrangler/bin/wrangler.js';
const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
const { vars, queues } = unstable_readConfig({ config: CONFIG });
const queue = queues.consumers?.[0]?.queue ?? '';
const origin = String(vars.PORTAL_ORIGIN);

say(
  'Needs: the Workers Paid plan (the free plan’s 10 ms of CPU cannot hash a password), `npx wrangler login`,',
);
say(`and a zone of this account that holds ${new URL(origin).host}.`);
const lacking = findLackingSettings(vars);
tell('Settings', lacking);
if (values['dry-run']) rehearse();
else await deploy();

/** All that needs no account. */
function rehearse(): void {
  tell('Secrets to set, unless they are', Object.values(findLackingSecrets(vars, [])).flat());
  tell('Would be created, unless it exists', [
    ...missingResources().map(({ what }) => what),
    ...(vars.MAIL_PROVIDER === 'cloudflare' ? [`queue ${queue} (EU)`] : []),
  ]);
  withDeployedConfig((config) => wrangler('deploy', '--dry-run', '--minify', '--config', config));
  say(lacking.length === 0 ? 'Ready for `npm run deploy`.' : 'Not ready: see « Settings » above.');
}

async function deploy(): Promise<void> {
  const set = JSON.parse(wrangler('secret', 'list', '--format', 'json') || '[]') as { name: string }[];
  const secrets = findLackingSecrets(
    vars,
    set.map(({ name }) => name),
  );
  tell('Secrets', secrets.needed);
  tell('Secrets that are optional', secrets.optional);
  if (lacking.length + secrets.needed.length > 0) stop('Nothing was deployed: complete what is named above.');
  for (const { command, after } of missingResources()) writeId(after, wrangler(...command));
  if (vars.MAIL_PROVIDER === 'cloudflare') makeQueue();
  withDeployedConfig((config) => {
    wrangler('d1', 'migrations', 'apply', 'DB', '--remote', '--config', config);
    wrangler('deploy', '--minify', '--domain', new URL(origin).host, '--config', config);
  });
  const faults = await smoke(origin);
  tell(`${origin} from outside`, faults);
  if (faults.length > 0)
    stop('Deployed, but not as it should be: see above, and « When something is wrong » in the README.');
}

/** What has no id in wrangler.toml yet: how to make it, and after which line its id goes. */
function missingResources() {
  const config = readFileSync(CONFIG, 'utf8');
  const wanted = [
    {
      what: 'D1 database portail-locataire (EU)',
      key: 'database_id',
      command: ['d1', 'create', 'portail-locataire', '--jurisdiction', 'eu'],
      after: 'database_name = "portail-locataire"',
    },
    {
      what: 'KV namespace TOKENS (EU)',
      key: 'id',
      command: ['kv', 'namespace', 'create', 'TOKENS', '--jurisdiction', 'eu'],
      after: 'binding = "TOKENS"',
    },
  ];
  return wanted.filter(({ key, after }) => !config.includes(`${after}\n${key} = `));
}

/** Writes the id that wrangler prints into wrangler.toml: commit it. */
function writeId(after: string, printed: string): void {
  const [line] = /^\s*"?(database_id|id)"?\s*[=:]\s*"[0-9a-f-]{32,36}"/m.exec(printed) ?? [];
  if (!line) stop(`wrangler printed no id; write it below « ${after} » in ${CONFIG}:\n${printed}`);
  const [, key, id] = /(database_id|id)"?\s*[=:]\s*"([0-9a-f-]+)"/.exec(line) ?? [];
  writeFileSync(CONFIG, readFileSync(CONFIG, 'utf8').replace(after, `${after}\n${key} = "${id}"`));
}

function makeQueue(): void {
  if (!wrangler('queues', 'list').includes(queue))
    wrangler('queues', 'create', queue, '--jurisdiction', 'eu');
  say('For the reports of what became of each mail, once per sending domain:');
  say(`  npx wrangler queues subscription create ${queue} --source email.sending --zone-id … --domain … \\`);
  say(
    '    --events message.delivered,message.deferred,message.bounced,message.failed,message.rejected,message.complained',
  );
}

/** With Brevo nothing is read from a queue, and a consumer of a queue that does not exist cannot be deployed. */
function withDeployedConfig(act: (config: string) => void): void {
  const config = readFileSync(CONFIG, 'utf8');
  const isQueued = vars.MAIL_PROVIDER === 'cloudflare';
  const consumers = /^# What Cloudflare Email Service reports[^\n]*\n\[\[queues\.consumers\]\]\n(?:\w.*\n)+/m;
  writeFileSync(DEPLOYED_CONFIG, isQueued ? config : config.replace(consumers, ''));
  try {
    act(DEPLOYED_CONFIG);
  } finally {
    rmSync(DEPLOYED_CONFIG);
  }
}

function wrangler(...words: string[]): string {
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' };
  const { status, stdout } = spawnSync(process.execPath, [WRANGLER, ...words], {
    env,
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  if (status !== 0) stop(`wrangler ${words.join(' ')} failed:\n${stdout}`);
  return stdout;
}

function tell(title: string, lines: string[]): void {
  say(`\n${title}: ${lines.length === 0 ? 'nothing is missing.' : ''}`);
  for (const line of lines) say(`  - ${line}`);
}

function say(line: string): void {
  console.log(line);
}

function stop(sentence: string): never {
  console.error(`\n${sentence}`);
  process.exit(1);
}
