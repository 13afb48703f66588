// The number of an establishment, as people type it and as the landlord's file writes it.

import { digitsMeant } from './reference.ts';

/** `N° SIRET : 412 345 678/00019` → `41234567800019`: its digits, without the signs around and between them. */
export function readSiret(text: string): string {
  return digitsMeant(text).replace(/\D/g, '');
}

/**
 * Whether a SIRET's check digit fits (Luhn's sum over all 14 digits). La Poste's establishments have a sum of their own, so
 * that a SIRET may be right without it.
 */
export function isCheckedSiret(siret: string): boolean {
  const sum = [...siret].reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return /^\d{14}$/.test(siret) && sum % 10 === 0;
}
