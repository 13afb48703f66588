// The whole database. Times are integers in ms; birth dates are text, YYYY-MM-DD (00 where unknown).

import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export type ClientKind = 'tenant' | 'supplier';

export type AccountState = 'pending' | 'active' | 'closed';

/** The events of an account; each has its words for the holder. */
export type EventKind =
  | 'requested'
  | 'address_corrected'
  | 'activated'
  | 'signed_in'
  | 'signed_out'
  | 'reset_requested'
  | 'password_reset'
  | 'provisional_requested'
  | 'password_changed'
  | 'identifier_reminded'
  | 'email_change_requested'
  | 'email_change_cancelled'
  | 'email_changed'
  | 'sessions_ended'
  | 'passkey_added'
  | 'passkey_removed'
  | 'pause_lifted'
  | 'mails_unblocked'
  | 'closed'
  | 'closed_by_landlord'
  | 'code_given'
  | 'code_used';

/** Who did it: whoever uses the portal in the holder's name, or the landlord's staff. */
export type Actor = 'holder' | 'landlord';

/** A coarse kind of device: enough for its owner to recognise it, no fingerprint. */
export type Device =
  | 'iphone'
  | 'ipad'
  | 'android_phone'
  | 'android_tablet'
  | 'windows'
  | 'mac'
  | 'chromebook'
  | 'linux'
  | 'unknown';

/** The mails the portal owes. */
export type MailKind =
  | 'activation'
  | 'account_created'
  | 'account_requested'
  | 'already_registered'
  | 'reset_link'
  | 'provisional_password'
  | 'password_changed'
  | 'identifier_reminder'
  | 'confirm_email'
  | 'email_changing'
  | 'email_changed'
  | 'passkey_added'
  | 'account_closed'
  | 'request_refused'
  | 'request_waiting'
  | 'code_given'
  | 'code_used'
  | 'pause_lifted'
  | 'month_report';

export type MailState = 'queued' | 'sent' | 'deferred' | 'delivered' | 'refused' | 'failed' | 'cancelled';

/** Why a hand-over to the provider failed. */
export type HandoverReason =
  | 'unreachable'
  | 'timeout'
  | 'throttled'
  | 'quota'
  | 'provider_failed'
  | 'setup_refused'
  | 'ip_refused'
  | 'portal_failed'
  | 'address_suppressed'
  | 'address_refused'
  | 'content_refused';

/** Why a mail that was handed over did not arrive, or not yet. */
export type DeliveryReason =
  | 'slow'
  | 'no_such_address'
  | 'mailbox_full'
  | 'blocked'
  | 'undelivered'
  | 'complained';

export type MailReason = HandoverReason | DeliveryReason;

/** The things that a wrong identity guesses at. */
export type Guessed = 'reference' | 'cut_reference' | 'birth_date' | 'siret' | 'name_and_year';

/** A full counter: of one thing guessed at, of the network the tries came from, or of the sign-in. */
export type PauseReason = Guessed | 'network' | 'sign_in';

/** What the landlord's staff does at the desk; each is a row of `acts`. */
export type ActKind =
  | 'look'
  | 'compare_birth_date'
  | 'send_link'
  | 'lift_pause'
  | 'secure'
  | 'correct_email'
  | 'close'
  | 'hold'
  | 'release'
  | 'unblock'
  | 'give_code'
  | 'post_code'
  | 'see_request'
  | 'accept_request'
  | 'wait_for_file'
  | 'refuse_request'
  | 'send_file'
  | 'print_letter'
  | 'print_letters'
  | 'export_absent'
  | 'export_acts';

/** Why, from a closed list. */
export type ActReason =
  | 'asked_by_phone'
  | 'asked_at_counter'
  | 'asked_in_writing'
  | 'intruder'
  | 'death'
  | 'moved'
  | 'new_contact'
  | 'mistake'
  | 'other';

