// What terminal and desk say to do, by the state of an account and of its newest mail.

import { expect, it } from 'vitest';
import { type CaseMail, nextSteps } from '../src/account/next-step.ts';
import type { AccountState, PauseReason } from '../src/schema.ts';
import { caseText } from '../src/words/case.ts';

const plain = (text: string) => text.replace(/\u00a0/g, ' ');

type One = { state: AccountState | null };

function say({ state }: One, sent: CaseMail[], pauses: readonly { why: PauseReason }[] = []): string {
  const steps = nextSteps({ state, leftAt: null, heldAt: null }, sent, [...pauses], 90, Date.now());
  return plain(steps.map((step) => caseText.steps[step]('')).join(' '));
}

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
  const mail = { kind, state: mailState, reason };
  // What was replaced by a newer one tells nothing.
  const cancelled = { ...mail, state: 'cancelled', reason: null } as const;
  expect(say({ state }, [cancelled, mail])).toMatch(next);
});

const PAUSED = [{ why: 'reference' }, { why: 'network' }] as const;

it.each([
  [null, /^Levez d’abord la pause.* La personne peut en créer un/],
  ['closed', /^Levez d’abord la pause.* La personne peut en créer un nouveau/],
  ['pending', /^Levez d’abord la pause.* qu’elle recommence son inscription/],
  // Her own pages are open: nothing to lift for « Identifiant oublié ? ».
  ['active', /^Mot de passe perdu/],
] as const)('%s, with a sign-up pause that runs: no advice leads to the closed sign-up', (state, next) => {
  expect(say({ state }, [], PAUSED)).toMatch(next);
});

it('a pause of the sign-in closes no sign-up', () => {
  expect(say({ state: null }, [], [{ why: 'sign_in' }])).toMatch(/^La personne peut en créer un/);
});

it('a mail on its way needs no sign-up: the pause is left alone; a refused address does', () => {
  const mail = { kind: 'activation' } as const;
  const one = { state: 'pending' } as const;
  const lost = { ...mail, state: 'refused', reason: 'no_such_address' } as const;
  expect(say(one, [{ ...mail, state: 'queued', reason: null }], PAUSED)).toMatch(
    /^Son dernier courriel.*part dans la minute\.$/,
  );
  expect(say(one, [lost], PAUSED)).toMatch(/^Levez d’abord la pause.*recommence son inscription/);
});
