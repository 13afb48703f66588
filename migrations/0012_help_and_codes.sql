CREATE TABLE `codes` (
	`client_id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`hash` text NOT NULL,
	`given_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `help_requests` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`code` text NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`reference` text NOT NULL,
	`reference_keys` text NOT NULL,
	`name_key` text NOT NULL,
	`family_name` text,
	`given_name` text,
	`birth_date` text,
	`company_name` text,
	`siret` text,
	`email` text NOT NULL,
	`phone` text,
	`is_for_staff` integer DEFAULT false NOT NULL,
	`compared_with` integer DEFAULT 0 NOT NULL,
	`client_id` integer,
	`decided_by` text,
	`proof` text,
	`mail_id` text,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `help_requests_code_unique` ON `help_requests` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `help_requests_one_open` ON `help_requests` (`key`) WHERE state IN ('open', 'waiting');--> statement-breakpoint
CREATE INDEX `help_requests_by_state` ON `help_requests` (`state`,`created_at`);--> statement-breakpoint
CREATE INDEX `help_requests_by_client` ON `help_requests` (`client_id`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_mails` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`account_id` integer,
	`request_id` integer,
	`email` text NOT NULL,
	`version` integer NOT NULL,
	`nonce` text NOT NULL,
	`state` text DEFAULT 'queued' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`held_back_at` integer DEFAULT 0 NOT NULL,
	`provider_id` text,
	`last_error` text,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`minted_at` integer,
	`reported_at` integer DEFAULT 0 NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`request_id`) REFERENCES `help_requests`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_mails`("id", "kind", "account_id", "request_id", "email", "version", "nonce", "state", "attempts", "next_attempt_at", "lease_until", "held_back_at", "provider_id", "last_error", "created_at", "sent_at", "minted_at", "reported_at", "used_at") SELECT "id", "kind", "account_id", NULL, "email", "version", "nonce", "state", "attempts", "next_attempt_at", "lease_until", "held_back_at", "provider_id", "last_error", "created_at", "sent_at", "minted_at", "reported_at", "used_at" FROM `mails`;--> statement-breakpoint
DROP TABLE `mails`;--> statement-breakpoint
ALTER TABLE `__new_mails` RENAME TO `mails`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `mails_owed` ON `mails` (`next_attempt_at`) WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX `mails_by_provider_id` ON `mails` (`provider_id`) WHERE provider_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_by_account` ON `mails` (`account_id`,`kind`,`created_at`);--> statement-breakpoint
CREATE INDEX `mails_by_request` ON `mails` (`request_id`) WHERE request_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `clients_by_birth_date` ON `clients` (`birth_date`) WHERE birth_date IS NOT NULL;--> statement-breakpoint
CREATE INDEX `clients_by_name` ON `clients` (`name_key`);--> statement-breakpoint
CREATE INDEX `clients_by_siret` ON `clients` (`siret`) WHERE siret IS NOT NULL;