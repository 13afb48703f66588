ALTER TABLE `mails` ADD `reported_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_by_provider_id` ON `mails` (`provider_id`);