// Typed passwords checked: at sign-in, and again before what would hand the account over.

import * as z from 'zod/mini';
import type { LinkFacts } from '../account/link-facts.ts';
import { pauseBefore } from '../account/lock-out.ts';
import { drawPhrase } from '../account/password/phrase.ts';
import { passwordWeakness } from '../account/password/weakness.ts';
import type { PasswordProof } from '../account/sessions.ts';
import { readProvisional } from '../mail/provisional.ts';
import { attemptKey, clearAttempts } from '../platform/counters.ts';
import { upgradedHash, verifyPassword } from '../platform/password-hash.ts';
import { text } from '../words/pages.ts';
import { afterAnswer, moment, type PortalContext } from './portal.ts';
import type { Errors } from './read-form.ts';

type Candidate = {
  passwordHash: string | null;
  provisionalHash: string | null;
  provisionalUntil: number | null;
};

/**
 * What a typed password proves: that it is the chosen one, or a provisional one within its hour. Every failure costs two
 * hashes, whether there is such an account or not.
 */
export async function checkPassword(
  typed: string,
  account: Candidate | undefined,
  now: number,
): Promise<PasswordProof | undefined> {
  const chosen = account?.passwordHash ?? null;
  if ((await verifyPassword(typed, chosen)) && chosen)
    return { kind: 'password', hash: chosen, upgraded: await upgradedHash(typed, chosen) };
  const isLive = (account?.provisionalUntil ?? 0) > now;
  const provisional = isLive ? (account?.provisionalHash ?? null) : null;
  const isProvisional = await verifyPassword(readProvisional(typed), provisional);
  return isProvisional && provisional ? { kind: 'provisional_password', hash: provisional } : undefined;
}

/** The field that asks for the current password, in a form's schema. */
export const currentPassword = z
  .string({ error: text.errors.currentEmpty })
  .check(z.minLength(1, { error: text.errors.currentEmpty }));

/**
 * The sentence at the field when it is not the password of who is signed in; what follows must hang on the very hash
 * it was checked with. Tries are counted as at the sign-in: a session left open must not serve to guess the password.
 */
export async function currentPasswordFault(c: PortalContext, typed: string): Promise<string | undefined> {
  const { accountId, passwordHash } = c.get('session');
  const key = await currentPasswordKey(c, accountId);
  const pausedUntil = await pauseBefore(c.get('db'), key, Date.now());
  if (pausedUntil) return text.errors.tooManyTries(moment(c, pausedUntil));
  if (!(await verifyPassword(typed, passwordHash))) return text.errors.currentWrong;
  afterAnswer(c, 'tries', clearAttempts(c.get('db'), key));
  return undefined;
}

/** The key of the counter of wrong current passwords. */
export function currentPasswordKey(c: PortalContext, accountId: number): Promise<string> {
  return attemptKey(c.get('settings').PORTAL_SECRET, 'current password', String(accountId));
}

type Owner = Pick<LinkFacts, 'identifier' | 'reference' | 'familyName' | 'givenName' | 'companyName'>;

/** The sentence at the field of a new password that would soon be guessed; undefined when it is good. */
export function weaknessOf(c: PortalContext, password: string, owner: Owner): Errors | undefined {
  const landlord = c.get('settings').ORGANISATION_SHORT_NAME;
  const weakness = passwordWeakness(password, { ...owner, landlord });
  if (!weakness) return undefined;
  const why = text.passwordRefusals[weakness.reason](weakness.word);
  return { mot_de_passe: `${why} ${text.passwordInstead(drawPhrase())}` };
}
