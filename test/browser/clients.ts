// The demo clients, as `npm start` loads them. An account is one per client: each test file takes its own.

import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** What a client reads on the paper in hand; the names are the form's too. */
export type Client = Record<
  'profil' | 'reference' | 'nom' | 'prenom' | 'date_naissance' | 'raison_sociale' | 'siret',
  string
>;

const clients: Client[] = parse(readFileSync('test/demo/clients.csv'), { columns: true, delimiter: ';' });

/** The (first) client with this reference. */
export function clientOf(reference: string): Client {
  const client = clients.find((one) => one.reference === reference);
  if (!client) throw new Error(`No demo client ${reference}`);
  return client;
}
