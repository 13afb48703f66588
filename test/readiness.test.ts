// What stops a deployment: each lack is one line that says what to do.

import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import {
  deployedConfig,
  findDeskSteps,
  findLackingSecrets,
  findLackingSettings,
} from '../src/cli/readiness.ts';
import { OTHER_LANDLORD } from './support/visitor.ts';

const { PORTAL_SECRET: _, ...vars } = OTHER_LANDLORD as unknown as Record<string, unknown>;

it('a landlord whose settings are complete lacks nothing', () => {
  expect(findLackingSettings(vars)).toEqual([]);
});

it('the first landlord has still to say who directs, who protects the data, and where the accessibility plan is', () => {
  const names = findLackingSettings(env as unknown as Record<string, unknown>).map(
    (line) => line.split(' ')[0],
  );
  expect(names).toEqual(['PUBLICATION_DIRECTOR', 'DPO_EMAIL', 'ACCESSIBILITY_PLAN_URL']);
});

it.each([
  [{ ORGANISATION_ADDRESS: '' }, 'ORGANISATION_ADDRESS is empty'],
  [{ PORTAL_ORIGIN: 'http://locataires.granite.example' }, 'PORTAL_ORIGIN must begin with https:'],
  [{ IDENTIFIER_PREFIX: 'nh' }, 'IDENTIFIER_PREFIX must be 2 to 10 capital letters'],
  [{ MAIL_PROVIDER: 'pigeon' }, 'MAIL_PROVIDER must be cloudflare or brevo'],
  [{ MAIL_API_BASE: 'http://api.brevo.com' }, 'MAIL_API_BASE must begin with https:'],
  [{ PUBLICATION_DIRECTOR: '  ' }, 'PUBLICATION_DIRECTOR is empty'],
  [{ PUBLICATION_DIRECTOR: 'À compléter ' }, 'PUBLICATION_DIRECTOR is empty'],
  [{ ORGANISATION_ADDRESS: '\u00a0' }, 'ORGANISATION_ADDRESS is empty'],
  [{ ORGANISATION_NAME: ' ' }, 'ORGANISATION_NAME must not be empty'],
  [{ ORGANISATION_NAME: 'à compléter' }, 'ORGANISATION_NAME is empty'],
  [{ ORGANISATION_SHORT_NAME: 'à compléter' }, 'ORGANISATION_SHORT_NAME is empty'],
  // Named once, by what is to be mended first.
  [{ PORTAL_ORIGIN: 'locataires.granite.example' }, 'PORTAL_ORIGIN must be an origin'],
  [{ PUBLICATION_DIRECTOR: undefined }, 'PUBLICATION_DIRECTOR is missing'],
  [{ DPO_EMAIL: undefined }, 'DPO_EMAIL is missing'],
  [{ DPO_EMAIL: 'à compléter' }, 'DPO_EMAIL must be empty or an e-mail address'],
  [{ ACCESSIBILITY_PLAN_URL: '' }, 'ACCESSIBILITY_PLAN_URL is empty'],
  [{ ACCESSIBILITY_PLAN_URL: undefined }, 'ACCESSIBILITY_PLAN_URL is empty'],
  [{ ACCESSIBILITY_STATE: 'oui' }, 'ACCESSIBILITY_STATE must be none, partial or full'],
  [{ ACCESSIBILITY_RATE: '120' }, 'ACCESSIBILITY_RATE must be empty or a percentage'],
  [{ ACCESSIBILITY_DATE: '20/11/2026' }, 'ACCESSIBILITY_DATE must be empty or a date'],
  [{ ACCESSIBILITY_RATE: '49' }, 'ACCESSIBILITY_STATE claims what no audit says'],
  [{ ACCESSIBILITY_STATE: 'full' }, 'ACCESSIBILITY_STATE claims what no audit says'],
  [{ ACCESSIBILITY_REPORT_URL: '' }, 'ACCESSIBILITY_STATE claims what no audit says'],
  [{ ACCENT_COLOR: 12 }, 'ACCENT_COLOR must be in quotes'],
])('%o stops it: %s', (wrong, sentence) => {
  expect(findLackingSettings({ ...vars, ...wrong })).toEqual([expect.stringContaining(sentence)]);
});

it('names each secret with the command that sets it; Brevo needs its key', () => {
  expect(findLackingSecrets(vars, [])).toEqual({
    needed: [expect.stringMatching(/^PORTAL_SECRET is not set .*npx wrangler secret put PORTAL_SECRET$/)],
    optional: [expect.stringContaining('CLIENTS_API_KEY')],
  });
  const brevo = { ...vars, MAIL_PROVIDER: 'brevo' };
  expect(findLackingSecrets(brevo, ['PORTAL_SECRET', 'CLIENTS_API_KEY'])).toEqual({
    needed: [expect.stringContaining('MAIL_API_KEY')],
    optional: [expect.stringContaining('MAIL_WEBHOOK_SECRET')],
  });
});

it('the agent of this machine’s desk never leaves with a deployment', () => {
  const config = { name: 'x', access: { dev: { aud: 'development' } }, queues: { consumers: [] } };
  expect(deployedConfig(config, true)).toEqual({ name: 'x', queues: { consumers: [] } });
  expect(deployedConfig(config, false)).toEqual({ name: 'x' });
});

it('what a desk needs is told step by step until it has its audience', () => {
  const steps = findDeskSteps({ PORTAL_ORIGIN: 'https://portail.example.fr', DESK_AUDIENCE: '' });
  expect(steps.join('\n')).toMatch(/portail.example.fr, path guichet.*second factor.*DESK_AUDIENCE/s);
  expect(findDeskSteps({ PORTAL_ORIGIN: 'https://portail.example.fr', DESK_AUDIENCE: 'aud' })).toEqual([]);
});
