// A device in words.

import type { Device } from '../schema.ts';

const DEVICES = {
  iphone: 'iPhone',
  ipad: 'iPad',
  android_phone: 'Téléphone Android',
  android_tablet: 'Tablette Android',
  windows: 'Ordinateur Windows',
  mac: 'Ordinateur Apple',
  chromebook: 'Chromebook',
  linux: 'Ordinateur Linux',
  unknown: 'Appareil inconnu',
} satisfies Record<Device, string>;

/** `android_phone` → « Téléphone Android »; nothing for none. */
export function sayDevice(device: Device | null): string {
  if (device === null) return '';
  // While a new version is put in service, the one before may still write names of its own for some seconds.
  return DEVICES[device] ?? DEVICES.unknown;
}
