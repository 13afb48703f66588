// The landlord's number, as it is read and as a phone dials it.

/** `04 95 22 10 42` that no line end cuts in two. */
export function wholeNumber(phone: string): string {
  return phone.trim().replace(/\s+/g, '\u00a0');
}

/** The address that calls it. */
export function callAddress(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, '')}`;
}
