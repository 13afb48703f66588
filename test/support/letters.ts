// Every letter of the portal, written for a landlord.

import type { Settings } from '../../src/env.ts';
import { LETTERS } from '../../src/mail/compose.ts';
import { purposeOf } from '../../src/mail/kinds.ts';
import type { Letter } from '../../src/mail/letters/letter.tsx';
import type { MailKind } from '../../src/schema.ts';

const COUNTS = {
  month: '2026-09',
  clients: 1000,
  asked: 500,
  mailed: 480,
  activated: 412,
  signedIn: 200,
  refused: 7,
  unmatched: 12,
};

/** By kind. */
export function lettersOf({ PORTAL_ORIGIN, IDENTIFIER_PREFIX }: Settings): [MailKind, Letter][] {
  const facts = {
    name: 'Marie-Dominique Orsoni',
    identifier: `${IDENTIFIER_PREFIX}L123456`,
    moment: 'le\u00a023 novembre 2026 à\u00a010\u00a0h\u00a042',
    hasPassword: true,
    isHeld: false,
    report: { month: '2026-09', ended: COUNTS, before: COUNTS, requests: 3, byCode: 4, hasDesk: true },
    at: (path: string) => `${PORTAL_ORIGIN}${path}`,
  };
  const secretOf = (kind: MailKind) => (purposeOf(kind) ? 'x'.repeat(43) : 'HJKM-2345-PQRS');
  const kinds = Object.keys(LETTERS) as MailKind[];
  return kinds.map((kind) => [kind, LETTERS[kind]({ ...facts, secret: secretOf(kind) })]);
}
