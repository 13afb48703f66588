// /api/clients: the landlord's system posts its client file here every night, and new numbers for its clients.

import { type Context, Hono, type Next } from 'hono';
import { FILE_FAULTS, FileError } from '../client/import/fault.ts';
import { ImportBusy } from '../client/import/lease.ts';
import { renumberClients } from '../client/import/renumbering.ts';
import { readReports } from '../client/import/reports.ts';
import { importClients } from '../client/import/run.ts';
import { CLIENT_FILE } from '../numbers.ts';
import { announcedBytes, chunksOf, readAway } from '../platform/body.ts';
import { bearerIs } from '../web/bearer.ts';
import { openPortal, type Portal } from '../web/portal.ts';
import { ACCESS_WORDS, sayFault } from '../words/import.ts';

export const clientsApi = new Hono<Portal>();

/** Without a key there is no such address. */
clientsApi.use(openPortal, async (c, next) => {
  const key = c.get('settings').CLIENTS_API_KEY;
  if (!key) return c.json(refusal('not_found'), 404);
  const method = c.req.path.endsWith('/rapports') ? 'GET' : 'POST';
  if (c.req.method !== method)
    return c.json(refusal(method === 'GET' ? 'reports_method' : 'wrong_method'), 405, { allow: method });
  if (await bearerIs(c.req.header('authorization'), key)) return next();
  return c.json(refusal('wrong_key'), 401, { 'www-authenticate': 'Bearer realm="clients"' });
});

clientsApi.post('/', csvOnly, async (c) => {
  const lines = c.req.query('lignes');
  if (lines !== undefined && !/^\d{1,9}$/.test(lines)) return c.json(refusal('wrong_lines'), 400);
  const request = {
    isTrial: c.req.query('essai') === '1',
    confirmed: c.req.query('confirme'),
    announced: {
      bytes: announcedBytes(c.req.raw.headers),
      lines: lines === undefined ? undefined : Number(lines),
    },
  };
  return answerFile(c, async (body) => {
    const report = await importClients(c.get('db'), chunksOf(body), request);
    return c.json(report, report.outcome === 'refused' ? 409 : 200);
  });
});

/** New numbers, given all at once or not at all. */
clientsApi.post('/renumerotation', csvOnly, (c) =>
  answerFile(c, async (body) => {
    const bytes = await readWhole(chunksOf(body));
    const report = await renumberClients(c.get('db'), bytes, c.req.query('essai') === '1');
    return c.json(report, report.outcome === 'refused' ? 422 : 200);
  }),
);

/** The answers of the last nights: one in full, and the list of all that are kept. */
clientsApi.get('/rapports', async (c) => {
  const id = c.req.query('numero');
  const { report, nights } = await readReports(c.get('db'), id === undefined ? undefined : Number(id));
  if (!report) return c.json(refusal('no_report'), 404);
  return c.json({ ...report, nights });
});

async function csvOnly(c: Context<Portal>, next: Next) {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'text/csv') return c.json(refusal('wrong_content_type'), 415, { accept: 'text/csv' });
  return next();
}

/** Handles the file of a request, or says why it was refused. */
async function answerFile(c: Context<Portal>, work: (body: ReadableStream<Uint8Array>) => Promise<Response>) {
  const body = c.req.raw.body ?? new Blob([]).stream();
  try {
    return await work(body);
  } catch (error) {
    await readAway(body, CLIENT_FILE.bytes);
    if (error instanceof ImportBusy) return c.json(refusal('busy'), 423, retryLater);
    if (!(error instanceof FileError)) throw error;
    const { fault, line, column } = error;
    return c.json({ error: fault, line, column, message: sayFault(error) }, FILE_FAULTS[fault]);
  }
}

function refusal(error: keyof typeof ACCESS_WORDS) {
  return { error, message: ACCESS_WORDS[error] };
}

/** @throws {FileError} when it is larger than new numbers for a million clients */
async function readWhole(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += parts.push(chunk) && chunk.length;
    if (size > CLIENT_FILE.numbersBytes) throw new FileError('too_large', 1);
  }
  const whole = new Uint8Array(size);
  for (let at = 0; parts.length > 0; ) {
    const part = parts.shift() ?? whole;
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const retryLater = { 'retry-after': String(CLIENT_FILE.lease / 1000) };
