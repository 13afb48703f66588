// npm run clients:import: posts the landlord's client file to the portal, as the landlord's own system does.
// Exit codes for a cron job: 0 done, 1 stopped by a guard, 2 no client file, 3 the portal did not do it, or may have.

import { createReadStream, existsSync, statSync } from 'node:fs';
import type { ImportReport } from '../rules/import-report.ts';
import { sayReport } from '../text-import.ts';
import { supportText } from '../text-support.ts';
import { readConfig } from './config.ts';
import { DEMO_CLIENTS_KEY } from './demo-key.ts';
import { readPort, stop } from './terminal.ts';
import { readTyped } from './typed.ts';

const DONE = 0;
const STOPPED = 1;
const NO_FILE = 2;
const NOT_DONE = 3;

/** Ports that fetch refuses, names, connections and certificates: nothing was sent. */
const NOT_REACHED =
  /^(bad port|ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT|CERT_|ERR_TLS|ERR_SSL|.*SELF_SIGNED|UNABLE_TO)/;

const words = supportText.clientFile;

const { values, path } = readArguments();
const { origin, key } = portalToAsk();
process.exitCode = await tell(await send());

function readArguments() {
  const options = {
    'dry-run': { type: 'boolean' },
    remote: { type: 'boolean' },
    confirm: { type: 'string' },
  } as const;
  const said = { usage: words.usage, dashes: supportText.dashes };
  const { values, positionals } = readTyped('clients:import', options, said, NO_FILE);
  const [path] = positionals;
  if (!path || positionals.length > 1 || values.confirm === '') stop(words.usage, NO_FILE);
  if (!existsSync(path) || !statSync(path).isFile()) stop(words.noFile(path), NO_FILE);
  return { values, path };
}

/** The portal of `npm start`, or with --remote the one in production. */
function portalToAsk() {
  if (!values.remote) {
    return { origin: `http://localhost:${readPort(words.wrongPort, NOT_DONE)}`, key: DEMO_CLIENTS_KEY };
  }
  const key = process.env.CLIENTS_API_KEY;
  if (!key) stop(words.noKey, NOT_DONE);
  const origin = process.env.PORTAL_ORIGIN ?? String(readConfig(NOT_DONE).vars.PORTAL_ORIGIN);
  if (!/^https?:\/\//.test(origin) || !URL.canParse(origin)) stop(words.wrongOrigin, NOT_DONE);
  return { origin, key };
}

async function send(): Promise<Response> {
  const address = new URL('/api/clients', origin);
  if (values['dry-run']) address.searchParams.set('essai', '1');
  if (values.confirm) address.searchParams.set('confirme', values.confirm);
  const init = {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
    body: withProgress(chunksOf(path), statSync(path).size),
    duplex: 'half',
    // Neither the key nor the file follows to another address.
    redirect: 'manual',
  };
  try {
    return await fetch(address, init as unknown as RequestInit);
  } catch (error) {
    const { code, message = '' } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException;
    if (!NOT_REACHED.test(code ?? message)) return stop(`${words.cut} ${words.unsure}`, NOT_DONE);
    const hint = values.remote ? '' : ` ${words.startFirst}`;
    return stop(`${words.silent(origin)}${hint}`, NOT_DONE);
  }
}

/** A file that breaks off while it is read is sent to no end, and the portal drops what it has. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path);
  } catch {
    stop(words.unreadable(path), NO_FILE);
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
    const { report, lines } = await readReport(answer);
    console.log(lines.join('\n'));
    if (report.rejectedCsv) console.log(`\n${words.linesToMend}\n${report.rejectedCsv}`);
    if (report.outcome === 'refused') console.log(words.toConfirm(report.fingerprint));
    return answer.status === 200 ? DONE : STOPPED;
  }
  console.error(await sayRefusal(answer));
  return [400, 413, 415, 422].includes(answer.status) ? NO_FILE : NOT_DONE;
}

/** What is no report cannot be said. */
async function readReport(answer: Response): Promise<{ report: ImportReport; lines: string[] }> {
  try {
    const report = (await answer.json()) as ImportReport;
    return { report, lines: sayReport(report) };
  } catch {
    return stop(`${words.cut} ${words.unsure}`, NOT_DONE);
  }
}

async function sayRefusal(answer: Response): Promise<string> {
  const { status } = answer;
  const where = answer.headers.get('location');
  if (status >= 300 && status < 400) return words.moved(where ?? '…');
  const { message } = (await answer.json().catch(() => ({}))) as { message?: string };
  if (status >= 500) return `${words.answered(String(status))} ${words.unsure}`;
  return message ?? `${words.answered(String(status))} ${words.nothingChanged}`;
}
