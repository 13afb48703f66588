// The numbers the portal lives by, each with its reason.

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const ms = (value: number, unit: keyof typeof UNITS) => value * UNITS[unit];

/** One minute, in ms. */
export const MINUTE = ms(1, 'm');
const HOUR = ms(1, 'h');
/** One day, in ms. */
export const DAY = ms(1, 'd');

/** 32 bytes: twice what ASVS 11.5.1 asks of a token or a session id. */
export const SECRET_BYTES = 32;

/** Tenants read mail late; elsewhere 95 % confirm within two hours. */
export const ACTIVATION_LINK_LIFETIME = ms(72, 'h');

/** A pending account lives this long (data minimisation), and so does the KV entry of its link,
 * so that an expired link can be named as expired and repaired in one tap. */
export const PENDING_ACCOUNT_LIFETIME = ms(30, 'd');

/** A reset link opens an account: 60 minutes, where CNIL and NIST allow 24 h. Its entry is kept a week, so that
 * an expired link can be named as expired. */
export const RESET_LINK_LIFETIME = HOUR;
export const RESET_LINK_KEPT = ms(7, 'd');

/** The same password posted again to a link within these minutes is a second tap, not a second use. */
export const SECOND_TAP = ms(10, 'm');

/** The link that confirms a new address, as long as an activation link. */
export const EMAIL_LINK_LIFETIME = ms(72, 'h');

/** A new address that nobody confirmed: the life of its link, which begins when the mail leaves, three days late at most. */
export const PENDING_EMAIL_LIFETIME = ms(6, 'd');

/** A provisional password: one hour, one sign-in (ASVS 6.4.1); then a new one must be chosen within 30 minutes. */
export const PROVISIONAL_LIFETIME = HOUR;
export const MUST_CHOOSE_LIFETIME = ms(30, 'm');

/** The first screen counts the forms of a network over this period, which wrangler.toml says once more (`SCREEN`). */
export const SCREEN_PERIOD = ms(1, 'm');

/** Limits of a session (ASVS 7.3): idle, in all, and how often the last-seen time is written. */
export const SESSION = { idle: ms(30, 'm'), absolute: ms(12, 'h'), touchEvery: ms(5, 'm') };

/** The waiting page belongs for one hour to the browser that asked; the information page for 30 minutes. */
export const WAITING_COOKIE_LIFETIME = HOUR;
export const CREATED_COOKIE_LIFETIME = ms(30, 'm');

/** The reference of a letter's QR waits in the form for half an hour: a page is read, reloaded, the glasses are fetched. */
export const LETTER_COOKIE_LIFETIME = ms(30, 'm');

/**
 * Failed sign-ins per identifier typed. Without this an 8-character rule is not acceptable (CNIL 2022-100, case 2): 5
 * free, then 1, 2, 4 … 60 minutes, at most 25 tries in 24 h. One network may fail 200 times a day whatever it names: an
 * office, or a phone operator's line that hundreds share, stays far below; an attacker who tries one identifier after another does not.
 */
export const SIGN_IN = { free: 5, longestWait: HOUR, most: 25, perNetwork: 200, window: DAY };

/** A challenge to a passkey lives five minutes: WebAuthn itself advises five to ten for one that asks who it is. An account
 * has at most ten passkeys: a household has fewer devices. */
export const PASSKEYS = { challenge: ms(5, 'm'), most: 10 };

/** A browser that signed in to an account is known to it for half a year: most come once a month. */
export const KNOWN_DEVICE_LIFETIME = ms(180, 'd');

/**
 * Failed identities, in 24 h. A birth date has 36 000 values and references are small and sequential, so a guesser gets
 * few of them; and one network never enough to shut somebody's door.
 * - `network`: whatever it names; three households of ten errors each, or a day at the landlord's own counter.
 * - `reference`: tries on a reference, from one network and in all.
 * - `person`: the same for a birth date or a SIRET, in references looked at (a try may denote two).
 * - `partlyKnown`: tries on a client of whose birth date the file knows the year or the month only: six bits of proof.
 */
export const IDENTITY = {
  network: 30,
  reference: { perNetwork: 5, most: 25 },
  person: { perNetwork: 10, most: 25 },
  partlyKnown: 5,
  window: DAY,
};

