// The demo clients, as `npm start` loads them. An account is one per client: each test file takes its own.

import { readFileSync } from 'node:fs';
import Papa from 'papaparse';

/** What a client reads on the paper in hand; the names are the form's too. */
export type Client = Record<
  'profil' | 'reference' | 'nom' | 'prenom' | 'date_naissance' | 'raison_sociale' | 'siret',
  string
>;

const demo = readFileSync('test/demo/clients.csv', 'utf8').trim();
const clients = Papa.parse<Client>(demo, { header: true, delimiter: ';' }).data;

/** The (first) client with this reference. */
export function clientOf(reference: string): Client {
  const client = clients.find((one) => one.reference === reference);
  if (!client) throw new Error(`No demo client ${reference}`);
  return client;
}
