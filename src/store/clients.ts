// The landlord's client file, as rows.

import { and, eq } from 'drizzle-orm';
import { union } from 'drizzle-orm/sqlite-core';
import { type ClientKind, clientKeys, findClient, type Identity, identityKeys } from '../rules/identity.ts';
import { IDENTITY } from '../rules/numbers.ts';
import { possibleReferenceKeys } from '../rules/reference.ts';
import { countedKeys, countIdentity, type IdentityCounters } from './attempts.ts';
import type { Db } from './db.ts';
import { accounts, clients } from './schema.ts';

type Client = typeof clients.$inferSelect;
export type Identified =
  | { ok: true; client: Client; counted: string[] }
  | { ok: false; blockedUntil: number | null; left: number };

/**
 * Finds the one client a typed identity denotes, and counts the try (see `countIdentity`), in one round trip. Who is
 * found is stopped by the client's own counters only; who is not by any of the try's, so that « too many tries » never
 * tells a guesser that a guess was right.
 * @returns the client, and the counters to give back; or nobody, with the time (ms) until which tries are refused, null
 * when they are not, and how many more are judged
 */
export async function identify(
  db: Db,
  typed: Identity,
  counters: IdentityCounters,
  now: number,
): Promise<Identified> {
  const [full, , , [told], rows] = await db.batch([
    ...countIdentity(db, counters, now),
    clientsUnder(db, typed.kind, typed.reference),
  ]);
  const client = findClient(typed, rows);
  const mattering = client ? clientKeys(typed, client) : identityKeys(typed);
  const groups = counters.limits.filter(({ of }) => mattering.includes(of)).map(({ group }) => group);
  const shut = full.filter(({ group }) => groups.includes(group)).map(({ until }) => until);
  const blockedUntil = shut.length > 0 ? Math.max(...shut) : null;
  if (!client || blockedUntil) return { ok: false, blockedUntil, left: told?.left ?? IDENTITY.perNetwork };
  return { ok: true, client, counted: countedKeys(counters, full, told?.isFirst === 1) };
}

/** What is read of an account's client wherever the account is shown. */
export const CLIENT_FACTS = {
  kind: clients.kind,
  reference: clients.reference,
  givenName: clients.givenName,
  familyName: clients.familyName,
  companyName: clients.companyName,
  leftAt: clients.leftAt,
};

/** Whose account an identifier is; undefined when it is nobody's. */
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
  const [typed = '', cut = typed] = possibleReferenceKeys(reference);
  const under = (key: string) =>
    db
      .select()
      .from(clients)
      .where(and(eq(clients.kind, kind), eq(clients.referenceKey, key)));
  // UNION: with IN, D1 reads (and bills) the list as rows too. It also drops what both would find.
  return union(under(typed), under(cut));
}

/** Whether the landlord's file has never been loaded. */
export async function hasNoClients(db: Db): Promise<boolean> {
  return (await db.select({ id: clients.id }).from(clients).limit(1)).length === 0;
}