/**
 * Requests for a reset link, per identifier typed: the pause after each, the last one for all that follow. That is ten in
 * 24 h, and eight from one network. A link stays good for as long as no newer one may leave, so the holder can always
 * get in by the newest mail. Both « forgotten » forms take 30 requests a day from one network, whatever they name.
 */
export const RESET_ASKS = {
  perNetwork: { waits: [MINUTE, MINUTE, ms(4, 'h')], most: 8 },
  inAll: { waits: [MINUTE, MINUTE, MINUTE, MINUTE, ms(4, 'h')], most: 10 },
};
export const ASKS = { network: 30, window: DAY };

/**
 * Help requests: kept 30 days, which is a month's work of a counter. From one network ten a day (a library, an office), about
 * one identity three (a mistyped address is asked for anew), 200 in all: more than a landlord of 60 people can call back.
 * `atOnce`: how many are compared with the clients in one round trip; `candidates`: rows of the file shown beside one.
 */
export const HELP = {
  kept: ms(30, 'd'),
  network: 10,
  identity: 3,
  inAll: 200,
  window: DAY,
  atOnce: 200,
  candidates: 5,
  /** Rows looked at for them. */
  looked: 60,
  /** When its person should call. */
  callAfterDays: 3,
};

/**
 * The code for who has no mailbox, with DigiD's figures: 30 days from the counter, 20 by post. Its first sign tells which,
 * nine are drawn: 45 bits, of which five tries find nothing. One network fails 20 times a day.
 */
export const CODE = {
  lifetimes: { counter: ms(30, 'd'), post: ms(20, 'd') },
  drawn: 9,
  tries: 5,
  perNetwork: 20,
  window: DAY,
  /** Checked with each try at least, so that the time tells nothing: most references have one code or none. */
  checked: 2,
};

/** Mails per account and kind: nobody's mailbox may be flooded through the portal. */
export const MAIL_CAPS = { gap: MINUTE, perHour: 3, perDay: 10, hour: HOUR, day: DAY };

/**
 * Delivery. A claimed mail belongs to its sweep for two minutes. A failed one is tried again after 1, 2, 5, 15 and 60 minutes, then
 * hourly, and given up after a day. A day in which the provider held it back by its own rule (its daily quota, its list of
 * addresses it writes to no more) does not count, but three days are the most: a new account's quota is over on opening day
 * and again the day after, a full mailbox stays on Cloudflare's list for 24 hours, and a mail of last week puzzles.
 * A sweep claims 50, six at once (Workers open six connections), each within ten seconds; a run of cron stops after 500
 * mails (KV allows 1,000 writes) or 50 seconds, before the next one begins.
 */
export const DELIVERY = {
  lease: ms(2, 'm'),
  backOff: [ms(1, 'm'), ms(2, 'm'), ms(5, 'm'), ms(15, 'm')],
  slowest: HOUR,
  giveUpAfter: DAY,
  longest: ms(3, 'd'),
  perSweep: 50,
  atOnce: 6,
  timeout: ms(10, 's'),
  perRun: 500,
  runLength: ms(50, 's'),
};

/** Lengths, in code points. 254 is the longest address mail can carry (RFC 5321); a word with a birth date and a sign
 * (nine) is decorated, with more it is hard to guess. */
export const LENGTHS = {
  sector: 60,
  decoration: 9,
  email: 254,
  identifier: 40,
  name: 100,
  passwordLeast: 8,
  passwordMost: 128,
  phone: 30,
  reference: 30,
};

/** The landlord's client file. One line in memory at most `lineBytes`, the whole as much as Cloudflare lets in; lines
 * go to D1 in parts of about `partLength` characters: below its 2 MB per parameter even when each takes three bytes,
 * and few enough for its 1,000 queries per request. The lease outlasts any one part. A file that makes one client in
 * five leave, or of which one line in twenty is newly wrong, is looked at by a person. A year of birth is corrected by less
 * than `generation` years: the son of the same name who takes a number over is further away. */
