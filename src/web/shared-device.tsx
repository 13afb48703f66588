// A shared phone: the sign-in page says who is signed in, and how to change.

import { deleteCookie } from 'hono/cookie';
import type { SignedIn } from '../account/signed-in.ts';
import { fullName } from '../client/names.ts';
import { KNOWN_DEVICE_LIFETIME } from '../numbers.ts';
import { PATHS } from '../paths.ts';
import { text } from '../words/pages.ts';
import { cookieOptions, readSignedCookie, setSignedCookie } from './cookies.ts';
import { showPage } from './layout.tsx';
import { NextStep } from './parts.tsx';
import type { PortalContext } from './portal.ts';

const COOKIE = 'partage';

/** Whether this device was said to be shared: whoever unlocks it must not open the account. */
export async function isShared(c: PortalContext): Promise<boolean> {
  return (await readSignedCookie(c, COOKIE)) !== undefined;
}

/** Keeps in this browser that the device is shared, or forgets it. */
export async function setShared(c: PortalContext, shared: boolean): Promise<void> {
  if (shared) await setSignedCookie(c, COOKIE, 'oui', KNOWN_DEVICE_LIFETIME);
  else deleteCookie(c, COOKIE, cookieOptions(c));
}

export function showSharedDevice(c: PortalContext, session: SignedIn) {
  const body = (
    <>
      <p>{text.signIn.already(fullName(session))}</p>
      <NextStep way={{ href: PATHS.space, label: text.signIn.goToSpace }} />
      <p>{text.signIn.notYou}</p>
      <form method="post" action={PATHS.signOut}>
        <button type="submit" class="second">
          {text.signIn.changePerson}
        </button>
      </form>
    </>
  );
  return showPage(c, { title: text.signIn.alreadyTitle, body });
}
