// npm run clients:import: posts the landlord's client file, or new numbers for its clients, to the portal as the
// landlord's own system does; and tells what the last nights answered.
// Exit codes for a cron job: 0 done, 1 stopped by a guard, 2 no client file, 3 the portal did not do it, or may have.

import { createReadStream, existsSync, statSync } from 'node:fs';
import type { ImportReport, KeptReport, Night } from '../client/import/guards.ts';
import type { NumbersReport } from '../client/import/new-numbers.ts';
import { sayKept, sayNight, sayNumbers, sayReport } from '../words/import.ts';
import { supportText } from '../words/support.ts';
import { askPortal, NOT_DONE } from './clients-portal.ts';
import { stop } from './terminal.ts';
import { readTyped } from './typed.ts';

const DONE = 0;
const STOPPED = 1;
const NO_FILE = 2;

const words = supportText.clientFile;
const { values, path } = readArguments();
process.exitCode = values.last ? await tellLast() : await tell(await send());

/** A file, or with --last at most the number of a night. */
function readArguments() {
  const options = {
    'dry-run': { type: 'boolean' },
    remote: { type: 'boolean' },
    confirm: { type: 'string' },
    renumber: { type: 'boolean' },
    last: { type: 'boolean' },
  } as const;
  const said = { usage: words.usage, dashes: supportText.dashes };
  const { values, positionals } = readTyped('clients:import', options, said, NO_FILE);
  const [path = ''] = positionals;
  const isWhole =
    positionals.length < 2 && values.confirm !== '' && (values.last ? /^\d*$/.test(path) : path !== '');
  if (!isWhole || (values.last && (values.confirm || values['dry-run'] || values.renumber)))
    stop(words.usage, NO_FILE);
  if (!values.last && (!existsSync(path) || !statSync(path).isFile())) stop(words.noFile(path), NO_FILE);
  return { values, path };
}

function send(): Promise<Response> {
  const address = values.renumber ? '/api/clients/renumerotation' : '/api/clients';
  const asked = new URLSearchParams();
  if (values['dry-run']) asked.set('essai', '1');
  if (values.confirm) asked.set('confirme', values.confirm);
  return askPortal(Boolean(values.remote), `${address}${asked.size > 0 ? `?${asked}` : ''}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: withProgress(chunksOf(path), statSync(path).size),
  });
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
  const isReport = answer.status === 200 || answer.status === 409;
  // New numbers with lines to mend are reported too; what is no such file has its sentence.
  const isNumbers = values.renumber && answer.status === 422;
  if (!isReport && !isNumbers) return refuse(answer);
  const copy = answer.clone();
  const told = values.renumber ? await readReport(answer, ofNumbers) : await readReport(answer, ofFile);
  if (!told) return isNumbers ? refuse(copy) : stop(`${words.cut} ${words.unsure}`, NOT_DONE);
  console.log(told.lines.join('\n'));
  if (told.rejectedCsv) console.log(`\n${words.linesToMend}\n${told.rejectedCsv}`);
  if (told.toConfirm) console.log(words.toConfirm(told.toConfirm));
  return isReport ? { 200: DONE, 409: STOPPED }[answer.status as 200 | 409] : NO_FILE;
}

type Told = { lines: string[]; rejectedCsv?: string; toConfirm?: string };

function ofFile(report: ImportReport): Told {
  const { outcome, fingerprint, rejectedCsv } = report;
  return { lines: sayReport(report), rejectedCsv, toConfirm: outcome === 'refused' ? fingerprint : '' };
}

function ofNumbers(report: NumbersReport): Told {
  return { lines: sayNumbers(report) };
}

/** What is no report cannot be said. */
async function readReport<T>(answer: Response, say: (report: T) => Told): Promise<Told | undefined> {
  try {
    return say((await answer.json()) as T);
  } catch {
    return undefined;
  }
}

async function refuse(answer: Response): Promise<number> {
  console.error(await sayRefusal(answer));
  return [400, 413, 415, 422].includes(answer.status) ? NO_FILE : NOT_DONE;
}

/** One night in full, and a line for each that is kept. */
async function tellLast(): Promise<number> {
  const answer = await askPortal(
    Boolean(values.remote),
    `/api/clients/rapports${path && `?numero=${path}`}`,
    {},
  );
  if (answer.status !== 200) {
    console.error(await sayRefusal(answer));
    return NOT_DONE;
  }
  const { report, nights, ...night } = (await answer.json()) as Night & {
    report: KeptReport;
    nights: Night[];
  };
  console.log([sayNight(night), ...sayKept(report), '', words.nights, ...nights.map(sayNight)].join('\n'));
  return DONE;
}

async function sayRefusal(answer: Response): Promise<string> {
  const { status } = answer;
  const where = answer.headers.get('location');
  if (status >= 300 && status < 400) return words.moved(where ?? '…');
  const { message } = (await answer.json().catch(() => ({}))) as { message?: string };
  if (status >= 500) return `${words.answered(String(status))} ${words.unsure}`;
  return message ?? `${words.answered(String(status))} ${words.nothingChanged}`;
}
