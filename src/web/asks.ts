// The counters of the two « forgotten » forms.

import { readIdentifier } from '../account/identifier.ts';
import type { Ask } from '../account/reset-asks.ts';
import { ASKS } from '../numbers.ts';
import { attemptKey } from '../platform/counters.ts';
import { type NetworkCount, networkKey } from '../platform/network-counters.ts';
import { randomSecret } from '../platform/secrets.ts';
import { type PortalContext, requestNetwork } from './portal.ts';

/** The counter of this network, for both forms. */
export async function askingNetwork(c: PortalContext): Promise<NetworkCount> {
  const key = await networkKey(c.get('settings').PORTAL_SECRET, 'forgotten', requestNetwork(c));
  return { key, part: 'asked', most: ASKS.network };
}

/** The counters of a request for the password of an identifier, however it is spelled. */
export async function askOf(c: PortalContext, identifier: string): Promise<Ask> {
  const { PORTAL_SECRET, IDENTIFIER_PREFIX } = c.get('settings');
  const { fingerprint } = readIdentifier(identifier, IDENTIFIER_PREFIX);
  const [network, fromHere, inAll] = await Promise.all([
    askingNetwork(c),
    attemptKey(PORTAL_SECRET, 'reset', fingerprint, requestNetwork(c)),
    attemptKey(PORTAL_SECRET, 'reset', fingerprint),
  ]);
  return { network, fromHere, inAll, mark: randomSecret() };
}