/** A row of the landlord's file. Two signatories of one lease are two rows with one reference. */
export const clients = sqliteTable(
  'clients',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    kind: text().$type<ClientKind>().notNull(),
    reference: text().notNull(),
    referenceKey: text('reference_key').notNull(),
    nameKey: text('name_key').notNull(),
    familyName: text('family_name'),
    givenName: text('given_name'),
    birthDate: text('birth_date'),
    companyName: text('company_name'),
    siret: text(),
    email: text(),
    /** A residence or an agency, in the landlord's words; null where the file tells none. */
    sector: text(),
    presentSince: integer('present_since').notNull(),
    leftAt: integer('left_at'),
    /** Since when the landlord lets nobody open an account for it from the web; null when anybody may who is this client. */
    heldAt: integer('held_at'),
  },
  (table) => [
    index('clients_by_reference').on(table.kind, table.referenceKey),
    // Whom a help request may mean: the same birth date, the same names, the same SIRET.
    index('clients_by_birth_date').on(table.birthDate).where(sql`birth_date IS NOT NULL`),
    index('clients_by_name').on(table.nameKey),
    index('clients_by_siret').on(table.siret).where(sql`siret IS NOT NULL`),
    // The few clients whose day of birth nobody knows.
    index('clients_partly_known').on(table.birthDate).where(sql`substr(birth_date, 9) = '00'`),
    // Who of a residence has no account yet; a file without that column pays nothing for it.
    index('clients_by_sector').on(table.sector).where(sql`sector IS NOT NULL`),
    // For the desk's search: few have an address in the file.
    index('clients_by_email').on(sql`lower(email)`).where(sql`email IS NOT NULL`),
  ],
);

/** The accounts that clients open here. Closing erases e-mails and hashes and keeps the identifier reserved. */
export const accounts = sqliteTable(
  'accounts',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    clientId: integer('client_id')
      .notNull()
      .references(() => clients.id),
    identifier: text().notNull().unique(),
    /** Not unique: couples share a mailbox. */
    email: text(),
    newEmail: text('new_email'),
    state: text().$type<AccountState>().notNull(),
    passwordHash: text('password_hash'),
    provisionalHash: text('provisional_hash'),
    provisionalUntil: integer('provisional_until'),
    /** Raised by each step that voids the mailed links (activation, reset); decides their single use. */
    linkVersion: integer('link_version').notNull().default(1),
    /** The same for the confirmation of a new address. */
    emailVersion: integer('email_version').notNull().default(0),
    createdAt: integer('created_at').notNull(),
    activatedAt: integer('activated_at'),
    closedAt: integer('closed_at'),
  },
  (table) => [
    uniqueIndex('accounts_one_open_per_client').on(table.clientId).where(sql`state <> 'closed'`),
    // The one above serves no search: SQLite takes a partial index only where its very condition is asked for.
    index('accounts_by_client').on(table.clientId),
    // For the desk's search.
    index('accounts_by_email').on(sql`lower(email)`).where(sql`email IS NOT NULL`),
    index('accounts_by_new_email').on(sql`lower(new_email)`).where(sql`new_email IS NOT NULL`),
  ],
);

/** The session that a browser holds; the key is the SHA-256 of the cookie's token. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    createdAt: integer('created_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
    device: text().$type<Device>().notNull(),
    /** Opened with a provisional password: a new one must be chosen before anything else. */
    mustChoose: integer('must_choose', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [index('sessions_by_account').on(table.accountId)],
);

/** What opens an account by the way a device is unlocked. Nothing in it is secret: the private key never leaves the device. */
export const passkeys = sqliteTable(
  'passkeys',
  {
    /** WebAuthn's credential id, base64url. */
    id: text().primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** A JWK as JSON. */
    publicKey: text('public_key').notNull(),
    /** How often it had signed at its last use; those that are synced between devices always say 0. */
    counter: integer().notNull(),
    /** The portal's host when it was made: it works on no other. */
    host: text().notNull(),
    /** Where it was made. */
    device: text().$type<Device>().notNull(),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
    /** After a new password by mail it opens nothing until its holder has seen the list: a stranger may have made it. */
    isSuspended: integer('is_suspended', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [index('passkeys_by_account').on(table.accountId)],
);

/**
 * Exact counters; the key is an HMAC of the folded thing typed, whether it exists or not. The migration makes the table
 * WITHOUT ROWID, which drizzle cannot say: a row is then written once, not twice.
 */
export const attempts = sqliteTable(
  'attempts',
  {
    key: text().primaryKey(),
    count: integer().notNull(),
    blockedUntil: integer('blocked_until').notNull().default(0),
    expiresAt: integer('expires_at').notNull(),
    /** A network's counter: JSON, how often each thing was tried from it. */
    parts: text(),
  },
  (table) => [index('attempts_by_expiry').on(table.expiresAt)],
);

/** The counters that stop a client, for the staff on the phone; a row says no more than the counter while that lives. */
export const pauses = sqliteTable(
  'pauses',
  {
    clientId: integer('client_id')
      .notNull()
      .references(() => clients.id, { onDelete: 'cascade' }),
    /** The key of the counter. */
    key: text().notNull(),
    why: text().$type<PauseReason>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.clientId, table.key] })],
);

