// npm run clients:import: posts the landlord's client file to the portal, as the landlord's own system does.
// Exit codes for a cron job: 0 done, 1 stopped by a guard, 2 no client file, 3 the portal did not do it.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { unstable_readConfig } from 'wrangler';
import type { ImportReport } from '../rules/import-report.ts';
import { sayReport } from '../text-import.ts';
import { DEMO_CLIENTS_KEY } from './demo-key.ts';
import { stop } from './terminal.ts';

const DONE = 0;
const STOPPED = 1;
const NO_FILE = 2;
const NOT_DONE = 3;

const USAGE = `Usage\u00a0: npm run clients:import -- FICHIER.csv [--dry-run] [--remote] [--confirm EMPREINTE]`;

const { values, path } = readArguments();
const { origin, key } = portalToAsk();
const answer = await send();
process.exitCode = await tell(answer);

function readArguments() {
  const options = {
    'dry-run': { type: 'boolean' },
    remote: { type: 'boolean' },
    confirm: { type: 'string' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [path] = positionals;
    if (!path || positionals.length > 1) stop(USAGE, NO_FILE);
    if (!existsSync(path) || !statSync(path).isFile()) stop(`Le fichier ${path} n’existe pas.`, NO_FILE);
    return { values, path };
  } catch {
    return stop(USAGE, NO_FILE);
  }
}

/** The portal of `npm start`, or with --remote the one in production. */
function portalToAsk() {
  if (!values.remote) {
    return { origin: `http://localhost:${process.env.PORT ?? 8787}`, key: DEMO_CLIENTS_KEY };
  }
  const { vars } = unstable_readConfig({ config: 'wrangler.toml' });
  const key = process.env.CLIENTS_API_KEY;
  if (!key) stop('La variable d’environnement CLIENTS_API_KEY manque.', NOT_DONE);
  return { origin: process.env.PORTAL_ORIGIN ?? String(vars.PORTAL_ORIGIN), key };
}

async function send(): Promise<Response> {
  const address = new URL('/api/clients', origin);
  if (values['dry-run']) address.searchParams.set('essai', '1');
  if (values.confirm) address.searchParams.set('confirme', values.confirm);
  const init = {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
    body: withProgress(createReadStream(path), statSync(path).size),
    duplex: 'half',
  };
  try {
    return await fetch(address, init as unknown as RequestInit);
  } catch {
    const hint = values.remote ? '' : ' Lancez d’abord npm start.';
    return stop(`Le portail ${origin} ne répond pas.${hint}`, NOT_DONE);
  }
}

/** A bar of what has been sent, for a person at a terminal: a cron job's log gets none. */
async function* withProgress(chunks: AsyncIterable<Uint8Array>, size: number) {
  let sent = 0;
  for await (const chunk of chunks) {
    yield chunk;
    sent += chunk.length;
    if (!process.stderr.isTTY) continue;
    const bar = '█'.repeat(Math.round((sent / size) * 30)).padEnd(30, '░');
    process.stderr.write(`\r${bar} ${Math.round((sent / size) * 100)}\u00a0%${sent >= size ? '\n' : ''}`);
  }
}

async function tell(answer: Response): Promise<number> {
  if (answer.status === 200 || answer.status === 409) {
    const report = (await answer.json()) as ImportReport;
    console.log(sayReport(report).join('\n'));
    if (report.rejectedCsv) console.log(`\nLignes à corriger\u00a0:\n${report.rejectedCsv}`);
    if (report.outcome === 'refused') console.log(`Pour passer outre\u00a0: --confirm ${report.fingerprint}`);
    return answer.status === 200 ? DONE : STOPPED;
  }
  const { message } = (await answer.json().catch(() => ({}))) as { message?: string };
  console.error(message ?? sayStatus(answer.status));
  return [400, 413, 415, 422].includes(answer.status) ? NO_FILE : NOT_DONE;
}

function sayStatus(status: number): string {
  const words: Record<number, string> = {
    401: 'La clé CLIENTS_API_KEY n’est pas celle du portail.',
    404: 'Le portail n’a pas de clé CLIENTS_API_KEY\u00a0: il ne prend aucun fichier.',
    423: 'Un autre import est en cours\u00a0: réessayez dans deux minutes.',
  };
  return words[status] ?? `Le portail a répondu ${status}\u00a0: rien n’a été changé.`;
}
