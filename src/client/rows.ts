// The landlord's client file, as rows.

import { and, eq, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/sqlite-core';
import type { Db } from '../platform/db.ts';
import { accounts, type ClientKind, clients } from '../schema.ts';
import { possibleReferenceKeys } from './reference.ts';

export type Client = typeof clients.$inferSelect;

/** What names a client wherever it is listed. */
export type NamedClient = Pick<
  Client,
  'id' | 'kind' | 'reference' | 'familyName' | 'givenName' | 'companyName'
>;

/** Columns: those of `NamedClient`, of a client `c`. */
export const NAMED_CLIENT = sql`c.id AS "id", c.kind AS "kind", c.reference AS "reference", c.family_name AS "familyName",
  c.given_name AS "givenName", c.company_name AS "companyName"`;

/** Column: the name of a client `c`, a person's or a company's. */
export const NAME_IN_FULL = sql`coalesce(c.company_name, concat_ws(' ', c.family_name, c.given_name))`;

/** The columns of a client that every view of its account reads. */
export const CLIENT_FACTS = {
  kind: clients.kind,
  reference: clients.reference,
  givenName: clients.givenName,
  familyName: clients.familyName,
  companyName: clients.companyName,
  leftAt: clients.leftAt,
};

/** The client of an identifier's account; undefined when there is none. */
export async function findHolder(db: Db, identifier: string) {
  const ofAccount = eq(clients.id, accounts.clientId);
  const [holder] = await db
    .select(CLIENT_FACTS)
    .from(accounts)
    .innerJoin(clients, ofAccount)
    .where(eq(accounts.identifier, identifier));
  return holder;
}

/** The clients of a kind under one of the references a typed one could denote. */
export function clientsUnder(db: Db, kind: ClientKind, reference: string) {
  const [typed = '', cut = typed, ...others] = possibleReferenceKeys(reference);
  const under = (key: string) =>
    db
      .select()
      .from(clients)
      .where(and(eq(clients.kind, kind), eq(clients.referenceKey, key)));
  // UNION: with IN, D1 reads (and bills) the list as rows too. It also drops what both would find.
  return union(under(typed), under(cut), ...others.map(under));
}

/** Whether the landlord's file has never been loaded. */
export async function hasNoClients(db: Db): Promise<boolean> {
  return (await db.select({ id: clients.id }).from(clients).limit(1)).length === 0;
}
