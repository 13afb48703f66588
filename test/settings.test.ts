// The settings: what the code reads, wrangler.toml sets, docs/settings.md explains and the second landlord fills in are one list.

import { expect, it } from 'vitest';
import settings from '../docs/settings.md?raw';
import { readSettings, type SettingsError } from '../src/env.ts';
import config from '../wrangler.toml?raw';
import { OPTIONAL_SETTINGS, OTHER_SETTINGS } from './support/landlords.ts';

const SECRETS = ['PORTAL_SECRET', 'MAIL_API_KEY', 'MAIL_WEBHOOK_SECRET', 'CLIENTS_API_KEY'];
const vars = [...config.slice(config.indexOf('\n[vars]')).matchAll(/^([A-Z_]+) = /gm)].map(
  ([, name]) => name,
);

/** The names in the first column of the two tables. */
const explained = [...settings.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name = '']) => name);

function missing(): string[] {
  try {
    readSettings({});
  } catch (error) {
    return [...new Set((error as SettingsError).message.split('\n').map((line) => line.split(' ')[0] ?? ''))];
  }
  return [];
}

it('what wrangler.toml does not set is named as missing, each by its name', () => {
  const needed = vars.filter((name) => !OPTIONAL_SETTINGS.test(name ?? ''));
  expect(missing().sort()).toEqual([...needed, 'PORTAL_SECRET'].sort());
});

it('docs/settings.md has a line for each setting and secret, and for nothing else', () => {
  expect([...new Set(explained)].sort()).toEqual([...vars, ...SECRETS].sort());
});

it('the second landlord fills in each that speaks of a landlord', () => {
  const ofNobody = ['MAIL_PROVIDER', 'MAIL_API_BASE', 'MAIL_ACCOUNT_ID', 'PROVISIONAL_PASSWORD_BY_MAIL'];
  const left = vars.filter((name) => !(String(name) in OTHER_SETTINGS));
  expect(left).toEqual(ofNobody);
});
