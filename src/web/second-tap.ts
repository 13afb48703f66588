// A button tapped again on a slow phone: the link has just been used, by this very password.

import { pauseBefore } from '../account/lock-out.ts';
import { readPasswordHash } from '../account/password/change.ts';
import { SECOND_TAP } from '../numbers.ts';
import { attemptKey, clearAttempts } from '../platform/counters.ts';
import { verifyPassword } from '../platform/password-hash.ts';
import type { BadLink, GoodLink } from './mailed-link.tsx';
import { afterAnswer, type PortalContext } from './portal.ts';

/**
 * Whether the link was used a moment ago to choose this very password: then the last tap ends where the first one did. Tries
 * are counted as at the sign-in, since an old link must not serve to guess a password.
 */
export async function isSecondTap(
  c: PortalContext,
  link: GoodLink | BadLink<'activation' | 'reset'>,
  password: string,
): Promise<boolean> {
  if (link.ok || link.reason !== 'used') return false;
  const now = Date.now();
  if ((link.facts.usedAt ?? 0) <= now - SECOND_TAP) return false;
  const [db, accountId] = [c.get('db'), link.entry.accountId];
  const key = await attemptKey(c.get('settings').PORTAL_SECRET, 'second tap', String(accountId));
  if ((await pauseBefore(db, key, now)) > 0) return false;
  const isSame = await verifyPassword(password, await readPasswordHash(db, accountId));
  if (isSame) afterAnswer(c, 'tries', clearAttempts(db, key));
  return isSame;
}
