// A passkey between browser and server: the challenge in a signed cookie, the answer in a hidden field that the script fills
// (public/passkey.js), and what the answer is worth.

import { type Asked, isGiven, newChallenge } from '../account/challenges.ts';
import { findPasskey, holderHandle, type UsedPasskey } from '../account/passkeys.ts';
import { checkUsed, hostOf, type PasskeyFault, readAssertion } from '../account/webauthn.ts';
import { PASSKEYS } from '../numbers.ts';
import { attemptKey } from '../platform/counters.ts';
import { logLine } from '../platform/log.ts';
import { readSignedCookie, setSignedCookie } from './cookies.ts';
import type { PortalContext } from './portal.ts';

const COOKIE = 'defi';

/** Gives this browser a challenge, for five minutes. */
export async function giveChallenge(c: PortalContext, asked: Asked): Promise<string> {
  const challenge = await newChallenge(c.env.TOKENS, asked, Date.now());
  await setSignedCookie(c, COOKIE, challenge, PASSKEYS.challenge);
  return challenge;
}

/** The challenge that this browser was last given, whatever for. */
export function challengeHere(c: PortalContext): Promise<string | undefined> {
  return readSignedCookie(c, COOKIE);
}

/** The challenge that this browser was given for just that, and the key under which it is spent. */
export async function readChallenge(c: PortalContext, asked: Asked) {
  const challenge = await challengeHere(c);
  if (!challenge || !(await isGiven(c.env.TOKENS, challenge, asked, Date.now()))) return undefined;
  return {
    challenge,
    challengeKey: await attemptKey(c.get('settings').PORTAL_SECRET, 'challenge', challenge),
  };
}

/** What a browser needs to ask for a passkey, as JSON (`PublicKeyCredentialRequestOptionsJSON`). */
export function askForPasskey(c: PortalContext, challenge: string, ids: string[] = []) {
  return {
    challenge,
    rpId: hostHere(c),
    timeout: PASSKEYS.challenge,
    userVerification: 'required',
    allowCredentials: ids.map((id) => ({ type: 'public-key', id })),
  };
}

/** The host that this portal's passkeys are made for. */
export function hostHere(c: PortalContext): string {
  return hostOf(c.get('settings').PORTAL_ORIGIN);
}

/** A passkey that was used, with the account that it is for. */
export type Read = { used: UsedPasskey; account: NonNullable<Awaited<ReturnType<typeof findPasskey>>> };

/**
 * What a posted answer proves, up to what D1 decides (`usePasskey`). Why one is not believed is for the log: whoever sees the
 * page can do nothing about it.
 */
export async function readPasskey(c: PortalContext, posted: string, asked: Asked): Promise<Read | undefined> {
  const read = await judge(c, posted, asked);
  if (typeof read !== 'string') return read;
  logLine('passkey_refused', { why: read });
  return undefined;
}

async function judge(
  c: PortalContext,
  posted: string,
  asked: Asked,
): Promise<Read | PasskeyFault | 'no_challenge' | 'unknown'> {
  const assertion = readAssertion(posted);
  if (!assertion) return 'malformed';
  const given = await readChallenge(c, asked);
  if (!given) return 'no_challenge';
  const account = await findPasskey(c.get('db'), assertion.id);
  if (!account) return 'unknown';
  const { publicKey, accountId } = account;
  const expected = { challenge: given.challenge, origin: c.get('settings').PORTAL_ORIGIN };
  const checked = await checkUsed(assertion, { publicKey, holder: await holderHandle(accountId) }, expected);
  if (typeof checked === 'string') return checked;
  const used = { id: assertion.id, host: hostHere(c), challengeKey: given.challengeKey, ...checked };
  return { used: { kind: 'passkey', ...used }, account };
}

type ButtonProps = {
  label: string;
  /** Where its challenge comes from. */
  from: string;
  /** Whether the keyboard may offer it too, at the field of the identifier. */
  isOffered?: boolean;
  isSecond?: boolean;
};

/** In a form: asks for a passkey and sends the form. The script shows it where the browser can; without, it is not there. */
export function PasskeyButton({ label, from, isOffered, isSecond }: ButtonProps) {
  return (
    <div class="passkey" hidden>
      <input type="hidden" name="cle" />
      <button
        type="button"
        class={isSecond ? 'second' : undefined}
        data-from={from}
        data-offer={isOffered ? '' : undefined}
      >
        {label}
      </button>
    </div>
  );
}
