// A device in words, and what happened on it.

import type { Actor, Device, EventKind } from '../schema.ts';
import { text } from './pages.ts';

const BY_LANDLORD = 'par votre gestionnaire';

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

type Happened = { kind: EventKind; device: Device | null; actor: Actor; detail?: string | null };

/** « Connexion, iPhone »; « Pause levée, par votre gestionnaire ». */
export function sayEvent({ kind, device, actor, detail }: Happened): string {
  const by = actor === 'landlord' ? BY_LANDLORD : sayDevice(device);
  return [text.events[kind], by, detail].filter(Boolean).join(', ');
}
