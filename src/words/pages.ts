// Every sentence on a page, by the page it stands on: the files of `pages/`, together. Letters keep their own.
// Spaces before : ; ? ! and inside « » are no-break ones; a test walks them all.

import { activation, created } from './pages/activation.ts';
import { askHelp } from './pages/ask-help.ts';
import { code } from './pages/code.ts';
import { birthDateRefusals, emailHint, emailRefusals, errors } from './pages/fields.ts';
import { accessibilityClaims, form, layout, noCookies, siteMap } from './pages/frame.ts';
import { labels } from './pages/labels.ts';
import { forgottenIdentifier, forgottenPassword, reset } from './pages/lost.ts';
import { mailFates } from './pages/mail-fates.ts';
import { mailedLinks } from './pages/mailed-links.ts';
import { events, ownData } from './pages/own-data.ts';
import { passwordInstead, passwordLines, passwordRefusals } from './pages/password.ts';
import { outOfOrder, problems } from './pages/problems.ts';
import { signIn } from './pages/sign-in.ts';
import { signUp, signUpMail } from './pages/sign-up.ts';
import {
  emailConfirmation,
  space,
  spaceClosing,
  spaceEmail,
  spacePassword,
  spaceSessions,
} from './pages/space.ts';

export type { Problem } from './pages/problems.ts';

export const text = {
  accessibilityClaims,
  labels,
  passwordLines,
  passwordRefusals,
  passwordInstead,
  birthDateRefusals,
  emailRefusals,
  mailedLinks,
  mailFates,
  problems,
  outOfOrder,
  askHelp,
  code,
  layout,
  noCookies,
  form,
  emailHint,
  errors,
  signIn,
  signUp,
  signUpMail,
  activation,
  created,
  forgottenPassword,
  reset,
  forgottenIdentifier,
  emailConfirmation,
  spacePassword,
  spaceEmail,
  spaceSessions,
  events,
  ownData,
  siteMap,
  spaceClosing,
  space,
};