/** The outbox: the mails owed. No token, no password, no rendered body. */
export const mails = sqliteTable(
  'mails',
  {
    id: text().primaryKey(),
    kind: text().$type<MailKind>().notNull(),
    /** The account it belongs to; null where a help request stands in its place, and for a mail to the landlord. */
    accountId: integer('account_id').references(() => accounts.id, { onDelete: 'cascade' }),
    requestId: integer('request_id').references(() => helpRequests.id, { onDelete: 'cascade' }),
    /** The address it is for, as it was when the mail was promised. */
    email: text().notNull(),
    /** The link_version (or email_version) it was written for. */
    version: integer().notNull(),
    /** From this, the id and PORTAL_SECRET the mailed token is derived. */
    nonce: text().notNull(),
    state: text().$type<MailState>().notNull().default('queued'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: integer('next_attempt_at').notNull(),
    leaseUntil: integer('lease_until').notNull().default(0),
    /** When the provider last held it back by its own rule (quota, suppression list); 0 when never. */
    heldBackAt: integer('held_back_at').notNull().default(0),
    providerId: text('provider_id'),
    /** Why it is not where it should be; null when all goes well. */
    lastError: text('last_error').$type<MailReason>(),
    createdAt: integer('created_at').notNull(),
    sentAt: integer('sent_at'),
    /** When its link was first made, for a try whose answer may have been lost: from then its life is counted. */
    mintedAt: integer('minted_at'),
    /** When the provider last reported what became of it; 0 when never. */
    reportedAt: integer('reported_at').notNull().default(0),
    /** When its link was used. */
    usedAt: integer('used_at'),
  },
  (table) => [
    index('mails_owed').on(table.nextAttemptAt).where(sql`state = 'queued'`),
    index('mails_by_provider_id').on(table.providerId).where(sql`provider_id IS NOT NULL`),
    index('mails_by_account').on(table.accountId, table.kind, table.createdAt),
    index('mails_by_request').on(table.requestId).where(sql`request_id IS NOT NULL`),
    // Of a suppressed address too: its mail is tried for days, and only a call gets it there sooner.
    index('mails_lost')
      .on(table.createdAt)
      .where(sql`state IN ('refused', 'failed') OR (state = 'queued' AND last_error = 'address_suppressed')`),
  ],
);

/** The events of an account, for its holder and for the staff on the phone. */
export const events = sqliteTable(
  'events',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    kind: text().$type<EventKind>().notNull(),
    /** Null where no browser was at work. */
    device: text().$type<Device>(),
    at: integer().notNull(),
    actor: text().$type<Actor>().notNull().default('holder'),
    /** The reason that the landlord's staff gave, in its own words. */
    detail: text(),
  },
  (table) => [index('events_by_account').on(table.accountId, table.kind, table.at)],
);

/**
 * Where a help request stands.
 * - `open`: nobody has decided; `waiting`: the file is wrong, and the import that mends it resolves it.
 * - `accepted`, `refused`: a person decided; `matched`: an import did; `has_account`: its person meanwhile signed up;
 *   `left`: the client it waited for left.
 */
export type RequestState = 'open' | 'waiting' | 'accepted' | 'refused' | 'matched' | 'has_account' | 'left';

