// A shared phone: the sign-in page says who is signed in, and how to change.

import type { SignedIn } from '../account/signed-in.ts';
import { fullName } from '../client/names.ts';
import { PATHS } from '../paths.ts';
import { text } from '../words/pages.ts';
import { showPage } from './layout.tsx';
import { NextStep } from './parts.tsx';
import type { PortalContext } from './portal.ts';

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
