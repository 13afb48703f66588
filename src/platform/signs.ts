// The signs of what people read to each other and copy by hand: none of 0 O 1 I.

import { randomSigns } from './secrets.ts';

const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Signs drawn at random: five bits each. */
export function drawSigns(count: number): string {
  return randomSigns(SIGNS, count);
}

/** What was typed, in capitals, whatever stands between the signs. */
export function bareSigns(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z\d]/g, '');
}

/** Whether a text has that many signs and no other. */
export function areSigns(text: string, count: number): boolean {
  return text.length === count && [...text].every((sign) => SIGNS.includes(sign));
}

/** `K7P4M2` → `K7P-4M2`: easier to say. @param size signs in a group */
export function groupSigns(signs: string, size: number): string {
  return (signs.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join('-');
}
