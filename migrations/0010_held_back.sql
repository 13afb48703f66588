ALTER TABLE `mails` ADD `held_back_at` integer DEFAULT 0 NOT NULL;
