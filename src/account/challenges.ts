// Challenges to a passkey: what it signs, so that nothing it said before can serve again. In KV, and of no use after five
// minutes; D1 decides that each serves once (`spendOnce`).
//
//   key                              value                                kept for
//   challenge:<SHA-256 of it>        { purpose, sessionId, expiresAt }    5 minutes
//
// No personal data, no challenge in clear.

import { PASSKEYS } from '../numbers.ts';
import { hashSecret, randomSecret } from '../platform/secrets.ts';

/** What a challenge is for: to sign in, to prove again who is signed in, to make a passkey; the last two for one session. */
export type Asked = { purpose: 'enter' } | { purpose: 'prove' | 'make'; sessionId: string };

type Entry = { purpose: Asked['purpose']; sessionId: string; expiresAt: number };

/** A new challenge: 32 bytes, base64url. */
export async function newChallenge(kv: KVNamespace, asked: Asked, now: number): Promise<string> {
  const challenge = randomSecret();
  const entry: Entry = { ...asFor(asked), expiresAt: now + PASSKEYS.challenge };
  const options = { expirationTtl: PASSKEYS.challenge / 1000 };
  await kv.put(await keyOf(challenge), JSON.stringify(entry), options);
  return challenge;
}

/** Whether a challenge was given for just that, in the last five minutes. */
export async function isGiven(
  kv: KVNamespace,
  challenge: string,
  asked: Asked,
  now: number,
): Promise<boolean> {
  const entry = await kv.get<Entry>(await keyOf(challenge), 'json');
  const { purpose, sessionId } = asFor(asked);
  return entry?.purpose === purpose && entry.sessionId === sessionId && entry.expiresAt > now;
}

function asFor(asked: Asked) {
  return { purpose: asked.purpose, sessionId: 'sessionId' in asked ? asked.sessionId : '' };
}

async function keyOf(challenge: string): Promise<string> {
  return `challenge:${await hashSecret(challenge)}`;
}
