// A device in words.

import type { Device } from '../schema.ts';
import { text } from './pages.ts';

/** `android_phone` → « Téléphone Android »; nothing for none. */
export function sayDevice(device: Device | null): string {
  if (device === null) return '';
  // While a new version is put in service, the one before may still write names of its own for some seconds.
  return text.devices[device] ?? text.devices.unknown;
}
