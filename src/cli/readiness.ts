// What a portal lacks before it may be put into service: nothing about the landlord is invented.

import { readSettings, SettingsError } from '../env.ts';

/** Settings a portal runs without on a developer's machine, but not in service: legal pages and mails name them. */
const WANTED = {
  ORGANISATION_NAME: 'the landlord, as the law names it',
  ORGANISATION_SHORT_NAME: 'the landlord, as a mailbox shows it',
  ORGANISATION_ADDRESS: 'the landlord’s postal address',
  PUBLICATION_DIRECTOR: 'who directs the publication (mentions légales)',
  DPO_EMAIL: 'the data protection officer’s address (données personnelles)',
  ACCESSIBILITY_PLAN_URL: 'where the landlord’s multi-year accessibility plan is published (accessibilité)',
};
/** « à compléter » is what the pages write where nothing stands. */
const EMPTY = /^\s*(à compléter)?\s*$/i;

/** Links, passwords and the provider's key go over them. */
const ENCRYPTED = ['PORTAL_ORIGIN', 'MAIL_API_BASE'];

type Values = Record<string, unknown>;

// Secrets are looked for where they are kept.
const STAND_IN = { PORTAL_SECRET: 'x'.repeat(32), MAIL_API_KEY: 'x' };

/**
 * Names each setting that is wrong, and each that is « à compléter », one line each.
 * @param vars `[vars]` of wrangler.toml
 */
export function findLackingSettings(vars: Values): string[] {
  const faults = findWrongSettings(vars);
  const lines = [
    ...Object.entries(WANTED)
      .filter(([name]) => EMPTY.test(String(vars[name] ?? '')))
      .map(([name, what]) => `${name} is empty: ${what}. Write it in [vars] of wrangler.toml`),
    ...ENCRYPTED.filter((name) => !String(vars[name]).startsWith('https:')).map(
      (name) => `${name} must begin with https:`,
    ),
  ];
  const nameOf = (line: string) => line.split(' ')[0];
  const named = faults.map(nameOf);
  return [...faults, ...lines.filter((line) => !named.includes(nameOf(line)))];
}

/** Names each setting that a portal in service may do without, and should not. */
export function findAdvisedSettings(vars: Values): string[] {
  if (String(vars.CLIENT_FILE_DAYS ?? '') !== '') return [];
  return [
    'CLIENT_FILE_DAYS is empty: /sante tells nobody when the nightly client file stops coming. Write 3 once it comes each night',
  ];
}

function findWrongSettings(vars: Values): string[] {
  try {
    readPlainSettings(vars);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message.split('\n');
  }
}

/**
 * The settings alone, of a command that needs no secret.
 * @throws {SettingsError} one line per wrong setting
 */
export function readPlainSettings(vars: Values) {
  return readSettings({ ...vars, ...STAND_IN });
}

type Secret = { name: string; isNeeded: boolean; what: string };

/** The secrets of a portal with these settings. */
function secretsOf(vars: Values): Secret[] {
  const isBrevo = vars.MAIL_PROVIDER === 'brevo';
  return [
    {
      name: 'PORTAL_SECRET',
      isNeeded: true,
      what: '32 characters or more, for example `openssl rand -base64 32`',
    },
    {
      name: 'MAIL_API_KEY',
      isNeeded: isBrevo,
      what: isBrevo ? 'Brevo’s API key' : 'a token that may edit the account’s Email Sending suppressions',
    },
    { name: 'MAIL_WEBHOOK_SECRET', isNeeded: false, what: 'for the reports of Brevo’s webhook' },
    { name: 'CLIENTS_API_KEY', isNeeded: false, what: 'for the nightly client file' },
  ].filter(
    ({ name }) => isBrevo || !name.startsWith('MAIL_') || (name === 'MAIL_API_KEY' && vars.MAIL_ACCOUNT_ID),
  );
}

/** One line per secret that is not set, with the command that sets it. */
export function findLackingSecrets(vars: Values, set: string[]): { needed: string[]; optional: string[] } {
  const lines = (isNeeded: boolean) =>
    secretsOf(vars)
      .filter((secret) => secret.isNeeded === isNeeded && !set.includes(secret.name))
      .map(({ name, what }) => `${name} is not set (${what}): npx wrangler secret put ${name}`);
  return { needed: lines(true), optional: lines(false) };
}

/** What a portal without a desk lacks for one, in the order it is done; nothing when it has one. */
export function findDeskSteps(vars: Values): string[] {
  if (vars.DESK_AUDIENCE) return [];
  const host = URL.parse(String(vars.PORTAL_ORIGIN))?.host ?? String(vars.PORTAL_ORIGIN);
  return [
    `Zero Trust > Access controls > Applications > Add > Self-hosted: ${host}, path guichet`,
    'its policy: Allow, the addresses (or the e-mail domain) of the staff, and nobody else',
    'its authentication: the landlord’s own identity provider, or require a second factor (security key, biometrics, TOTP): a mailed code alone is none',
    'its AUD tag (Additional settings): write it as DESK_AUDIENCE in [vars] of wrangler.toml, the managers as DESK_MANAGERS, and deploy again',
  ];
}

/**
 * The configuration that leaves this machine. Without the agent of its own desk, who must never stand in for Cloudflare
 * Access; with Brevo nothing is read from a queue, and the consumer of a queue that does not exist cannot be deployed.
 */
export function deployedConfig<Config extends object>(config: Config, isQueued: boolean): Partial<Config> {
  const left = isQueued ? ['access'] : ['access', 'queues'];
  return Object.fromEntries(
    Object.entries(config).filter(([name]) => !left.includes(name)),
  ) as Partial<Config>;
}
