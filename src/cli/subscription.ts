// What Cloudflare Email Service reports of its mails, put into the portal's queue.

import { readJson, tryWrangler } from './terminal.ts';

const SOURCE = 'email.sending';
const EVENTS = ['delivered', 'deferred', 'bounced', 'failed', 'rejected', 'complained'];

type Subscription = { source: { type: string; domain?: string } };

/**
 * Has Email Service's reports on a domain put into the queue, unless they are.
 * @returns what is left to do by hand; mails leave without it, only their fate stays unknown
 */
export async function subscribe(queue: string, domain: string): Promise<string[]> {
  const held = await tryWrangler('queues', 'subscription', 'list', queue, '--per-page', '100', '--json');
  const list = held.isDone ? readList(held.said) : [];
  if (list?.some(({ source }) => source.type === SOURCE && source.domain === domain)) return [];
  const zone = await findZone(domain);
  const words = wordsToCreate(queue, domain, zone ?? '…');
  // A list that could not be read may hold it already: a person looks.
  const tried = list && zone ? await tryWrangler(...words) : undefined;
  if (tried?.isDone) return [];
  const { said, complained } = tried ?? held;
  const commands = [`npx wrangler email sending enable ${domain}`, `npx wrangler ${words.join(' ')}`];
  // No mail leaves either.
  if (zone === null)
    commands.unshift(`${domain} is in no zone of this account: Email Service cannot send for it`);
  return tried || !list ? [...commands, `wrangler said: ${(complained || said).trim()}`] : commands;
}

/** An empty list is `null` in some answers. */
function readList(said: string): Subscription[] | undefined {
  const list = readJson<Subscription[]>(said);
  if (Array.isArray(list)) return list;
  return /^null$/m.test(said) ? [] : undefined;
}

function wordsToCreate(queue: string, domain: string, zone: string): string[] {
  const events = EVENTS.map((event) => `message.${event}`).join(',');
  const create = ['queues', 'subscription', 'create', queue, '--source', SOURCE, '--domain', domain];
  return [...create, '--zone-id', zone, '--events', events];
}

/**
 * The id of the zone that holds a domain. wrangler has no command that tells it, and lends its login.
 * @returns null when the account has none, undefined when it is not known
 */
async function findZone(domain: string): Promise<string | null | undefined> {
  const login = await tryWrangler('auth', 'token', '--json');
  const token = readJson<{ token?: string }>(login.said)?.token;
  if (!token) return undefined;
  const api = process.env.CLOUDFLARE_API_BASE_URL ?? 'https://api.cloudflare.com/client/v4';
  const labels = domain.split('.');
  const parents = labels.slice(1).map((_, first) => labels.slice(first).join('.'));
  try {
    for (const name of parents) {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${api}/zones?name=${name}`, { headers });
      const { result } = (await answer.json()) as { result: { id: string }[] | null };
      if (result?.[0]) return result[0].id;
      if (!result) return undefined;
    }
    return null;
  } catch {
    // Not reached, or not in words it has: the command is then printed, to be completed by hand.
    return undefined;
  }
}
