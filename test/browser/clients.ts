// The clients of the browser tests' portal: the demo's, as `npm start` loads them, and one of one's own for each test that
// asks. An account is one per client: a test that takes another's cannot run beside it.

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { here } from './here.ts';

/** What a client reads on the paper in hand; the names are the form's too. */
export type Client = Record<
  'profil' | 'reference' | 'nom' | 'prenom' | 'date_naissance' | 'raison_sociale' | 'siret',
  string
>;

const loaded = readFileSync(here.clients, 'utf8').trim();
const clients = Papa.parse<Client>(loaded, { header: true, delimiter: ';' }).data;

/** The (first) client with this reference. */
export function clientOf(reference: string): Client {
  const client = clients.find((one) => one.reference === reference);
  if (!client) throw new Error(`No client ${reference}`);
  return client;
}

/** A tenant whom no other test takes. @throws when all are taken: `portal.ts` makes as many as it says */
export function newClient(): Client {
  const client = clients.filter(({ nom }) => nom.startsWith('VESCOVATO')).find(take);
  if (!client) throw new Error('No client is left: make more of them in portal.ts');
  return client;
}

/** Test files are processes of their own: a folder is made by one of them only. */
function take({ reference }: Client): boolean {
  try {
    mkdirSync(join(here.state, `taken-${reference}`));
    return true;
  } catch {
    return false;
  }
}
