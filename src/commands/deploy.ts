// npm run deploy [-- --dry-run]: the portal to Cloudflare, step by step, and a try from outside at the end.

import { rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { experimental_readRawConfig, unstable_readConfig } from 'wrangler';
import { findLackingSecrets, findLackingSettings } from './readiness.ts';
import { makeQueue, makeStore, missingStores, subscribe } from './resources.ts';
import { smoke } from './smoke.ts';
import { stop, tryWrangler, wrangler, wranglerAsking } from './terminal.ts';

const CONFIG = 'wrangler.toml';
// Beside the other one, since its paths are relative to it.
const DEPLOYED_CONFIG = 'wrangler.deployed.json';
const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
const { vars, queues } = unstable_readConfig({ config: CONFIG });
const queue = queues.consumers?.[0]?.queue ?? '';
const origin = String(vars.PORTAL_ORIGIN);
const host = URL.parse(origin)?.host ?? origin;
const isQueued = vars.MAIL_PROVIDER === 'cloudflare';

say(
  'Needs: the Workers Paid plan (the free plan’s 10 ms of CPU cannot hash a password), `npx wrangler login`,',
);
say(`and a zone of this account that holds ${host}.`);
const lacking = findLackingSettings(vars);
tell('Settings', lacking);
if (values['dry-run']) rehearse();
else await deploy();

/** All that needs no account. */
function rehearse(): void {
  tell('Secrets to set, unless they are', Object.values(findLackingSecrets(vars, [])).flat());
  const wanted = missingStores().map(({ what }) => what);
  tell('Would be created, unless it exists', isQueued ? [...wanted, `queue ${queue} (EU)`] : wanted);
  writeDeployedConfig();
  const bundled = wrangler('deploy', '--dry-run', '--config', DEPLOYED_CONFIG);
  say(`\nThe Worker: ${/Total Upload: (.*)/.exec(bundled)?.[1]}`);
  say(lacking.length === 0 ? '\nReady for `npm run deploy`.' : '\nNot ready: see « Settings » above.');
}

async function deploy(): Promise<void> {
  const secrets = findLackingSecrets(vars, listSecrets());
  tell('Secrets', secrets.needed);
  tell('Secrets that are optional', secrets.optional);
  if (lacking.length + secrets.needed.length > 0)
    stop('\nNothing was deployed: complete what is named above.');
  for (const store of missingStores()) makeStore(store);
  if (isQueued) makeQueue(queue);
  writeDeployedConfig();
  wrangler('d1', 'migrations', 'apply', 'DB', '--remote', '--config', DEPLOYED_CONFIG);
  // Unasked, wrangler would take the host's DNS record from whatever stands there.
  wranglerAsking('deploy', '--domain', host, '--config', DEPLOYED_CONFIG);
  say('\nDeployed.');
  if (isQueued)
    tell('By hand, for mails and the reports of what became of them', await subscribe(queue, senderDomain()));
  const faults = await smoke(origin);
  tell(`${origin} from outside`, faults);
  if (faults.length > 0)
    stop('\nDeployed, but not as it should be: see above, and « When something is wrong » in the README.');
}

/** The names of the secrets that are set. The first one set makes the Worker; before it, there is none. */
function listSecrets(): string[] {
  const { isDone, said, complained } = tryWrangler('secret', 'list', '--format', 'json');
  if (isDone) return (JSON.parse(said) as { name: string }[]).map(({ name }) => name);
  if (/Worker ".*" not found/.test(complained)) return [];
  return stop(`\nThe account could not be read:\n${complained}`);
}

/** With Brevo nothing is read from a queue, and the consumer of a queue that does not exist cannot be deployed. */
function writeDeployedConfig(): void {
  const { rawConfig } = experimental_readRawConfig({ config: CONFIG });
  const { queues: _, ...unqueued } = rawConfig;
  writeFileSync(DEPLOYED_CONFIG, JSON.stringify(isQueued ? rawConfig : unqueued));
  process.once('exit', () => rmSync(DEPLOYED_CONFIG));
}

function senderDomain(): string {
  return String(vars.MAIL_FROM).split('@')[1] ?? '';
}

function tell(title: string, lines: string[]): void {
  say(`\n${title}: ${lines.length === 0 ? 'nothing is missing.' : ''}`);
  for (const line of lines) say(`  - ${line}`);
}

function say(line: string): void {
  console.log(line);
}
