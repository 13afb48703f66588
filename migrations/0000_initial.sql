CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`client_id` integer NOT NULL,
	`identifier` text NOT NULL,
	`email` text,
	`new_email` text,
	`state` text NOT NULL,
	`password_hash` text,
	`provisional_hash` text,
	`provisional_until` integer,
	`link_version` integer DEFAULT 1 NOT NULL,
	`email_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`activated_at` integer,
	`closed_at` integer,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_identifier_unique` ON `accounts` (`identifier`);--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_one_open_per_client` ON `accounts` (`client_id`) WHERE state <> 'closed';--> statement-breakpoint
CREATE TABLE `attempts` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`blocked_until` integer DEFAULT 0 NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `attempts_by_expiry` ON `attempts` (`expires_at`);--> statement-breakpoint
CREATE TABLE `clients` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`reference` text NOT NULL,
	`reference_key` text NOT NULL,
	`name_key` text NOT NULL,
	`family_name` text,
	`given_name` text,
	`birth_date` text,
	`company_name` text,
	`siret` text,
	`email` text,
	`present_since` integer NOT NULL,
	`left_at` integer
);
--> statement-breakpoint
CREATE INDEX `clients_by_reference` ON `clients` (`kind`,`reference_key`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`kind` text NOT NULL,
	`device` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `events_by_account` ON `events` (`account_id`,`kind`,`at`);--> statement-breakpoint
CREATE TABLE `mails` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`account_id` integer NOT NULL,
	`email` text NOT NULL,
	`version` integer NOT NULL,
	`nonce` text NOT NULL,
	`state` text DEFAULT 'queued' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`provider_id` text,
	`last_error` text,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `mails_owed` ON `mails` (`next_attempt_at`) WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX `mails_by_account` ON `mails` (`account_id`,`kind`,`created_at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`device` text NOT NULL,
	`must_choose` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_by_account` ON `sessions` (`account_id`);