/** How staff made sure that a caller is the person. */
export type IdentityProof = 'document_shown' | 'called_back' | 'lease_details' | 'known_in_person';

/** « Demander à mon gestionnaire de vérifier »: what was typed and matched nobody. Erased after 30 days. */
export const helpRequests = sqliteTable(
  'help_requests',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** What its person says on the phone: `K7P4M2`. */
    code: text().notNull().unique(),
    state: text().$type<RequestState>().notNull().default('open'),
    /** An HMAC of all that was typed, the phone number left out: one open request for each. */
    key: text().notNull(),
    kind: text().$type<ClientKind>().notNull(),
    reference: text().notNull(),
    /** The keys the reference may denote, as JSON. */
    referenceKeys: text('reference_keys').notNull(),
    nameKey: text('name_key').notNull(),
    familyName: text('family_name'),
    givenName: text('given_name'),
    birthDate: text('birth_date'),
    companyName: text('company_name'),
    siret: text(),
    email: text().notNull(),
    phone: text(),
    /** Whether only a person may decide it, whatever an import brings (see `helpFacts`). */
    isForStaff: integer('is_for_staff', { mode: 'boolean' }).notNull().default(false),
    /** The newest import that changed the clients when it was last compared with them. */
    comparedWith: integer('compared_with').notNull().default(0),
    /** Whom it turned out to be, or waits for. */
    clientId: integer('client_id').references(() => clients.id, { onDelete: 'set null' }),
    /** Who decided: the agent's address; null where the portal did by itself. */
    decidedBy: text('decided_by'),
    proof: text().$type<IdentityProof>(),
    /** The mail that told its person; the mark of the decision where none did. */
    mailId: text('mail_id'),
    createdAt: integer('created_at').notNull(),
    decidedAt: integer('decided_at'),
  },
  (table) => [
    uniqueIndex('help_requests_one_open').on(table.key).where(sql`state IN ('open', 'waiting')`),
    index('help_requests_by_state').on(table.state, table.createdAt),
    index('help_requests_by_client').on(table.clientId),
  ],
);

/** How a code reached its person: over the counter, or by post to the dwelling. */
export type CodeKind = 'counter' | 'post';

/** The one-use code of who has no mailbox; a newer one takes the place of the one before. */
export const codes = sqliteTable('codes', {
  clientId: integer('client_id')
    .primaryKey()
    .references(() => clients.id, { onDelete: 'cascade' }),
  kind: text().$type<CodeKind>().notNull(),
  /** argon2id. */
  hash: text().notNull(),
  givenBy: text('given_by').notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  /** Wrong tries; a try is counted before it is judged, and given back when it was right. */
  tries: integer().notNull().default(0),
  usedAt: integer('used_at'),
});

/**
 * What the landlord's staff looked at and did. It outlives account and client, so it names them and points to neither.
 * Triggers refuse every change, and the removal of what is younger than a year (migration 0013).
 */
export const acts = sqliteTable(
  'acts',
  {
    id: text().primaryKey(),
    /** Who: the e-mail address that Access knows. */
    agent: text().notNull(),
    kind: text().$type<ActKind>().notNull(),
    /** On whom; null where nobody in particular was meant. */
    clientId: integer('client_id'),
    /** The account that was open then. */
    accountId: integer('account_id'),
    /** Where it rests on who somebody is: how that was proven. */
    reason: text().$type<ActReason | IdentityProof>(),
    /** What the agent added to the reason. */
    words: text(),
    at: integer().notNull(),
  },
  (table) => [
    index('acts_by_time').on(table.at),
    index('acts_by_client').on(table.clientId, table.at),
    index('acts_by_agent').on(table.agent, table.at),
  ],
);

/** Up to which client the words of names stand in `client_words`, which the desk searches. One row. */
export const searched = sqliteTable('searched', {
  id: integer().primaryKey(),
  lastClient: integer('last_client').notNull(),
});

export type ImportState = 'running' | 'applied' | 'tried' | 'refused' | 'failed';

/** The kind of file: the clients of the day, or new numbers for them. */
export type ImportKind = 'file' | 'numbers';