export const CLIENT_FILE = {
  lineBytes: 16 * 1024,
  bytes: 100_000_000,
  partLength: 512 * 1024,
  lease: ms(2, 'm'),
  mostLeft: 0.2,
  mostRejected: 0.05,
  generation: 15,
  /** A file of new numbers is held whole: a million lines are 25 MB. */
  numbersBytes: 30_000_000,
  /** Lines and clients that are compared at once. */
  pairsAtOnce: 10_000,
  /** Entries of each list of the report; the counts are always whole. */
  listed: 500,
  /** A wrong value is quoted up to here. */
  quoted: 40,
};

/** A form's body, in bytes: no hashing of floods (ASVS 15.2.2). */
export const FORM_BODY_BYTES = 16 * 1024;

/** A webhook's body, in bytes: a batch of some hundred reports. */
export const REPORT_BODY_BYTES = 256 * 1024;

/** The events and mails of an account: six months, as the CNIL advises for logs (2021-122). */
export const HISTORY_KEPT = ms(183, 'd');

/** A client who left, with no open account, is forgotten six months later: late letters and questions are over. */
export const DEPARTED_KEPT = ms(183, 'd');

/** The answer to the import of a night, with the names in it: long enough to look into last month's. */
export const REPORTS_KEPT = ms(30, 'd');

/** D1 can be turned back 30 days (Time Travel): what is erased stays in that history as long, and no setting shortens it. */
export const BACKUPS_KEPT = ms(30, 'd');

/** The purge of each night: in rounds of a bounded number of rows, each one of D1's 1,000 queries per run. 400,000 rows
 * of a kind are six times what a million tenants leave in a day. */
export const PURGE = { perRound: 5000, rounds: 80 };

/** Expired counters go each minute, until none is left; a million in one run is more than any flood leaves. */
export const SWEEP = { perRound: 5000, rounds: 200 };

/** How long delivery waits for the answer to leave, in ms (see `deliverAfterAnswer`). */
export const AFTER_ANSWER = 10;

/** After a neutral answer, delivery waits for a time drawn at random (ms), or the next request would tell that it runs. */
export const NEUTRAL_PAUSE = { least: ms(1, 's'), most: ms(4, 's') };

/** A User-Agent is read up to here: Cloudflare lets 128 KB of headers in. */
export const USER_AGENT_READ = 256;

/** A mail still owed after two minutes is late: the answer and cron have each had their turn. */
export const MAIL_LATE = ms(2, 'm');

/** After an hour it had six tries, and somebody waits for it: the person who watches the portal must hear of it. */
export const MAIL_OVERDUE = HOUR;

/** When cron runs, as wrangler.toml has it: delivery each minute, the purge at night (UTC). */
export const CRONS = { minute: '* * * * *', night: '23 3 * * *' };

/** Cron runs each minute; ten minutes of silence are a fault somebody must hear of. */
export const CRON_SILENCE = ms(10, 'm');

/** What the landlord's staff did is kept a year: the CNIL's longest for logs (2021-122), since who is wronged may find out late. */
export const ACTS_KEPT = ms(365, 'd');

/** The desk. Looks at one client within ten minutes are one look; a birth date is compared five times an hour, so that
 * nobody finds it by trying; a search shows twenty, a list a hundred. */
export const DESK = {
  oneLook: ms(10, 'm'),
  compared: { most: 5, window: HOUR },
  hits: 20,
  listed: 100,
  exported: 100_000,
  lostMails: ms(30, 'd'),
  searched: 100,
  /** The last imports of the client file: a week and a half of nights. */
  imports: 12,
  words: 300,
};

/** Letters that invite: the landlord's own words fit above the rest of an A4; what a printer takes in one go. */
export const LETTERS = { words: 400, perRun: 500 };

/** New clients that become findable by name in one statement, about half a second; and how often a run of cron does it. */
export const SEARCH_INDEX = { perRound: 20_000, rounds: 20 };

/** The counts of sign-ups: this month and the twelve before it; of 200 sectors, the largest, and all others as one; the
 * filter offers a thousand. Who has no account is read 5,000 at a time for a file: 1,000,000 clients take a fifth of D1's
 * 1,000 queries a request. */
export const SIGN_UPS = { months: 13, sectors: 200, listed: 1000, perRead: 5000 };
