// The landlord's system, as the tests play it: it writes client files and posts them.

import { env } from 'cloudflare:workers';
import type { ImportReport } from '../../src/client/import/guards.ts';
import { request } from './visitor.ts';

const HEAD = 'profil;reference;nom;prenom;date_naissance;raison_sociale;siret;email';

export const tenant = (reference: string, nom: string, prenom: string, birth: string, email = '') =>
  `locataire;${reference};${nom};${prenom};${birth};;;${email}`;
export const supplier = (reference: string, company: string, siret: string) =>
  `fournisseur;${reference};;;;${company};${siret};`;
export const clientFile = (...lines: string[]) => [HEAD, ...lines, ''].join('\n');

/** Posts a file, below /api/clients. */
export async function postFile(body: string, query = '', headers: Record<string, string> = {}) {
  const answer = await request(`/api/clients${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.CLIENTS_API_KEY}`, 'content-type': 'text/csv', ...headers },
    body,
  });
  return { status: answer.status, report: (await answer.json()) as ImportReport };
}

/** A night: posts a file past the guards, as a person who looked at the report does. */
export async function night(...lines: string[]): Promise<ImportReport> {
  const first = await postFile(clientFile(...lines));
  const { report } =
    first.status === 409
      ? await postFile(clientFile(...lines), `?confirme=${first.report.fingerprint}`)
      : first;
  if (report.outcome !== 'applied') throw new Error(`Not applied: ${JSON.stringify(report)}`);
  return report;
}

/** Forgets all clients, with all that hangs on them. */
export async function forgetClients(): Promise<void> {
  const tables = [
    'events',
    'mails',
    'sessions',
    'accounts',
    'clients',
    'imports',
    'staged_lines',
    'known_faults',
  ];
  await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
}

/** `ORSONI MARIE`, and `(left)` behind who left. */
export async function people(): Promise<string[]> {
  const sql = `SELECT coalesce(company_name, concat_ws(' ', family_name, given_name))
    || iif(left_at IS NULL, '', ' (left)') AS name FROM clients ORDER BY id`;
  return (await env.DB.prepare(sql).all<{ name: string }>()).results.map(({ name }) => name);
}
