// The landlord's client file, as rows.

import { and, eq } from 'drizzle-orm';
import { union } from 'drizzle-orm/sqlite-core';
import { type ClientKind, findClient, type Identity } from '../rules/identity.ts';
import { possibleReferenceKeys } from '../rules/reference.ts';
import { countIdentity, type IdentityCounters } from './attempts.ts';
import type { Db } from './db.ts';
import { clients } from './schema.ts';

type Client = typeof clients.$inferSelect;
export type Identified =
  | { ok: true; client: Client; counted: boolean }
  | { ok: false; blockedUntil: number | null };

/**
 * Finds the one client a typed identity denotes, and counts the try (see `countIdentity`), in one round trip.
 * @returns the client; or nobody, with the time (ms) until which tries are refused, null when they are not
 */
export async function identify(
  db: Db,
  typed: Identity,
  counters: IdentityCounters,
  now: number,
): Promise<Identified> {
  const [pause, , , first, rows] = await db.batch([
    ...countIdentity(db, counters, now),
    clientsUnder(db, typed.kind, typed.reference),
  ]);
  const blockedUntil = pause[0]?.blockedUntil ?? null;
  const client = blockedUntil === null ? findClient(typed, rows) : undefined;
  if (!client) return { ok: false, blockedUntil };
  return { ok: true, client, counted: first[0]?.isFirst === 1 };
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
