// Each mailed link, by its purpose: where it leads, how long it works, what voids it, and for each dead end its words and
// the ways on.

import { type DeadLink, LINK_FAULTS } from '../account/links.ts';
import { MAILED_LINKS, type TokenPurpose } from '../mail/kinds.ts';
import { PATHS } from '../paths.ts';
import { text } from '../words/pages.ts';
import type { Way } from './parts.tsx';
import { WAYS } from './ways.ts';

/**
 * The page of a dead link. `next` is its one next step: a way, the same link once more, or a new link by mail at once.
 * There is none where a mail is to be opened (no button leads away from the mailbox) and where only a call helps.
 */
export type DeadEnd = { title: string; body: string; next?: Way | 'reload' | 'new link'; others?: Way[] };

export type LinkKind<Purpose extends TokenPurpose> = (typeof MAILED_LINKS)[Purpose] & {
  fault: (typeof LINK_FAULTS)[Purpose];
  deadEnds: Record<DeadLink<Purpose> | 'unknown', DeadEnd>;
};

const { deadEnds: said, ...labels } = text.mailedLinks;
const SIGN_UP = { href: PATHS.signUp, label: labels.signUp };
const SIGN_UP_AGAIN = { href: PATHS.signUp, label: labels.signUpAgain };
const CHANGE_AGAIN = { href: PATHS.spaceEmail, label: labels.changeAgain };

export const LINKS: { [Purpose in TokenPurpose]: LinkKind<Purpose> } = {
  activation: {
    ...MAILED_LINKS.activation,
    fault: LINK_FAULTS.activation,
    deadEnds: {
      unknown: { ...said.activation.unknown, next: 'reload', others: [SIGN_UP] },
      used: { ...said.activation.used, next: WAYS.signIn },
      already_active: { ...said.activation.already_active, next: WAYS.signIn },
      closed: { ...said.activation.closed, next: SIGN_UP },
      address_changed: { ...said.activation.address_changed, others: [SIGN_UP_AGAIN] },
      replaced: { ...said.activation.replaced, others: [SIGN_UP_AGAIN] },
      expired: { ...said.activation.expired, next: 'new link' },
      client_left: said.activation.client_left,
    },
  },
  reset: {
    ...MAILED_LINKS.reset,
    fault: LINK_FAULTS.reset,
    deadEnds: {
      unknown: { ...said.reset.unknown, next: 'reload', others: [WAYS.anotherReset] },
      used: { ...said.reset.used, next: WAYS.signIn, others: [WAYS.anotherReset] },
      not_active: { ...said.reset.not_active, others: [SIGN_UP] },
      closed: { ...said.reset.closed, next: SIGN_UP },
      address_changed: { ...said.reset.address_changed, next: WAYS.anotherReset },
      password_changed: { ...said.reset.password_changed, next: WAYS.signIn, others: [WAYS.anotherReset] },
      replaced: { ...said.reset.replaced, others: [WAYS.anotherReset] },
      expired: { ...said.reset.expired, next: 'new link' },
      client_left: said.reset.client_left,
    },
  },
  email: {
    ...MAILED_LINKS.email,
    fault: LINK_FAULTS.email,
    deadEnds: {
      unknown: { ...said.email.unknown, next: 'reload', others: [CHANGE_AGAIN] },
      used: { ...said.email.used, next: WAYS.signIn },
      closed: { ...said.email.closed, next: SIGN_UP },
      address_changed: { ...said.email.address_changed, next: WAYS.signIn },
      cancelled: { ...said.email.cancelled, next: CHANGE_AGAIN },
      replaced: { ...said.email.replaced, others: [CHANGE_AGAIN] },
      expired: { ...said.email.expired, next: CHANGE_AGAIN },
      client_left: said.email.client_left,
    },
  },
};
