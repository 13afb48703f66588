CREATE TABLE `imports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`state` text DEFAULT 'running' NOT NULL,
	`started_at` integer NOT NULL,
	`lease_until` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE TABLE `staged_lines` (
	`import_id` integer NOT NULL,
	`line` integer NOT NULL,
	`kind` text,
	`reference` text,
	`reference_key` text,
	`name_key` text,
	`name` text,
	`given_name` text,
	`proof` text,
	`email` text,
	`verdict` text,
	`detail` text,
	`client_id` integer
);
