CREATE TABLE `known_faults` (
	`fault` text PRIMARY KEY NOT NULL,
	`lines` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `staged_numbers` (
	`import_id` integer NOT NULL,
	`line` integer NOT NULL,
	`kind` text NOT NULL,
	`old_key` text NOT NULL,
	`reference` text NOT NULL,
	`new_key` text NOT NULL,
	PRIMARY KEY(`import_id`, `kind`, `old_key`)
);
--> statement-breakpoint
CREATE TABLE `staged_pairs` (
	`id` integer PRIMARY KEY NOT NULL,
	`import_id` integer NOT NULL,
	`line_id` integer NOT NULL,
	`client_id` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `imports` ADD `kind` text DEFAULT 'file' NOT NULL;--> statement-breakpoint
ALTER TABLE `imports` ADD `has_changed` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `imports` ADD `report` text;