// /connexion/cle: signing in by the way this device is unlocked.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { hasLeft } from '../account/links.ts';
import { openSession } from '../account/sessions.ts';
import { PATHS } from '../paths.ts';
import { sessionToken, setSessionCookie } from '../web/cookies.ts';
import { showPage } from '../web/layout.tsx';
import { isLocalPath } from '../web/local-path.ts';
import { NextStep, Phone } from '../web/parts.tsx';
import { askForPasskey, giveChallenge, readPasskey } from '../web/passkey.tsx';
import { PasskeySignIn } from '../web/passkey-sign-in.tsx';
import { aboutIdentifier, type Portal, type PortalContext, requestDevice } from '../web/portal.ts';
import { form } from '../web/read-form.ts';
import { text } from '../words/pages.ts';
import { passkeyText } from '../words/passkeys.ts';

const words = passkeyText.signIn;
const ASKED = { purpose: 'enter' } as const;

/** `cle` is what the browser says of the passkey, as JSON; the name of its error when it has none. */
const schema = z.object({ cle: z._default(z.string(), ''), suite: z._default(z.string(), '') });

export const passkeySignIn = new Hono<Portal>();

passkeySignIn.post('/defi', async (c) => c.json(askForPasskey(c, await giveChallenge(c, ASKED))));

passkeySignIn.post(
  '/',
  form(schema, (c) => showFailed(c, '')),
  async (c) => {
    const { cle, suite } = c.req.valid('form');
    const { PORTAL_ORIGIN, CLIENT_LEFT_GRACE_DAYS } = c.get('settings');
    const now = Date.now();
    const read = await readPasskey(c, cle, ASKED);
    if (!read) return showFailed(c, suite);
    const { account, used } = read;
    aboutIdentifier(c, account.identifier);
    if (hasLeft(account.leftAt, CLIENT_LEFT_GRACE_DAYS, now)) return showClientLeft(c);
    const opening = { accountId: account.accountId, proof: used, device: requestDevice(c), now };
    const token = await openSession(c.get('db'), { ...opening, formerToken: sessionToken(c) });
    if (!token) return showFailed(c, suite);
    setSessionCookie(c, token);
    return c.redirect(isLocalPath(suite, PORTAL_ORIGIN) ? suite : PATHS.space, 303);
  },
);

/** Two ways on, whatever it was: the phone was put away, the passkey removed here, the challenge too old. */
function showFailed(c: PortalContext, suite: string) {
  const password = suite ? `${PATHS.signIn}?suite=${encodeURIComponent(suite)}` : PATHS.signIn;
  const message = (
    <>
      <p>{words.failed}</p>
      <p>{words.afterReset}</p>
    </>
  );
  const body = (
    <>
      <PasskeySignIn label={words.again} suite={suite} />
      <NextStep way={{ href: password, label: words.password }} />
    </>
  );
  return showPage(c, { title: words.failedTitle, refusal: { message }, body });
}

function showClientLeft(c: PortalContext) {
  const message = (
    <>
      <p>{text.signIn.clientLeft}</p>
      <Phone settings={c.get('settings')} />
    </>
  );
  return showPage(c, {
    title: text.signIn.impossible,
    refusal: { message },
    body: <NextStep way={{ href: PATHS.signIn, label: text.signIn.title }} />,
  });
}
