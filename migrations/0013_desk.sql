CREATE TABLE `acts` (
	`id` text PRIMARY KEY NOT NULL,
	`agent` text NOT NULL,
	`kind` text NOT NULL,
	`client_id` integer,
	`account_id` integer,
	`reason` text,
	`words` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `acts_by_time` ON `acts` (`at`);--> statement-breakpoint
CREATE INDEX `acts_by_client` ON `acts` (`client_id`,`at`);--> statement-breakpoint
CREATE INDEX `acts_by_agent` ON `acts` (`agent`,`at`);--> statement-breakpoint
CREATE TABLE `searched` (
	`id` integer PRIMARY KEY NOT NULL,
	`last_client` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `clients` ADD `held_at` integer;--> statement-breakpoint
CREATE INDEX `clients_by_email` ON `clients` (lower(email)) WHERE email IS NOT NULL;--> statement-breakpoint
CREATE INDEX `accounts_by_email` ON `accounts` (lower(email)) WHERE email IS NOT NULL;--> statement-breakpoint
CREATE INDEX `accounts_by_new_email` ON `accounts` (lower(new_email)) WHERE new_email IS NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_lost` ON `mails` (`created_at`) WHERE state IN ('refused', 'failed') OR (state = 'queued' AND last_error = 'address_suppressed');--> statement-breakpoint
-- By hand from here on, since drizzle-kit knows neither triggers nor virtual tables.
-- Nobody changes what the landlord's staff did, and for a year nobody removes it.
CREATE TRIGGER `acts_never_change` BEFORE UPDATE ON `acts`
BEGIN SELECT RAISE(ABORT, 'acts never change'); END;
--> statement-breakpoint
CREATE TRIGGER `acts_stay_a_year` BEFORE DELETE ON `acts` WHEN OLD.`at` > (unixepoch() - 365 * 86400) * 1000
BEGIN SELECT RAISE(ABORT, 'acts stay a year'); END;
--> statement-breakpoint
-- The words by which the desk finds a client: of its names and, with an accent, an apostrophe or a sign in one, its folded names.
ALTER TABLE `clients` ADD `words` text GENERATED ALWAYS AS (concat_ws(' ', family_name, given_name, company_name, siret,
	iif(concat(family_name, given_name, company_name) GLOB '*[^A-Za-z -]*', name_key, NULL))) VIRTUAL;
--> statement-breakpoint
-- Only which words stand for which client: no name is kept twice. New clients come in when somebody searches, and each
-- minute (`src/client/search.ts`): an import must not wait for it.
CREATE VIRTUAL TABLE `client_words`
USING fts5(words, content='', columnsize=0, detail=none, tokenize='unicode61 remove_diacritics 2');
--> statement-breakpoint
INSERT INTO `searched` (id, last_client) VALUES (1, 0);
--> statement-breakpoint
CREATE TRIGGER `client_words_change` AFTER UPDATE OF name_key, family_name, given_name, company_name, siret ON `clients`
WHEN OLD.words IS NOT NEW.words AND OLD.id <= (SELECT last_client FROM searched)
BEGIN
	INSERT INTO `client_words` (client_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
	INSERT INTO `client_words` (rowid, words) VALUES (NEW.id, NEW.words);
END;
--> statement-breakpoint
CREATE TRIGGER `client_words_go` AFTER DELETE ON `clients`
WHEN OLD.id <= (SELECT last_client FROM searched)
BEGIN INSERT INTO `client_words` (client_words, rowid, words) VALUES ('delete', OLD.id, OLD.words); END;
