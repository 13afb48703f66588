// The current password, asked again before what would hand the account over.

import * as z from 'zod';
import { verifyPassword } from '../rules/password-hash.ts';
import { text } from '../text.ts';
import type { PortalContext } from './portal.ts';

/** The field, in a form's schema. */
export const currentPassword = z
  .string({ error: text.errors.currentEmpty })
  .min(1, { error: text.errors.currentEmpty });

/** Whether it is the password of who is signed in; what follows must hang on the very hash it was checked with. */
export function isCurrentPassword(c: PortalContext, typed: string): Promise<boolean> {
  return verifyPassword(typed, c.get('session').passwordHash);
}
