// What is asked again before a passkey is added or removed: the current password, or a passkey that is used now.

import { provesHolder, type UsedPasskey } from '../account/passkeys.ts';
import { PATHS } from '../paths.ts';
import { text } from '../words/pages.ts';
import { passkeyText } from '../words/passkeys.ts';
import { PasskeyButton, readPasskey } from './passkey.tsx';
import { currentPasswordFault } from './password-check.ts';
import { CurrentPasswordField } from './password-fields.tsx';
import type { PortalContext } from './portal.ts';
import type { Errors } from './read-form.ts';

export type HolderProof = { kind: 'password'; hash: string | null } | UsedPasskey;

type Posted = { mot_de_passe_actuel: string; cle: string };

/**
 * Whether it is proved again who is signed in.
 * @param how `spent` when no statement of the caller will spend the passkey's challenge
 */
export async function holderProof(
  c: PortalContext,
  { mot_de_passe_actuel: password, cle }: Posted,
  how?: 'spent',
): Promise<{ ok: true; proof: HolderProof } | { ok: false; errors: Errors }> {
  if (cle) return passkeyProof(c, cle, how);
  const fault = password ? await currentPasswordFault(c, password) : text.errors.currentEmpty;
  if (fault) return { ok: false, errors: { mot_de_passe_actuel: fault } };
  return { ok: true, proof: { kind: 'password', hash: c.get('session').passwordHash } };
}

async function passkeyProof(c: PortalContext, cle: string, how?: 'spent') {
  const { accountId, id: sessionId } = c.get('session');
  const read = await readPasskey(c, cle, { purpose: 'prove', sessionId });
  const isOwn = read?.account.accountId === accountId;
  const isGood =
    isOwn && (how !== 'spent' || (await provesHolder(c.get('db'), accountId, read.used, Date.now())));
  if (!isGood) return { ok: false as const, errors: { mot_de_passe_actuel: passkeyText.add.notConfirmed } };
  return { ok: true as const, proof: read.used };
}

/** The field and the button that ask for it. @param hasPasskeys whether the account has any to be used */
export function HolderProofFields({ errors, hasPasskeys }: { errors?: Errors; hasPasskeys: boolean }) {
  return (
    <>
      {hasPasskeys && <PasskeyButton label={passkeyText.add.byKey} from={PATHS.spaceKeyChallenge} isSecond />}
      <CurrentPasswordField errors={errors} />
    </>
  );
}
