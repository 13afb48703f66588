// /espace/cles/nouvelle: this device makes a passkey. The challenge in this browser's cookie shows that it was proved before.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { ALGORITHMS } from '../../account/passkey-key.ts';
import { addPasskey, holderHandle, listPasskeys } from '../../account/passkeys.ts';
import { checkMade } from '../../account/webauthn.ts';
import { givenNameShown } from '../../client/greeting.ts';
import { PASSKEYS } from '../../numbers.ts';
import { PATHS } from '../../paths.ts';
import { logLine } from '../../platform/log.ts';
import { setFlash } from '../../web/cookies.ts';
import { Hidden } from '../../web/form.tsx';
import { showPage } from '../../web/layout.tsx';
import { NextStep, OtherWays } from '../../web/parts.tsx';
import { challengeHere, hostHere, readChallenge } from '../../web/passkey.tsx';
import { deliverAfterAnswer, type Portal, type PortalContext, requestDevice } from '../../web/portal.ts';
import { form } from '../../web/read-form.ts';
import { WAYS } from '../../web/ways.ts';
import { passkeyText } from '../../words/passkeys.ts';

const words = passkeyText.make;
const schema = z.object({ cle: z._default(z.string(), '') });

export const spaceNewKey = new Hono<Portal>();

spaceNewKey.get('/', async (c) => {
  const challenge = await challengeHere(c);
  return challenge ? showButton(c, challenge) : c.redirect(PATHS.spaceKeys, 303);
});

spaceNewKey.post(
  '/',
  form(schema, (c) => showFailed(c, words.failed)),
  async (c) => {
    const { accountId, id: sessionId, identifier } = c.get('session');
    const { cle } = c.req.valid('form');
    // By this name a browser says that the device has a passkey of the list.
    if (cle === 'InvalidStateError') return showFailed(c, words.known);
    const given = await readChallenge(c, { purpose: 'make', sessionId });
    if (!given) return showFailed(c, words.over);
    const expected = { challenge: given.challenge, origin: c.get('settings').PORTAL_ORIGIN };
    const passkey = await checkMade(cle, expected);
    if (typeof passkey === 'string') {
      logLine('passkey_not_made', { why: passkey });
      return showFailed(c, words.failed);
    }
    const { challengeKey } = given;
    const at = { accountId, sessionId, host: hostHere(c), device: requestDevice(c), now: Date.now() };
    const mail = await addPasskey(c.get('db'), { ...at, passkey, challengeKey });
    if (!mail) return showFailed(c, words.over);
    deliverAfterAnswer(c, [mail.id]);
    await setFlash(c, 'key_added', identifier);
    return c.redirect(PATHS.spaceKeys, 303);
  },
);

async function showButton(c: PortalContext, challenge: string) {
  const options = JSON.stringify(await creationOptions(c, challenge));
  const body = (
    <>
      <p class="lead">{words.intro}</p>
      <p>{words.stays}</p>
      <p class="no-passkey">{passkeyText.list.cannot}</p>
      <form method="post" action={PATHS.spaceNewKey} novalidate>
        <Hidden name="compte" value={c.get('session').identifier} />
        <input type="hidden" name="cle" />
        <div class="passkey" hidden>
          <button type="button" data-make={options}>
            {words.submit}
          </button>
        </div>
      </form>
      <OtherWays ways={[{ href: PATHS.space, label: words.later }]} />
    </>
  );
  return showPage(c, { title: words.title, body });
}

/**
 * What a browser needs to make a passkey, as JSON (`PublicKeyCredentialCreationOptionsJSON`). Kept on the device, so that no
 * identifier is typed; unlocked, so that it is two factors; its name tells two accounts of one household apart.
 */
async function creationOptions(c: PortalContext, challenge: string) {
  const { accountId, identifier, givenName, companyName } = c.get('session');
  const { ORGANISATION_SHORT_NAME } = c.get('settings');
  const who = companyName ?? givenNameShown(givenName);
  const list = await listPasskeys(c.get('db'), accountId);
  return {
    challenge,
    rp: { id: hostHere(c), name: ORGANISATION_SHORT_NAME },
    user: {
      id: await holderHandle(accountId),
      name: identifier,
      displayName: [who, ORGANISATION_SHORT_NAME].filter(Boolean).join(', '),
    },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: PASSKEYS.challenge,
    excludeCredentials: list.map(({ id }) => ({ type: 'public-key', id })),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    hints: ['client-device'],
    attestation: 'none',
  };
}

function showFailed(c: PortalContext, message: string) {
  const body = <NextStep way={{ href: PATHS.spaceKeys, label: words.again }} />;
  return showPage(c, {
    title: words.failedTitle,
    refusal: { message },
    body: (
      <>
        {body}
        <OtherWays ways={[WAYS.backToSpace]} />
      </>
    ),
  });
}
