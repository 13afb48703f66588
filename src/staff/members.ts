// Who works at the desk: whoever Cloudflare Access lets in, in one of two roles.

import { addressesIn } from '../env.ts';
import type { ActKind } from '../schema.ts';

/** Everybody at the desk sees and helps; a manager also changes whom an account belongs to, and reads the whole journal. */
export type Role = 'reception' | 'manager';

/** `email` in small letters: whom the journal names. */
export type Agent = { email: string; role: Role };

/** What Access says of a person, as far as the desk believes it. */
type Identity = { email?: unknown } | undefined;

/**
 * The agent that an identity is.
 * @param managers `DESK_MANAGERS`
 * @returns undefined when it has no e-mail address: nobody could be named in the journal
 */
export function agentOf(identity: Identity, managers: string): Agent | undefined {
  const email = typeof identity?.email === 'string' ? identity.email.trim().toLowerCase() : '';
  if (!email.includes('@')) return undefined;
  return { email, role: addressesIn(managers).includes(email) ? 'manager' : 'reception' };
}

/** What changes whom an account belongs to, or takes it away; what concerns everybody at once. */
const OF_MANAGERS: ActKind[] = [
  'correct_email',
  'close',
  'hold',
  'release',
  'send_file',
  // Names and references of 500 people: what `export_absent` takes away, on paper.
  'print_letters',
  'export_absent',
  'export_acts',
];

/** Whether an agent may do this. Each route that writes asks for its own. */
export function mayDo({ role }: Agent, kind: ActKind): boolean {
  return role === 'manager' || !OF_MANAGERS.includes(kind);
}
