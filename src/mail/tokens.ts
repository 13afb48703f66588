// The tokens of mailed links in Workers KV. Only this file keeps and reads them; /sante probes KV with a key of its own.
//
//   key                            value                                       kept for
//   activation:<SHA-256 of token>  { accountId, mailId, version, expiresAt }   30 days (link: 72 h)
//   reset:<SHA-256 of token>       the same                                     7 days (link: 60 min)
//   email:<SHA-256 of token>       the same                                     7 days (link: 72 h)
//
// No personal data, no token in clear. KV is eventually consistent and never decides single use: D1 does.

import { hashSecret } from '../platform/secrets.ts';
import type { TokenPurpose } from './kinds.ts';

export type TokenEntry = { accountId: number; mailId: string; version: number; expiresAt: number };

/** Keeps the entry of a mailed token. @param kept ms */
export async function keepToken(
  kv: KVNamespace,
  purpose: TokenPurpose,
  token: string,
  entry: TokenEntry,
  kept: number,
): Promise<void> {
  await kv.put(await keyOf(purpose, token), JSON.stringify(entry), { expirationTtl: kept / 1000 });
}

/** The entry of a token; null when it is unknown, not yet visible here, or long gone. */
export async function readToken(
  kv: KVNamespace,
  purpose: TokenPurpose,
  token: string,
): Promise<TokenEntry | null> {
  return kv.get<TokenEntry>(await keyOf(purpose, token), 'json');
}

async function keyOf(purpose: TokenPurpose, token: string): Promise<string> {
  return `${purpose}:${await hashSecret(token)}`;
}