/** One reading of the landlord's file. One runs at a time, for as long as its lease is renewed. */
export const imports = sqliteTable('imports', {
  id: integer().primaryKey({ autoIncrement: true }),
  state: text().$type<ImportState>().notNull().default('running'),
  startedAt: integer('started_at').notNull(),
  leaseUntil: integer('lease_until').notNull(),
  finishedAt: integer('finished_at'),
  /** Whether the file ended without a line break: whether it was cut is told beside the next one. */
  endsOpen: integer('ends_open', { mode: 'boolean' }).notNull().default(false),
  kind: text().$type<ImportKind>().notNull().default('file'),
  /** Whether it changed any client: the newest that did stands for the clients as they are. */
  hasChanged: integer('has_changed', { mode: 'boolean' }).notNull().default(false),
  /** The agent who sent the file from the desk; null when the landlord's own system did. */
  sentBy: text('sent_by'),
  /** The import's answer, as JSON; for 30 nights. */
  report: text(),
});

/** Lines of the last applied file that were rejected or incomplete: how many of each kind, and under which reference. */
export const knownFaults = sqliteTable('known_faults', {
  fault: text().primaryKey(),
  lines: integer().notNull(),
});

/** The verdict on a line; a line without verdict is a new client. */
export type Verdict = 'rejected' | 'repeated' | 'ambiguous' | 'same' | 'changed' | 'back';

/** The lines of a running import. No index: every query reads them all, and writing them is most of the work. */
export const stagedLines = sqliteTable('staged_lines', {
  importId: integer('import_id').notNull(),
  line: integer().notNull(),
  kind: text().$type<ClientKind>(),
  reference: text(),
  referenceKey: text('reference_key'),
  nameKey: text('name_key'),
  /** The family name, or the company's. */
  name: text(),
  givenName: text('given_name'),
  /** The birth date, or the SIRET: with the name it tells one person from another. Null where no date is known. */
  proof: text(),
  /** Null in a file without that column: the clients keep theirs. */
  sector: text(),
  email: text(),
  verdict: text().$type<Verdict>(),
  /** A rejected line's cells and problems, as JSON; the first line that a repeated one repeats. */
  detail: text(),
  clientId: integer('client_id'),
});

/** Staged lines and clients of one reference that may be one person, side by side while an import compares them. */
export const stagedPairs = sqliteTable('staged_pairs', {
  id: integer().primaryKey(),
  importId: integer('import_id').notNull(),
  /** The row of the staged line. */
  lineId: integer('line_id').notNull(),
  clientId: integer('client_id').notNull(),
});

/** New numbers for clients, while they are looked at: each key with the number and key that it becomes. */
export const stagedNumbers = sqliteTable(
  'staged_numbers',
  {
    importId: integer('import_id').notNull(),
    line: integer().notNull(),
    kind: text().$type<ClientKind>().notNull(),
    oldKey: text('old_key').notNull(),
    reference: text().notNull(),
    newKey: text('new_key').notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.kind, table.oldKey] })],
);

/**
 * How far the clients of the file have come, by month and sector, in numbers alone: they outlive the rows they were counted from.
 * The month that runs is counted anew each night. Each number is of clients who are present.
 */
export const signUpCounts = sqliteTable(
  'sign_up_counts',
  {
    /** `2026-11`. */
    month: text().notNull(),
    /** Empty for clients of whom the file tells none. */
    sector: text().notNull(),
    clients: integer().notNull(),
    /** They have an account, pending ones included. */
    asked: integer().notNull(),
    /** Of those: the newest activation mail left and was not refused, or the account is active. */
    mailed: integer().notNull(),
    activated: integer().notNull(),
    /** Signed in this month. */
    signedIn: integer('signed_in').notNull(),
    /** Their activation mail was refused or given up. */
    refused: integer().notNull(),
    /** Help requests of this month: who was not found, and said so. They are of nobody known, so of no sector. */
    unmatched: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.month, table.sector] })],
);

/** When each of the cron's jobs last ended, for the machine or person that watches the portal. */
export const runs = sqliteTable('runs', {
  job: text().$type<'minute' | 'night'>().primaryKey(),
  endedAt: integer('ended_at').notNull(),
});
