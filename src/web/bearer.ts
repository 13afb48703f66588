// The keys of machines, in the Authorization header.

import { sameSecret } from '../rules/secrets.ts';

/** Whether the header carries this secret as a bearer token (RFC 6750), compared in constant time. */
export function bearerIs(header: string | undefined, secret: string): boolean {
  const [, token = ''] = /^bearer +(\S+)$/i.exec(header ?? '') ?? [];
  return sameSecret(token, secret);
}
