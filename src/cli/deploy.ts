// npm run deploy [-- --dry-run]: the portal to Cloudflare, step by step, a try from outside at the end, and a trial mail.

import { rmSync, writeFileSync } from 'node:fs';
import { SettingsError } from '../env.ts';
import { CONFIG, readConfig } from './config.ts';
import { findLackingRecords, mailNeeds, senderDomain } from './mail-domain.ts';
import { passkeysOfOtherHosts } from './passkeys.ts';
import {
  deployedConfig,
  findAdvisedSettings,
  findDeskSteps,
  findLackingSecrets,
  findLackingSettings,
  readPlainSettings,
} from './readiness.ts';
import { makeQueue, makeStore, missingStores } from './resources.ts';
import { smoke } from './smoke.ts';
import { subscribe } from './subscription.ts';
import { endOnSignals, readJson, stop, tryWrangler, wrangler, wranglerAsking } from './terminal.ts';
import { offerTrial, sendTrial } from './trial-mail.ts';
import { english, readTyped } from './typed.ts';
import { wranglerFunctions } from './wrangler.ts';

// Beside the other one, since its paths are relative to it.
const DEPLOYED_CONFIG = 'wrangler.deployed.json';
const words = english('npm run deploy [-- --dry-run | --trial ADDRESS]');
const options = { 'dry-run': { type: 'boolean' }, trial: { type: 'string' } } as const;
const { values, positionals } = readTyped('deploy', options, words);
if (positionals.length > 0 || (values.trial && values['dry-run'])) stop(words.usage);
endOnSignals();
const { vars, queues } = readConfig();
const queue = queues.consumers?.[0]?.queue ?? '';
const origin = String(vars.PORTAL_ORIGIN);
const host = URL.parse(origin)?.host ?? origin;
const isQueued = vars.MAIL_PROVIDER === 'cloudflare';

const lacking = findLackingSettings(vars);
if (values.trial) await tryMail(values.trial);
else {
  sayNeeds();
  await (values['dry-run'] ? rehearse() : deploy());
}

function sayNeeds(): void {
  say(
    'Needs: the Workers Paid plan (the free plan’s 10 ms of CPU cannot hash a password), `npx wrangler login`,',
  );
  say(`and a zone of this account that holds ${host}.`);
  tell('Mail', mailNeeds(vars));
  tell('Settings', lacking);
  tell('Settings that are optional', findAdvisedSettings(vars));
  tell('The desk of the landlord’s staff, optional', findDeskSteps(vars));
}

async function tryMail(address: string): Promise<void> {
  const { isSent, said } = await sendTrial(address, settingsOf(vars));
  if (!isSent) stop(said);
  say(said);
}

function settingsOf(values: Record<string, unknown>) {
  try {
    return readPlainSettings(values);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return stop(error.message);
  }
}

/** All that needs no account. Exits with 1 when a setting is lacking, so that a pipeline can ask. */
async function rehearse(): Promise<void> {
  const { needed, optional } = findLackingSecrets(vars, []);
  tell('Secrets to set, unless they are', needed);
  tell('Secrets that are optional, unless they are set', optional);
  const wanted = missingStores().map(({ what }) => what);
  tell('Would be created, unless it exists', isQueued ? [...wanted, `queue ${queue} (EU)`] : wanted);
  tell(`DNS of ${senderDomain(vars)}`, await findLackingRecords(vars));
  writeDeployedConfig();
  const bundled = await wrangler('deploy', '--dry-run', '--config', DEPLOYED_CONFIG);
  say(`\nThe Worker: ${/Total Upload: (.*)/.exec(bundled)?.[1]}`);
  if (lacking.length > 0) stop('\nNot ready: see « Settings » above.');
  say('\nReady for `npm run deploy`.');
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
  tell('Passkeys', await passkeysOfOtherHosts(origin, DEPLOYED_CONFIG));
  // Unasked, wrangler would take the host's DNS record from whatever stands there.
  await wranglerAsking('deploy', '--domain', host, '--config', DEPLOYED_CONFIG);
  say('\nDeployed.');
  if (isQueued)
    tell(
      'By hand, for mails and the reports of what became of them',
      await subscribe(queue, senderDomain(vars)),
    );
  tell(`DNS of ${senderDomain(vars)}`, await findLackingRecords(vars));
  const faults = await smoke(origin);
  tell(`${origin} from outside`, faults);
  await offerTrial(settingsOf(vars));
  if (faults.length > 0) stop('\nDeployed, but not as it should be: see above, and docs/operations.md.');
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
  const { rawConfig } = wranglerFunctions().experimental_readRawConfig({ config: CONFIG });
  writeFileSync(DEPLOYED_CONFIG, JSON.stringify(deployedConfig(rawConfig, isQueued)));
  process.once('exit', () => rmSync(DEPLOYED_CONFIG, { force: true }));
}

function tell(title: string, lines: string[]): void {
  say(`\n${title}: ${lines.length === 0 ? 'nothing is missing.' : ''}`);
  for (const line of lines) say(`  - ${line}`);
}

function say(line: string): void {
  console.log(line);
}
