ALTER TABLE `clients` ADD `sector` text;--> statement-breakpoint
ALTER TABLE `staged_lines` ADD `sector` text;