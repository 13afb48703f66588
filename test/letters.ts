// Every letter of the portal, written for a landlord.

import type { Settings } from '../src/env.ts';
import { LETTERS } from '../src/mail/compose.ts';
import { purposeOf } from '../src/mail/kinds.ts';
import type { Letter } from '../src/mail/letters/letter.tsx';
import type { MailKind } from '../src/schema.ts';

/** By kind. */
export function lettersOf({ PORTAL_ORIGIN, IDENTIFIER_PREFIX }: Settings): [MailKind, Letter][] {
  const facts = {
    name: 'Marie-Dominique Orsoni',
    identifier: `${IDENTIFIER_PREFIX}L123456`,
    moment: 'le\u00a023 novembre 2026 à\u00a010\u00a0h\u00a042',
    hasPassword: true,
    isHeld: false,
    at: (path: string) => `${PORTAL_ORIGIN}${path}`,
  };
  const secretOf = (kind: MailKind) => (purposeOf(kind) ? 'x'.repeat(43) : 'HJKM-2345-PQRS');
  const kinds = Object.keys(LETTERS) as MailKind[];
  return kinds.map((kind) => [kind, LETTERS[kind]({ ...facts, secret: secretOf(kind) })]);
}
