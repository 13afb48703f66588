// The destinations that several pages lead to, each with its words.

import { PATHS } from '../paths.ts';
import { text } from '../words/pages.ts';
import { passkeyText } from '../words/passkeys.ts';
import type { Way } from './parts.tsx';

export const WAYS = {
  signIn: { href: PATHS.signIn, label: text.signIn.way },
  signUp: { href: PATHS.signUp, label: text.signUp.title },
  lostPassword: { href: PATHS.forgottenPassword, label: text.signIn.forgottenPassword },
  lostIdentifier: { href: PATHS.forgottenIdentifier, label: text.signIn.forgottenIdentifier },
  code: { href: PATHS.code, label: text.code.title },
  noEmail: { href: PATHS.noEmail, label: text.code.none },
  stuck: { href: PATHS.stuck, label: text.layout.stuck },
  /** Where somebody stands whose link to a new password is of no use any more. */
  anotherReset: { href: PATHS.forgottenPassword, label: text.reset.askAgain },
  /** « Retour », beside the button of a form that anybody may open. */
  back: { href: PATHS.signIn, label: text.form.back },
  account: { href: PATHS.spaceAccount, label: text.space.account },
  backToSpace: { href: PATHS.space, label: text.space.back },
} satisfies Record<string, Way>;

/** What can be done with the account, in its order. */
export const SPACE_WAYS: Way[] = [
  { href: PATHS.spacePassword, label: text.space.password },
  { href: PATHS.spaceKeys, label: passkeyText.list.title },
  { href: PATHS.spaceEmail, label: text.space.emailPage },
  { href: PATHS.spaceSessions, label: text.space.sessions },
  { href: PATHS.spaceOwnData, label: text.space.data },
  { href: PATHS.spaceClosing, label: text.space.closing },
];
