// npm run deploy [-- --dry-run]: the portal to Cloudflare, step by step, and a try from outside at the end.

import { rmSync, writeFileSync } from 'node:fs';
import { experimental_readRawConfig } from 'wrangler';
import { CONFIG, readConfig } from './config.ts';
import { deployedConfig, findDeskSteps, findLackingSecrets, findLackingSettings } from './readiness.ts';
import { makeQueue, makeStore, missingStores } from './resources.ts';
import { smoke } from './smoke.ts';
import { subscribe } from './subscription.ts';
import { endOnSignals, readJson, stop, tryWrangler, wrangler, wranglerAsking } from './terminal.ts';
import { english, readTyped } from './typed.ts';

// Beside the other one, since its paths are relative to it.
const DEPLOYED_CONFIG = 'wrangler.deployed.json';
const words = english('npm run deploy [-- --dry-run]');
const { values, positionals } = readTyped('deploy', { 'dry-run': { type: 'boolean' } }, words);
if (positionals.length > 0) stop(words.usage);
endOnSignals();
const { vars, queues } = readConfig();
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
tell('The desk of the landlord’s staff, optional', findDeskSteps(vars));
if (values['dry-run']) await rehearse();
else await deploy();

/** All that needs no account. */
async function rehearse(): Promise<void> {
  const { needed, optional } = findLackingSecrets(vars, []);
  tell('Secrets to set, unless they are', needed);
  tell('Secrets that are optional, unless they are set', optional);
  const wanted = missingStores().map(({ what }) => what);
  tell('Would be created, unless it exists', isQueued ? [...wanted, `queue ${queue} (EU)`] : wanted);
  writeDeployedConfig();
  const bundled = await wrangler('deploy', '--dry-run', '--config', DEPLOYED_CONFIG);
  say(`\nThe Worker: ${/Total Upload: (.*)/.exec(bundled)?.[1]}`);
  say(lacking.length === 0 ? '\nReady for `npm run deploy`.' : '\nNot ready: see « Settings » above.');
}

async function deploy(): Promise<void> {
  const secrets = findLackingSecrets(vars, await listSecrets());
  tell('Secrets', secrets.needed);
  tell('Secrets that are optional', secrets.optional);
  if (lacking.length + secrets.needed.length > 0)
    stop('\nNothing was deployed: complete what is named above.');
  await makeResources();
  writeDeployedConfig();
  await wrangler('d1', 'migrations', 'apply', 'DB', '--remote', '--config', DEPLOYED_CONFIG);
  // Unasked, wrangler would take the host's DNS record from whatever stands there.
  await wranglerAsking('deploy', '--domain', host, '--config', DEPLOYED_CONFIG);
  say('\nDeployed.');
  if (isQueued)
    tell('By hand, for mails and the reports of what became of them', await subscribe(queue, senderDomain()));
  const faults = await smoke(origin);
  tell(`${origin} from outside`, faults);
  if (faults.length > 0)
    stop('\nDeployed, but not as it should be: see above, and « When something is wrong » in the README.');
}

/** Says what it made at once: a deployment that is cut short has made it all the same. */
async function makeResources(): Promise<void> {
  const stores = missingStores();
  for (const store of stores) say(`\n${(await makeStore(store)) ? 'Created' : 'Found'}: ${store.what}`);
  if (stores.length > 0) say(`Their ids stand in ${CONFIG} now: commit it.`);
  if (isQueued && (await makeQueue(queue))) say(`\nCreated: queue ${queue} (EU)`);
}

/** The names of the secrets that are set. The first one set makes the Worker; before it, there is none. */
async function listSecrets(): Promise<string[]> {
  const { isDone, said, complained } = await tryWrangler('secret', 'list', '--format', 'json');
  const list = isDone ? readJson<{ name: string }[]>(said) : undefined;
  if (Array.isArray(list)) return list.map(({ name }) => name);
  if (!isDone && /Worker ".*" not found/.test(complained)) return [];
  return stop(`\nThe account could not be read:\n${said}${complained}`);
}

function writeDeployedConfig(): void {
  const { rawConfig } = experimental_readRawConfig({ config: CONFIG });
  writeFileSync(DEPLOYED_CONFIG, JSON.stringify(deployedConfig(rawConfig, isQueued)));
  process.once('exit', () => rmSync(DEPLOYED_CONFIG, { force: true }));
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
