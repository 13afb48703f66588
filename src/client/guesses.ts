// The counters of failed identities: how often a network was wrong, and how often anybody was on each thing a wrong
// identity guesses at. A try is counted before it is judged, and given back when it was right.
//
//   a network's row   count: its wrong identities; parts: for each thing its guesses at it, each fingerprint it has tried
//   a thing's row     count: everybody's guesses at it
//
// A try on reference 494, which may mean 49, writes at most five rows however it is spelled: the network, 494, 49, the
// birth date, and, where the file has somebody born on an unknown day of that year, the name with the year.

import { IDENTITY } from '../numbers.ts';
import { attemptKey } from '../platform/counters.ts';
import { networkKey, partName } from '../platform/network-counters.ts';
import { randomSecret } from '../platform/secrets.ts';
import type { Guessed } from '../schema.ts';
import { type Guess, guessesOf, type Identity, identityFingerprint } from './matching.ts';

/** A guess with the key of its counter, its part of the network's row, and the limits of both. */
export type Counter = Guess & {
  counter: string;
  part: string;
  perNetwork: number;
  most: number;
  /** Of a name with its year: the year. It counts where the file has somebody whom it can stop. */
  year: string | undefined;
};

/** The counters of one try. `mark` is its own: it distinguishes this try from another with the same data. */
export type IdentityTry = { network: string; fingerprint: string; mark: string; counters: Counter[] };

/** A name with its year stops only clients whose birth date is partly known (see `stopsClient`): nobody else by it. */
const NO_LIMIT = { perNetwork: Number.MAX_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER };
const LIMITS: Record<Guessed, { perNetwork: number; most: number }> = {
  reference: IDENTITY.reference,
  cut_reference: IDENTITY.reference,
  birth_date: IDENTITY.person,
  siret: IDENTITY.person,
  name_and_year: NO_LIMIT,
};

/** The counters on which a typed identity counts. */
export async function identityTry(secret: string, typed: Identity, network: string): Promise<IdentityTry> {
  const counters = guessesOf(typed).map(async (guess): Promise<Counter> => {
    // Both readings of a reference are one thing: 49 typed, and 494 cut.
    const thing = [guess.of.replace('cut_', ''), guess.key];
    const [counter, part] = [attemptKey(secret, 'identity', ...thing), partName(secret, ...thing)];
    const year = guess.of === 'name_and_year' ? guess.key.slice(-4) : undefined;
    return { ...guess, counter: await counter, part: await part, ...LIMITS[guess.of], year };
  });
  return {
    network: await networkKey(secret, 'identity', network),
    fingerprint: await partName(secret, 'fingerprint', identityFingerprint(typed)),
    mark: randomSecret(),
    counters: await Promise.all(counters),
  };
}
