// The bytes that no form may fall over; how long and from which seed the generated cases run. A failure prints the seed and
// the case.

import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { expect } from 'vitest';

const TIMES = Number(env.FUZZ_TIMES);

/**
 * Parameters for `fc.assert`: so many runs, times FUZZ_TIMES (1), from FUZZ_SEED (always the same one). A busy machine
 * runs fewer rather than for ever.
 */
export function runs(count: number) {
  return { numRuns: count * TIMES, seed: Number(env.FUZZ_SEED), interruptAfterTimeLimit: 50_000 * TIMES };
}

/** What such a test may take, in ms; shrinking a failure included. */
export const LONG = 90_000 * TIMES;

/** What a page must never give back as it came: it would be a tag, or the end of an attribute. */
export const MARK = '<zq7 x="\'>';

/** Bytes as a form carries them, with the mark somewhere inside. */
export const hostile = fc
  .tuple(
    fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 40 }).map((text) => new TextEncoder().encode(text)),
      fc
        .constantFrom(
          'NHCAPAL',
          "' OR 1=1 --",
          '\u0000',
          '%',
          '..//',
          '\r\nBcc: x@x.fr',
          '{{7*7}}',
          '9'.repeat(400),
          '\u202e',
          '/',
        )
        .map((text) => new TextEncoder().encode(text)),
    ),
    fc.boolean(),
  )
  .map(([bytes, isMarked]) => percent(bytes) + (isMarked ? encodeURIComponent(MARK) : ''));

function percent(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

/** A form's body: good values with hostile ones, which are encoded already, in the place of some. */
export function bodyWith(good: Record<string, string>, wrong: Record<string, string>): string {
  const encoded = Object.entries(good).map(([name, value]) => [name, encodeURIComponent(value)]);
  return Object.entries({ ...Object.fromEntries(encoded), ...wrong })
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** A page, never a fault; nothing comes back as a tag; nobody is led elsewhere. */
export function expectClear(what: string, status: number, html: string, location: string | null) {
  expect([what, status < 500]).toEqual([what, true]);
  expect([what, html.includes('<zq7')]).toEqual([what, false]);
  if (location) expect([what, new URL(location, 'https://own.example').host]).toEqual([what, 'own.example']);
}
