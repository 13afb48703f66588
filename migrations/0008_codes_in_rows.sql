ALTER TABLE `events` ADD `actor` text DEFAULT 'holder' NOT NULL;--> statement-breakpoint
ALTER TABLE `events` ADD `detail` text;--> statement-breakpoint
-- The reason of the landlord's staff stood in `device`, behind « gestionnaire : ».
UPDATE `events` SET `actor` = 'landlord', `detail` = substr(`device`, length('gestionnaire : ') + 1), `device` = NULL
WHERE `kind` = 'closed_by_landlord';--> statement-breakpoint
-- Devices were kept as they were said on a page.
UPDATE `events` SET `device` = CASE `device`
	WHEN 'iPhone' THEN 'iphone'
	WHEN 'iPad' THEN 'ipad'
	WHEN 'Téléphone Android' THEN 'android_phone'
	WHEN 'Tablette Android' THEN 'android_tablet'
	WHEN 'Ordinateur Windows' THEN 'windows'
	WHEN 'Ordinateur Apple' THEN 'mac'
	WHEN 'Chromebook' THEN 'chromebook'
	WHEN 'Ordinateur Linux' THEN 'linux'
	ELSE 'unknown'
END WHERE `device` IS NOT NULL;--> statement-breakpoint
UPDATE `sessions` SET `device` = CASE `device`
	WHEN 'iPhone' THEN 'iphone'
	WHEN 'iPad' THEN 'ipad'
	WHEN 'Téléphone Android' THEN 'android_phone'
	WHEN 'Tablette Android' THEN 'android_tablet'
	WHEN 'Ordinateur Windows' THEN 'windows'
	WHEN 'Ordinateur Apple' THEN 'mac'
	WHEN 'Chromebook' THEN 'chromebook'
	WHEN 'Ordinateur Linux' THEN 'linux'
	ELSE 'unknown'
END;
