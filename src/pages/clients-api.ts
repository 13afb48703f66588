// /api/clients: the landlord's system posts its client file here every night.

import { Hono } from 'hono';
import { type Env, readSettings } from '../env.ts';
import { FILE_FAULTS, FileError } from '../rules/client-file-text.ts';
import { sayFault } from '../rules/import-words.ts';
import { CLIENT_FILE } from '../rules/numbers.ts';
import { openDatabase } from '../store/db.ts';
import { ImportBusy, importClients } from '../store/imports.ts';
import { bearerIs } from '../web/bearer.ts';

export const clientsApi = new Hono<{ Bindings: Env }>();

/** Without a key there is no such address. */
clientsApi.use(async (c, next) => {
  const { CLIENTS_API_KEY: key } = readSettings(c.env);
  if (!key) return c.json({ error: 'not_found' }, 404);
  if (c.req.method !== 'POST') return c.json({ error: 'wrong_method' }, 405, { allow: 'POST' });
  if (await bearerIs(c.req.header('authorization'), key)) return next();
  return c.json({ error: 'wrong_key' }, 401, { 'www-authenticate': 'Bearer realm="clients"' });
});

clientsApi.post('/', async (c) => {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'text/csv') return c.json({ error: 'wrong_content_type' }, 415, { accept: 'text/csv' });
  const request = { isTrial: c.req.query('essai') === '1', confirmed: c.req.query('confirme') };
  const body = c.req.raw.body ?? new Blob([]).stream();
  try {
    const report = await importClients(openDatabase(c.env.DB), chunksOf(body), request);
    return c.json(report, report.outcome === 'refused' ? 409 : 200);
  } catch (error) {
    await readAway(body);
    if (error instanceof ImportBusy) return c.json({ error: 'busy' }, 423, retryLater);
    if (!(error instanceof FileError)) throw error;
    const { fault, line, column } = error;
    return c.json({ error: fault, line, column, message: sayFault(error) }, FILE_FAULTS[fault]);
  }
});

/** Takes hold of the body only when it is read, and leaves it open when reading breaks off. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* body.values({ preventCancel: true });
}

/** What is left of a refused file: a sender that is cut off while it sends never reads the answer. */
async function readAway(body: ReadableStream): Promise<void> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > CLIENT_FILE.bytes) return;
  }
}

const retryLater = { 'retry-after': String(CLIENT_FILE.lease / 1000) };
