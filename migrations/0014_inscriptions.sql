CREATE TABLE `sign_up_counts` (
	`month` text NOT NULL,
	`sector` text NOT NULL,
	`clients` integer NOT NULL,
	`asked` integer NOT NULL,
	`mailed` integer NOT NULL,
	`activated` integer NOT NULL,
	`signed_in` integer NOT NULL,
	`refused` integer NOT NULL,
	`unmatched` integer NOT NULL,
	PRIMARY KEY(`month`, `sector`)
);
--> statement-breakpoint
ALTER TABLE `imports` ADD `sent_by` text;--> statement-breakpoint
CREATE INDEX `clients_by_sector` ON `clients` (`sector`) WHERE sector IS NOT NULL;