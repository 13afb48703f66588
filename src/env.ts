// The Worker's environment: bindings, settings, secrets. Settings are checked once; an error names the wrong one.

import * as z from 'zod/mini';
import { LETTERS } from './numbers.ts';
import { oncePer } from './platform/cache.ts';
import { LEAST_CONTRAST, SURFACES, worstContrast } from './platform/colour.ts';
import { errandsFault, readErrands } from './platform/errands.ts';

/** The bindings of wrangler.toml; the settings and secrets beside them are read through `readSettings`. */
export type Env = {
  /** D1: clients, accounts, sessions, counters, outbox, events. */
  DB: D1Database;
  /** Workers KV: the tokens of mailed links, by hash, with a TTL. */
  TOKENS: KVNamespace;
  /** Cloudflare Email Service. */
  EMAIL: SendEmail;
  /** Instead of the public network, for the HTTP mail API; optional. */
  MAIL_API?: Fetcher;
  /** Rate-limit binding: the first, approximate screen per network. D1 decides. */
  SCREEN: RateLimit;
};

// Bindings hold text only: TOML has numbers, true and false of its own.
const setting = z.string({
  error: ({ input }) => (input === undefined ? 'is missing' : 'must be in quotes'),
});
const origin = setting.check(
  z.refine((text) => /^https?:/.test(text) && URL.parse(text)?.origin === text, {
    error: 'must be an origin such as https://portail.example.fr, without path or final slash',
  }),
);
const filled = setting.check(z.regex(/\S/, { error: 'must not be empty' }));
const email = z.pipe(setting, z.email({ error: 'must be an e-mail address' }));
const optionalSecret = z._default(
  setting.check(z.regex(/^(.{32,})?$/s, { error: 'must be empty or at least 32 characters long' })),
  '',
);
const optionalEmail = z.pipe(
  setting,
  z.union([z.literal(''), z.email({ error: 'must be empty or an e-mail address' })]),
);
// Settings an older wrangler.toml does not have: a portal runs without.
const optional = z._default(setting, '');
const optionalAddress = z._default(
  setting.check(
    z.regex(/^(https:\/\/\S+)?$/, { error: 'must be empty or an address that begins with https:' }),
  ),
  '',
);
const oneOf = <const T extends string[]>(names: T, error: string) =>
  z.pipe(setting, z.enum(names, { error }));

