// The provisional password of the leaflet's second mail: derived when the mail leaves, never stored.

import { sql } from 'drizzle-orm';
import { PROVISIONAL_LIFETIME } from '../numbers.ts';
import type { Db } from '../platform/db.ts';
import { derive } from '../platform/secrets.ts';

// None of 0 O 1 l I: it is copied by hand, from one screen to another. 57 signs, 12 of them: 70 bits.
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const LENGTH = 12;

/** The provisional password of a mail, without separators: the same at every delivery of that mail. */
export async function deriveProvisional(secret: string, mailId: string, nonce: string): Promise<string> {
  const bytes = new TextEncoder().encode(await derive(secret, 'provisional password', mailId, nonce));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-512', bytes));
  // Bytes past the last whole multiple are skipped, so that every sign is as likely; 64 bytes leave enough.
  const even = [...digest].filter((byte) => byte < 256 - (256 % SIGNS.length));
  return even
    .slice(0, LENGTH)
    .map((byte) => SIGNS[byte % SIGNS.length])
    .join('');
}

/** `abcdEFGHjkmn` → `abcd-EFGH-jkmn`: easier to copy. */
export function groupProvisional(password: string): string {
  return password.replace(/(.{4})(?=.)/g, '$1-');
}

/** What was typed for a provisional password: its letters and digits, whatever a copied mail left around and between them. */
export function readProvisional(typed: string): string {
  return typed.normalize('NFKC').replace(/[^A-Za-z\d]/g, '');
}

/**
 * Starts the hour of a provisional password when its mail first leaves (ms), not while it waits for the provider.
 * @param hash of another one than was asked for; null when it is the same
 */
export async function startProvisional(
  db: Db,
  accountId: number,
  version: number,
  hash: string | null,
  leftAt: number,
): Promise<void> {
  await db.run(sql`UPDATE accounts SET provisional_until = ${leftAt + PROVISIONAL_LIFETIME},
      provisional_hash = coalesce(${hash}, provisional_hash)
    WHERE id = ${accountId} AND link_version = ${version} AND provisional_hash IS NOT NULL`);
}
