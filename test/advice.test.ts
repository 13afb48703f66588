// What `npm run account` says to do, by the state of an account and of its newest mail.

import { expect, it } from 'vitest';
import type { Case } from '../src/account/case.ts';
import { adviseOn } from '../src/cli/advice.ts';

const landlord = { CLIENT_LEFT_GRACE_DAYS: 90, TIME_ZONE: 'Europe/Paris' };
const plain = (text: string) => text.replace(/\u00a0/g, ' ');

it.each([
  [
    'active',
    'reset_link',
    'refused',
    'no_such_address',
    /l’adresse n’existe pas.*change d’adresse dans son espace/,
  ],
  [
    'pending',
    'activation',
    'refused',
    'address_refused',
    /l’adresse n’existe pas.*recommence son inscription/,
  ],
  [
    'pending',
    'activation',
    'queued',
    'address_suppressed',
    /précédent.*est revenu.*sa boîte est pleine.*réessaie pendant 3 jours.*recommence son inscription/,
  ],
  ['active', 'reset_link', 'refused', 'address_suppressed', /précédent.*change d’adresse dans son espace/],
  ['pending', 'activation', 'queued', 'quota', /quota d’envoi du jour est atteint.*demain/],
  ['active', 'reset_link', 'failed', 'quota', /prévenez l’informatique/],
  ['pending', 'activation', 'queued', 'ip_refused', /l’adresse internet du portail.*voir \/sante/],
  ['active', 'reset_link', 'refused', 'mailbox_full', /Sa boîte est pleine/],
  ['active', 'reset_link', 'refused', 'blocked', /Sa messagerie refuse/],
  ['active', 'reset_link', 'failed', 'unreachable', /prévenez l’informatique/],
  ['pending', 'activation', 'queued', 'setup_refused', /voir \/sante/],
  ['pending', 'activation', 'queued', 'throttled', /le portail réessaie pendant un jour/],
  ['pending', 'activation', 'queued', null, /il part dans la minute/],
  ['active', 'reset_link', 'deferred', 'slow', /qu’elle attende/],
  ['active', 'reset_link', 'delivered', null, /Mot de passe perdu/],
  ['active', 'email_changed', 'refused', 'no_such_address', /Mot de passe perdu/],
  ['closed', 'account_closed', 'refused', 'no_such_address', /peut en créer un nouveau/],
] as const)('%s, its newest mail %s %s (%s): what to do', (state, kind, mailState, reason, next) => {
  const one = { state, leftAt: null } as Case;
  const mail = { kind, state: mailState, reason, createdAt: 1 };
  // What was replaced by a newer one tells nothing.
  const cancelled = { ...mail, state: 'cancelled', reason: null } as const;
  expect(plain(adviseOn(one, [cancelled, mail], [], landlord, Date.now()).join(' '))).toMatch(next);
});

const at = (time: string) => Date.parse(`2026-03-03T${time}:00+01:00`);
const pauses = [
  { why: 'reference', until: at('14:35') },
  { why: 'network', until: at('16:05') },
] as const;

it.each([
  [
    null,
    true,
    /^Levez d’abord la pause avec --lift\. Sinon, l’inscription redevient possible à 16 h 05\. La/,
  ],
  ['closed', true, /^Levez d’abord la pause.* La personne peut en créer un nouveau/],
  ['pending', true, /^Levez d’abord la pause.* qu’elle recommence son inscription/],
  // Her own pages are open: nothing to lift for « Identifiant oublié ? ».
  ['active', true, /^Mot de passe perdu/],
  [null, false, /^La personne peut en créer un/],
] as const)(
  '%s, with a sign-up pause that runs (%s): no advice leads to the closed sign-up',
  (state, isPaused, next) => {
    const one = { state, leftAt: null } as Case;
    const running = isPaused ? [...pauses] : [{ why: 'sign_in' as const, until: at('16:05') }];
    expect(plain(adviseOn(one, [], running, landlord, at('14:00')).join(' '))).toMatch(next);
  },
);

it('a mail on its way needs no sign-up: the pause is left alone; a refused address does', () => {
  const one = { state: 'pending', leftAt: null } as Case;
  const mail = { kind: 'activation', createdAt: 1 } as const;
  const say = (state: 'queued' | 'refused', reason: 'no_such_address' | null) =>
    plain(adviseOn(one, [{ ...mail, state, reason }], [...pauses], landlord, at('14:00')).join(' '));
  expect(say('queued', null)).toMatch(/^Son dernier courriel.*part dans la minute\.$/);
  expect(say('refused', 'no_such_address')).toMatch(/^Levez d’abord la pause.*recommence son inscription/);
});
