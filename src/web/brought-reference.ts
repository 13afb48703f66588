// The reference that a QR on paper brings to the sign-up form. The address that brought it is left at once, so that the number
// stands in no title, no history entry of ours and no Referer; a cookie carries it to the clean address.

import { deleteCookie, getCookie } from 'hono/cookie';
import { LETTER_COOKIE_LIFETIME } from '../numbers.ts';
import { cookieOptions, readSignedCookie, setSignedCookie } from './cookies.ts';
import { possibleReference } from './identity-form.ts';
import type { PortalContext } from './portal.ts';
import type { Typed } from './read-form.ts';

const NAME = 'lettre';

/** Keeps what an address brought for the form; what can be no reference is dropped, and an earlier one with it. */
export async function keepBroughtReference(c: PortalContext, brought: string): Promise<void> {
  const reference = possibleReference(brought);
  if (reference === undefined) return forgetBroughtReference(c);
  await setSignedCookie(c, NAME, reference, LETTER_COOKIE_LIFETIME);
}

/** What the form begins with. It is not used up by being read: people reload a page that they are slow to fill in. */
export async function readBroughtReference(c: PortalContext): Promise<Typed> {
  const reference = await readSignedCookie(c, NAME);
  return reference === undefined ? {} : { reference };
}

/** Forgets it once the account is asked for: the next person at this device has another number. */
export function forgetBroughtReference(c: PortalContext): void {
  const options = cookieOptions(c);
  if (getCookie(c, NAME, options.prefix) !== undefined) deleteCookie(c, NAME, options);
}
