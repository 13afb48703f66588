// The keys of machines, in the Authorization header.

import { hashSecret, sameSecret } from '../platform/secrets.ts';

/** Whether the header carries this secret as a bearer token (RFC 6750). */
export async function bearerIs(header: string | undefined, secret: string): Promise<boolean> {
  const [, token = ''] = /^bearer +(\S+)$/i.exec(header ?? '') ?? [];
  // Hashes have one length: the comparison, in constant time, tells nothing of the secret's.
  return sameSecret(await hashSecret(token), await hashSecret(secret));
}
