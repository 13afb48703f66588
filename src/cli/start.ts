// npm start: the portal on this machine, with its database, mailbox and cron.

import { createReadStream } from 'node:fs';
import { importClients } from '../client/import/run.ts';
import { hasNoClients } from '../client/rows.ts';
import { readSettings, SETTING_NAMES, SettingsError } from '../env.ts';
import { openDatabase } from '../platform/db.ts';
import { readConfig } from './config.ts';
import { STATE, withPortal } from './database.ts';
import { DEMO_CLIENTS_KEY } from './demo-key.ts';
import { checkPort, endWithoutFiles, serve } from './dev-server.ts';
import { readPort, stop, tryWrangler } from './terminal.ts';
import { english, readTyped } from './typed.ts';

const PORT = readPort('PORT must be a number from 1 to 65535.');
const ORIGIN = `http://localhost:${PORT}`;
const DEMO_FILE = 'test/demo/clients.csv';
// Not secret: it guards nothing but the data of this machine's demo.
const DEMO_SECRET = 'development-only-secret-of-32-characters';

const typed = typedOverrides();
const agent = readAgent();
const overrides: Record<string, string> = {
  PORTAL_ORIGIN: ORIGIN,
  PORTAL_SECRET: DEMO_SECRET,
  MAIL_WEBHOOK_SECRET: DEMO_SECRET,
  CLIENTS_API_KEY: DEMO_CLIENTS_KEY,
  // The agent of `[access.dev]` in wrangler.toml sits at the desk, as a manager.
  DESK_AUDIENCE: agent.aud,
  DESK_MANAGERS: agent.email,
  ...typed,
};

checkSettings();
await checkPort(PORT);
console.log('Starting the portal…');
await prepareDatabase();
const portal = serve(PORT, overrides);
await untilReady();
// At once, so that what watches the portal sees that it runs.
await runCron();
portal.show();
greet();
endWithoutFiles(portal);
const cron = setInterval(runCron, 60_000);
portal.child.on('exit', () => clearInterval(cron));

/** Who sits at the desk here; nobody when `[access.dev]` is gone from wrangler.toml. */
function readAgent(): { aud: string; email: string } {
  const { aud = '', identity = {} } = readConfig().access?.dev ?? {};
  return { aud, email: String(identity.email ?? '') };
}

/** `--var NAME:VALUE`, as many as wanted. */
function typedOverrides(): Record<string, string> {
  const words = english('npm start -- --var NAME:VALUE');
  const { values, positionals } = readTyped('start', { var: { type: 'string', multiple: true } }, words);
  const typed = (values.var ?? []).map((word) => /^([A-Z_]+):(.*)$/s.exec(word)?.slice(1));
  if (positionals.length > 0 || typed.includes(undefined)) stop(words.usage);
  const overrides = Object.fromEntries(typed.map((pair) => pair ?? []));
  const unknown = Object.keys(overrides).filter((name) => !SETTING_NAMES.includes(name));
  if (unknown.length > 0) stop(`${unknown.join(', ')}: no such setting. docs/settings.md names them all.`);
  return overrides;
}

function checkSettings(): void {
  const { vars } = readConfig();
  try {
    readSettings({ ...vars, ...overrides });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const here = error.message.replace(/set it with `wrangler secret put (\w+)`/g, 'add `--var $1:VALUE`');
    stop(`Setting ${here.replaceAll('\n', '\nSetting ')}`);
  }
}

/** Applies the migrations that are missing and loads the demo file into an empty table. */
async function prepareDatabase(): Promise<void> {
  const migrate = ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', STATE];
  const { isDone, complained } = await tryWrangler(...migrate);
  if (!isDone) stop(`The migrations could not be applied:\n${complained}`);
  await withPortal(false, async ({ DB }) => {
    const db = openDatabase(DB);
    if (await hasNoClients(db)) await importClients(db, createReadStream(DEMO_FILE));
  });
}

async function untilReady(): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`${ORIGIN}/sante`).catch(() => undefined);
    if (answer) return;
    if (portal.child.exitCode !== null) stop(portal.held(), portal.child.exitCode || 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  portal.child.kill();
  stop(`${portal.held()}\nThe portal did not answer within a minute.`);
}

async function runCron(): Promise<void> {
  await fetch(`${ORIGIN}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`).catch(() => undefined);
}

function greet(): void {
  console.log(`
  Portal    ${ORIGIN}
  Mailbox   ${ORIGIN}/cdn-cgi/local/explorer/email/sending
  Desk      ${ORIGIN}/guichet (the landlord’s staff; as ${agent.email})

  A demo client to try, at ${ORIGIN}/inscription
    Vous êtes            Locataire
    Référence client     471
    Nom                  ORSONI
    Prénom               MARIE-DOMINIQUE
    Date de naissance    14/07/1956
    Adresse e-mail       marie@example.fr (any address: mails stay in the mailbox)

  More clients in ${DEMO_FILE}. The cron of wrangler.toml is called here each minute. Ctrl-C stops.
`);
}
