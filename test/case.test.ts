// What terminal and desk say to do, by the state of an account and of its newest mail.

import { expect, it } from 'vitest';
import { nextSteps } from '../src/account/case.ts';
import { caseText } from '../src/words/case.ts';

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
  const steps = nextSteps({ state, leftAt: null, heldAt: null }, [cancelled, mail], 90, Date.now());
  expect(plain(steps.map((step) => caseText.steps[step]('')).join(' '))).toMatch(next);
});
