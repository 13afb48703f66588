CREATE TABLE `pauses` (
	`client_id` integer NOT NULL,
	`key` text NOT NULL,
	`why` text NOT NULL,
	PRIMARY KEY(`client_id`, `key`),
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
DROP INDEX `mails_by_provider_id`;--> statement-breakpoint
CREATE INDEX `clients_partly_known` ON `clients` (`birth_date`) WHERE substr(birth_date, 9) = '00';--> statement-breakpoint
ALTER TABLE `mails` ADD `minted_at` integer;--> statement-breakpoint
CREATE INDEX `mails_by_provider_id` ON `mails` (`provider_id`) WHERE provider_id IS NOT NULL;--> statement-breakpoint
-- By hand, since drizzle-kit knows no WITHOUT ROWID: a row of a counter is written once, not in a table and an index.
ALTER TABLE `attempts` RENAME TO `attempts_before`;--> statement-breakpoint
CREATE TABLE `attempts` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`blocked_until` integer DEFAULT 0 NOT NULL,
	`expires_at` integer NOT NULL,
	`parts` text
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `attempts` SELECT `key`, `count`, `blocked_until`, `expires_at`, NULL FROM `attempts_before`;--> statement-breakpoint
DROP TABLE `attempts_before`;--> statement-breakpoint
CREATE INDEX `attempts_by_expiry` ON `attempts` (`expires_at`);
