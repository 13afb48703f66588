// The settings: what the code reads, wrangler.toml sets, docs/settings.md explains and the second landlord fills in are one list.

import { expect, it } from 'vitest';
import settings from '../docs/settings.md?raw';
import { readSettings, type SettingsError } from '../src/env.ts';
import config from '../wrangler.toml?raw';
import { OTHER_SETTINGS } from './landlords.ts';

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

/** A wrangler.toml from before them does not have these: a portal runs without. */
const OPTIONAL = /^(ACCESSIBILITY|DESK)_|^CLIENT_FILE_DAYS$|^SERVICES$|^LETTER_WORDS$/;

it('what wrangler.toml does not set is named as missing, each by its name', () => {
  const needed = vars.filter((name) => !OPTIONAL.test(name ?? ''));
  expect(missing().sort()).toEqual([...needed, 'PORTAL_SECRET'].sort());
});

it('docs/settings.md has a line for each setting and secret, and for nothing else', () => {
  expect([...new Set(explained)].sort()).toEqual([...vars, ...SECRETS].sort());
});

it('the second landlord fills in each that speaks of a landlord', () => {
  const ofNobody = ['MAIL_PROVIDER', 'MAIL_API_BASE', 'PROVISIONAL_PASSWORD_BY_MAIL'];
  const left = vars.filter((name) => !(String(name) in OTHER_SETTINGS));
  expect(left).toEqual(ofNobody);
});
