ALTER TABLE `imports` ADD `ends_open` integer DEFAULT false NOT NULL;
