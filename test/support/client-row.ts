// A line of the client file as the row it becomes, or in the table at once.

import { env } from 'cloudflare:workers';
import type { Column } from '../../src/client/import/columns.ts';
import { readClientLine } from '../../src/client/import/line.ts';

/** @throws when the line is rejected */
export function clientRow(line: Partial<Record<Column, string>>) {
  const read = readClientLine(line);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.row;
}

/** Puts a client into the table, as an import would. */
export async function addClient(line: Partial<Record<Column, string>>): Promise<void> {
  const row = clientRow(line);
  const values = {
    kind: row.kind,
    reference: row.reference,
    reference_key: row.referenceKey,
    name_key: row.nameKey,
    family_name: row.familyName,
    given_name: row.givenName,
    birth_date: row.birthDate,
    company_name: row.companyName,
    siret: row.siret,
    present_since: 1,
  };
  const places = Object.keys(values).map(() => '?');
  await env.DB.prepare(`INSERT INTO clients (${Object.keys(values)}) VALUES (${places})`)
    .bind(...Object.values(values))
    .run();
}
