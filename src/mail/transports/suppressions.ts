// The addresses to which the provider writes no more, as far as its key opens the list: looked at, and taken off it.
// https://developers.cloudflare.com/api/resources/email_sending/subresources/suppressions/ and
// https://developers.brevo.com/reference/unblock-or-resubscribe-a-transactional-contact

import type { Settings } from '../../env.ts';
import { DELIVERY } from '../../numbers.ts';

/** Why an address is on the list, and until when (ms); null: until somebody takes it off. */
export type Suppression = { why: 'full' | 'bounced' | 'complained' | 'by_hand'; until: number | null };

/** What the list says: the entry; null when there is none; `untold` where the provider has no answer for one address. */
export type Listed = { ok: true; entry: Suppression | null | 'untold' } | { ok: false };

type Provider = Pick<Settings, 'MAIL_PROVIDER' | 'MAIL_API_BASE' | 'MAIL_API_KEY' | 'MAIL_ACCOUNT_ID'>;
type Entry = { id: string; reason: string; expires_at?: string | null };

const CLOUDFLARE = 'https://api.cloudflare.com';

/** Whether the desk can take an address off the list: Brevo's key does, Cloudflare's binding does not. */
export function canLift({ MAIL_PROVIDER, MAIL_API_KEY, MAIL_ACCOUNT_ID }: Provider): boolean {
  return MAIL_API_KEY !== '' && (MAIL_PROVIDER === 'brevo' || MAIL_ACCOUNT_ID !== '');
}

/** What the provider says of an address. */
export async function readSuppression(
  binding: Fetcher | undefined,
  provider: Provider,
  email: string,
): Promise<Listed> {
  // Brevo tells its list by date alone.
  if (provider.MAIL_PROVIDER === 'brevo') return { ok: true, entry: 'untold' };
  const entries = await listEntries(binding, provider, email);
  if (!entries) return { ok: false };
  const [entry] = entries;
  return { ok: true, entry: entry ? readEntry(entry) : null };
}

/** Takes an address off the list. @returns whether it is off it now, wherever it was before */
export async function liftSuppression(
  binding: Fetcher | undefined,
  provider: Provider,
  email: string,
): Promise<boolean> {
  if (provider.MAIL_PROVIDER === 'brevo') {
    const path = `/v3/smtp/blockedContacts/${encodeURIComponent(email)}`;
    return isGone(await ask(binding, `${provider.MAIL_API_BASE}${path}`, keyOf(provider), 'DELETE'));
  }
  const entries = await listEntries(binding, provider, email);
  if (!entries) return false;
  const answers = await Promise.all(
    entries.map(({ id }) => ask(binding, `${listOf(provider)}/${id}`, keyOf(provider), 'DELETE')),
  );
  return answers.every(isGone);
}

/** Not found is as good as removed. */
const isGone = (answer: Response | undefined) => answer !== undefined && (answer.ok || answer.status === 404);

const listOf = ({ MAIL_ACCOUNT_ID }: Provider) =>
  `${CLOUDFLARE}/client/v4/accounts/${MAIL_ACCOUNT_ID}/email/sending/suppressions`;

function keyOf({ MAIL_PROVIDER, MAIL_API_KEY }: Provider): Record<string, string> {
  return MAIL_PROVIDER === 'brevo'
    ? { 'api-key': MAIL_API_KEY }
    : { authorization: `Bearer ${MAIL_API_KEY}` };
}

/** The entries of one address, of the account and of its sending domains; undefined when the list could not be read. */
async function listEntries(binding: Fetcher | undefined, provider: Provider, email: string) {
  const address = `${listOf(provider)}?email=${encodeURIComponent(email)}`;
  const answer = await ask(binding, address, keyOf(provider), 'GET');
  if (!answer?.ok) return undefined;
  const { result } = await answer.json<{ result?: Entry[] }>().catch(() => ({ result: undefined }));
  return result;
}

async function ask(
  binding: Fetcher | undefined,
  address: string,
  key: Record<string, string>,
  method: string,
): Promise<Response | undefined> {
  const request = new Request(address, {
    method,
    headers: { ...key, accept: 'application/json' },
    // The key must not follow to another host.
    redirect: 'manual',
    signal: AbortSignal.timeout(DELIVERY.timeout),
  });
  try {
    return await (binding ? binding.fetch(request) : fetch(request));
  } catch {
    return undefined;
  }
}

const REASONS: Record<string, Suppression['why']> = {
  soft_bounce: 'full',
  hard_bounce: 'bounced',
  complaint: 'complained',
};

function readEntry({ reason, expires_at }: Entry): Suppression {
  return { why: REASONS[reason] ?? 'by_hand', until: Date.parse(expires_at ?? '') || null };
}
