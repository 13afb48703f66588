// The counters of the two « forgotten » forms.

import { readIdentifier } from '../rules/identifier.ts';
import { ASKS } from '../rules/numbers.ts';
import { randomSecret } from '../rules/secrets.ts';
import type { Ask } from '../store/asks.ts';
import { attemptKey } from '../store/attempts.ts';
import { type NetworkCount, networkKey } from '../store/network-counters.ts';
import { type PortalContext, requestNetwork } from './portal.ts';

/** The counter of this network, for both forms. */
export async function askingNetwork(c: PortalContext): Promise<NetworkCount> {
  const key = await networkKey(c.get('settings').PORTAL_SECRET, 'forgotten', requestNetwork(c));
  return { key, part: 'asked', most: ASKS.network };
}

/** The counters of a request for the password of an identifier, however it is spelled. */
export async function askOf(c: PortalContext, identifier: string): Promise<Ask> {
  const { PORTAL_SECRET, IDENTIFIER_PREFIX } = c.get('settings');
  const { print } = readIdentifier(identifier, IDENTIFIER_PREFIX);
  const [network, fromHere, inAll] = await Promise.all([
    askingNetwork(c),
    attemptKey(PORTAL_SECRET, 'reset', print, requestNetwork(c)),
    attemptKey(PORTAL_SECRET, 'reset', print),
  ]);
  return { network, fromHere, inAll, mark: randomSecret() };
}