const settingsSchema = z
  .object({
    PORTAL_ORIGIN: origin,
    ORGANISATION_NAME: filled,
    ORGANISATION_SHORT_NAME: filled,
    ORGANISATION_ADDRESS: setting,
    CONTACT_PHONE: filled,
    CONTACT_EMAIL: email,
    CONTACT_HOURS: setting,
    PUBLICATION_DIRECTOR: setting,
    DPO_EMAIL: optionalEmail,
    IDENTIFIER_PREFIX: setting.check(
      z.regex(/^[A-Z]{2,10}$/, { error: 'must be 2 to 10 capital letters, such as NHCAPA' }),
    ),
    ACCENT_COLOR: setting.check(
      z.regex(/^(#[0-9a-fA-F]{6})?$/, { error: 'must be empty or a colour such as #0b5563', abort: true }),
      z.refine((colour) => contrast(colour) >= LEAST_CONTRAST, { error: tooPale }),
    ),
    TIME_ZONE: setting.check(z.refine(isTimeZone, { error: 'must be a time zone such as Europe/Paris' })),
    MAIL_FROM: email,
    MAIL_PROVIDER: oneOf(['cloudflare', 'brevo'], 'must be cloudflare or brevo'),
    MAIL_API_BASE: origin,
    // Of Cloudflare: the account whose list of suppressed addresses the desk may shorten, with the key MAIL_API_KEY.
    MAIL_ACCOUNT_ID: z._default(
      setting.check(
        z.regex(/^([0-9a-f]{32})?$/, { error: 'must be empty or the 32 signs of an account’s id' }),
      ),
      '',
    ),
    PROVISIONAL_PASSWORD_BY_MAIL: oneOf(['on', 'off'], 'must be on or off'),
    CLIENT_LEFT_GRACE_DAYS: z.pipe(
      setting.check(z.regex(/^\d{1,4}$/, { error: 'must be a number of days, such as 90' })),
      z.transform(Number),
    ),
    // How old the last applied client file may be before /sante fails; null: not watched.
    CLIENT_FILE_DAYS: z._default(
      z.pipe(
        setting.check(
          z.regex(/^([1-9]\d{0,2})?$/, { error: 'must be empty or a number of days, such as 3' }),
        ),
        z.transform((days) => (days ? Number(days) : null)),
      ),
      null,
    ),
    // What tenants come for and another site does (see `readErrands`).
    SERVICES: z._default(
      z.pipe(
        setting.check(
          z.refine((written) => !errandsFault(written), {
            error: ({ input }) => errandsFault(String(input)),
          }),
        ),
        z.transform(readErrands),
      ),
      [],
    ),
    // The desk. Without the first there is none.
    DESK_AUDIENCE: optional,
    DESK_MANAGERS: z._default(
      setting.check(
        z.refine((list) => addressesIn(list).every((one) => z.regexes.html5Email.test(one)), {
          error: 'must be empty or e-mail addresses with commas between them',
        }),
      ),
      '',
    ),
    // Who gets the month's figures by mail; nobody without it.
    REPORT_TO: z._default(optionalEmail, ''),
    // The landlord's words at the top of a letter that invites; without them the portal has a sentence of its own.
    LETTER_WORDS: z._default(setting.check(z.refine(isShort, { error: tooLong })), ''),
    // The declaration of /accessibilite. Without them it says « non conforme » and « à compléter ».
    ACCESSIBILITY_STATE: z._default(
      oneOf(['none', 'partial', 'full'], 'must be none, partial or full'),
      'none',
    ),
    ACCESSIBILITY_RATE: z._default(
      setting.check(
        z.regex(/^(100|\d{1,2}([.,]\d{1,2})?)?$/, { error: 'must be empty or a percentage, such as 72.5' }),
      ),
      '',
    ),
    ACCESSIBILITY_DATE: z._default(
      z.pipe(
        setting,
        z.union([z.literal(''), z.iso.date({ error: 'must be empty or a date such as 2027-01-31' })]),
      ),
      '',
    ),
    ACCESSIBILITY_AUDITOR: optional,
    ACCESSIBILITY_PLAN_URL: optionalAddress,
    ACCESSIBILITY_REPORT_URL: optionalAddress,
    PORTAL_SECRET: z
      .string({ error: 'is missing: set it with `wrangler secret put PORTAL_SECRET`' })
      .check(z.minLength(32, { error: 'must be at least 32 characters long' })),
    MAIL_API_KEY: z._default(setting, ''),
    // Optional: without them the addresses they guard do not exist.
    MAIL_WEBHOOK_SECRET: optionalSecret,
    CLIENTS_API_KEY: optionalSecret,
  })
  .check(
    z.refine((settings) => settings.MAIL_PROVIDER !== 'brevo' || settings.MAIL_API_KEY !== '', {
      path: ['MAIL_API_KEY'],
      error: 'is missing: set it with `wrangler secret put MAIL_API_KEY`',
    }),
    z.refine(isClaimProven, {
      path: ['ACCESSIBILITY_STATE'],
      error:
        'claims what no audit says: partial needs a rate of 50 or more, full one of 100, both their date, auditor and report',
    }),
  );

export type Settings = z.infer<typeof settingsSchema>;

/** Every setting and secret there is. */
export const SETTING_NAMES = Object.keys(settingsSchema.shape);

/** Names every setting that is wrong, and what it should be. */
export class SettingsError extends Error {}

/**
 * The settings and secrets of an environment, which never changes while it lives: read once.
 * @throws {SettingsError} one line per wrong setting
 */
export const readSettings = oncePer((env: object): Settings => {
  const read = settingsSchema.safeParse(env);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => ({ name: path.join('.'), message }));
  // The first fault of each: once it is corrected, the next one shows.
  const first = faults.filter(({ name }, nth) => faults.findIndex((fault) => fault.name === name) === nth);
  throw new SettingsError(first.map(({ name, message }) => `${name} ${message}`).join('\n'));
});

/** Buttons are white on the accent, links are the accent on the pages: both must be readable. */
function contrast(colour: string): number {
  return colour ? worstContrast(colour, SURFACES.light) : LEAST_CONTRAST;
}

/** The addresses of a list, in small letters. */
export function addressesIn(list: string): string[] {
  return list
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
}

function tooPale({ input }: { input?: unknown }): string {
  // Rounded down: 4.49 must not read as 4.5.
  const ratio = Math.floor(contrast(String(input)) * 10) / 10;
  return `is too pale: ${ratio}:1 with the sand of the pages, where ${LEAST_CONTRAST}:1 is needed; choose a darker colour`;
}

/** Whether the audit that the settings name allows what the declaration says (the RGAA's own thresholds). */
function isClaimProven(
  settings: Record<`ACCESSIBILITY_${'STATE' | 'RATE' | 'DATE' | 'AUDITOR' | 'REPORT_URL'}`, string>,
) {
  const least = { none: 0, partial: 50, full: 100 }[settings.ACCESSIBILITY_STATE] ?? 0;
  if (least === 0) return true;
  const {
    ACCESSIBILITY_DATE: date,
    ACCESSIBILITY_AUDITOR: auditor,
    ACCESSIBILITY_REPORT_URL: report,
  } = settings;
  return [date, auditor, report].every(Boolean) && percentage(settings.ACCESSIBILITY_RATE) >= least;
}

function percentage(written: string): number {
  return Number(written.replace(',', '.'));
}

/** Letters as people count them: a sign with an accent is one, however it is written. */
function lengthOf(text: string): number {
  return [...text.normalize('NFC')].length;
}

function isShort(text: string): boolean {
  return lengthOf(text) <= LETTERS.words;
}

function tooLong({ input }: { input?: unknown }): string {
  return `must have ${LETTERS.words} signs at most: it has ${lengthOf(String(input))}`;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('fr', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
