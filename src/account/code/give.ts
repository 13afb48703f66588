// A code for people without a mailbox: given at the counter or by post, kept as a hash, good for one client and one use. A
// newer one takes its place.

import { eq, type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { newMail, oweMail, withinCaps } from '../../mail/owe.ts';
import { CODE } from '../../numbers.ts';
import { batch, type Db, statement } from '../../platform/db.ts';
import { hashPassword } from '../../platform/password-hash.ts';
import { drawSigns } from '../../platform/signs.ts';
import { type CodeKind, codes } from '../../schema.ts';
import { BY_LANDLORD, noteEvent } from '../events.ts';
import { isLetIn } from '../links.ts';
import { FIRST } from './signs.ts';

export type Minting = {
  clientId: number;
  kind: CodeKind;
  /** Who gives it. */
  agent: string;
  graceDays: number;
  /** When the code before was given, as the page showed it: one that was given since stands. Left out, whatever it says. */
  givenAt?: number | null;
  /** Statements for the same batch. @param isDone condition: this very code is kept */
  audit: (isDone: SQL) => BatchItem<'sqlite'>[];
  now: number;
};
export type Minted = { ok: true; code: string; expiresAt: number; mailIds: string[] } | { ok: false };

/**
 * Makes a code for a client who is there and whom nobody holds; the one before is void. An account in force is told, at its
 * address.
 * @returns the code, which is shown once and never again
 */
export async function mintCode(db: Db, minting: Minting): Promise<Minted> {
  const { clientId, kind, agent, graceDays, givenAt, audit, now } = minting;
  const code = FIRST[kind] + drawSigns(CODE.drawn);
  const [hash, expiresAt] = [await hashPassword(code), now + CODE.lifetimes[kind]];
  const notice = newMail('code_given');
  // The hash has a salt of its own: no other code has it.
  const isDone = sql`EXISTS (SELECT 1 FROM codes WHERE client_id = ${clientId} AND hash = ${hash})`;
  const isAsShown =
    givenAt === undefined
      ? sql`1`
      : sql`(SELECT created_at FROM codes WHERE client_id = ${clientId}) IS ${givenAt}`;
  const isTold = sql`a.client_id = ${clientId} AND a.state = 'active' AND ${isDone}`;
  const { kept } = await batch(db, {
    kept: statement(
      db,
      sql`INSERT INTO codes (client_id, kind, hash, given_by, created_at, expires_at)
      SELECT id, ${kind}, ${hash}, ${agent}, ${now}, ${expiresAt} FROM clients AS c
      WHERE id = ${clientId} AND held_at IS NULL AND ${isLetIn(graceDays, now)} AND ${isAsShown}
      ON CONFLICT (client_id) DO UPDATE SET kind = excluded.kind, hash = excluded.hash, given_by = excluded.given_by,
        created_at = excluded.created_at, expires_at = excluded.expires_at, tries = 0, used_at = NULL
      RETURNING client_id`,
    ),
    owed: oweMail(
      db,
      notice,
      sql`${isTold} AND ${withinCaps(notice.kind, sql`a.id`, sql`a.email`, now)}`,
      now,
    ),
    noted: noteEvent(db, 'code_given', null, isTold, now, BY_LANDLORD),
    audited: audit(isDone),
  });
  return kept.length > 0 ? { ok: true, code, expiresAt, mailIds: [notice.id] } : { ok: false };
}

/** The newest code of a client, used or not; undefined when none was given. Nothing of it opens anything. */
export async function readGivenCode(db: Db, clientId: number) {
  const [given] = await db
    .select({
      givenBy: codes.givenBy,
      createdAt: codes.createdAt,
      expiresAt: codes.expiresAt,
      usedAt: codes.usedAt,
    })
    .from(codes)
    .where(eq(codes.clientId, clientId));
  return given;
}
