// What a passkey says, checked as W3C Web Authentication (Level 3) asks of a server: §7.1 when one is made, §7.2 when one is
// used. The parsers are a library's, the signature is the platform's, the order of the questions is ours.

import {
  ClientDataType,
  parseAttestationObject,
  parseAuthenticatorData,
  parseClientDataJSON,
} from '@oslojs/webauthn';
import * as z from 'zod/mini';
import { decodeUrl, encodeUrl, sameSecret } from '../platform/secrets.ts';
import { importKey, isSigned, jwkOf } from './passkey-key.ts';

/** Why what a passkey said is not believed. */
export type PasskeyFault =
  | 'malformed'
  | 'wrong_type'
  | 'wrong_challenge'
  | 'wrong_origin'
  | 'wrong_host'
  | 'nobody_there'
  | 'not_verified'
  | 'wrong_algorithm'
  | 'wrong_holder'
  | 'wrong_signature';

/** What must be in it: the challenge that this browser was given, and the portal's origin. */
export type Expected = { challenge: string; origin: string };

/** A passkey as it is kept: its id, its public key (a JWK as JSON) and the counter it was last seen with. */
export type NewPasskey = { id: string; publicKey: string; counter: number };

const bytes = z.pipe(z.string().check(z.regex(/^[\w-]+$/)), z.transform(decodeUrl));

const made = z.object({
  id: z.string(),
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: bytes, attestationObject: bytes }),
});

const used = z.object({
  id: z.string(),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: z.string(),
  }),
});

/** What a browser says when a passkey was used (`PublicKeyCredential.toJSON()`), read but not yet believed. */
export type Assertion = z.infer<typeof used>;

/** Reads what a browser posts of a passkey that was used. @returns undefined when it is no such thing */
export function readAssertion(posted: string): Assertion | undefined {
  return readAs(used, posted);
}

function readAs<T>(schema: z.ZodMiniType<T>, posted: string): T | undefined {
  try {
    return z.parse(schema, JSON.parse(posted));
  } catch {
    return undefined;
  }
}

/**
 * Checks a passkey that was just made. No attestation is asked for, so none is checked: whoever makes it is signed in and
 * has proved it.
 */
export async function checkMade(posted: string, expected: Expected): Promise<NewPasskey | PasskeyFault> {
  const { id, response } = readAs(made, posted) ?? {};
  if (!response) return 'malformed';
  try {
    const { authenticatorData } = parseAttestationObject(response.attestationObject);
    const fault =
      clientFault(response.clientDataJSON, ClientDataType.Create, expected) ??
      authenticatorFault(authenticatorData, expected);
    if (fault) return fault;
    const { credential, signatureCounter } = authenticatorData;
    if (!credential || encodeUrl(credential.id) !== id) return 'malformed';
    const jwk = jwkOf(credential.publicKey);
    if (!jwk) return 'wrong_algorithm';
    // Imported once, so that a key nobody can sign with is refused now, not at the first use.
    await importKey(jwk);
    return { id, publicKey: JSON.stringify(jwk), counter: signatureCounter };
  } catch {
    return 'malformed';
  }
}

/**
 * Checks a passkey that was just used, against the one that is kept. Whether the challenge was used before, and whether the
 * counter went on, D1 decides.
 * @param holder the user handle of the account that has the passkey
 * @returns the counter it says
 */
export async function checkUsed(
  { response }: Assertion,
  { publicKey, holder }: { publicKey: string; holder: string },
  expected: Expected,
): Promise<{ counter: number } | PasskeyFault> {
  try {
    const authenticatorData = parseAuthenticatorData(response.authenticatorData);
    const fault =
      clientFault(response.clientDataJSON, ClientDataType.Get, expected) ??
      authenticatorFault(authenticatorData, expected);
    if (fault) return fault;
    if (!sameSecret(response.userHandle, holder)) return 'wrong_holder';
    if (!(await isSigned(response, JSON.parse(publicKey)))) return 'wrong_signature';
    return { counter: authenticatorData.signatureCounter };
  } catch {
    return 'malformed';
  }
}

/** §7.1 steps 7–12, §7.2 steps 10–15: for what, which challenge, on which page; never in a frame of another site. */
function clientFault(
  json: Uint8Array,
  type: ClientDataType,
  { challenge, origin }: Expected,
): PasskeyFault | undefined {
  const said = parseClientDataJSON(json);
  if (said.type !== type) return 'wrong_type';
  if (!sameSecret(encodeUrl(said.challenge), challenge)) return 'wrong_challenge';
  return said.origin === origin && !said.crossOrigin ? undefined : 'wrong_origin';
}

/** §7.1 steps 14–16, §7.2 steps 16–18: for which host, somebody there, unlocked by a finger, a face or a code. */
function authenticatorFault(
  said: ReturnType<typeof parseAuthenticatorData>,
  { origin }: Expected,
): PasskeyFault | undefined {
  if (!said.verifyRelyingPartyIdHash(hostOf(origin))) return 'wrong_host';
  if (!said.userPresent) return 'nobody_there';
  return said.userVerified ? undefined : 'not_verified';
}

/** The host that passkeys are made for (WebAuthn's « RP ID »): they work on no other. */
export function hostOf(origin: string): string {
  return new URL(origin).hostname;
}
