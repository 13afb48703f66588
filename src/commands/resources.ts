// What a portal needs in its landlord's Cloudflare account: found by its name, or made, in the EU.

import { readFileSync, writeFileSync } from 'node:fs';
import { unstable_readConfig } from 'wrangler';
import { tryWrangler, wrangler } from './terminal.ts';

const CONFIG = 'wrangler.toml';
const EU = ['--jurisdiction', 'eu'];
const SOURCE = 'email.sending';
const EVENTS = ['delivered', 'deferred', 'bounced', 'failed', 'rejected', 'complained'];

type Store = {
  what: string;
  name: string;
  list: string[];
  create: string[];
  /** Where its id stands in wrangler.toml: after this line, under this key. */
  line: string;
  key: string;
};

/** The database and the namespace that have no id in wrangler.toml yet. */
export function missingStores(): Store[] {
  const { name, d1_databases, kv_namespaces } = unstable_readConfig({ config: CONFIG });
  const database = d1_databases[0]?.database_name ?? '';
  const stores: Store[] = [];
  if (!d1_databases[0]?.database_id)
    stores.push({
      what: `D1 database ${database} (EU)`,
      name: database,
      list: ['d1', 'list', '--json'],
      create: ['d1', 'create', database, ...EU],
      line: `database_name = "${database}"`,
      key: 'database_id',
    });
  // The title carries the Worker's name: an account may hold two landlords.
  const title = `${name}-tokens`;
  if (!kv_namespaces[0]?.id)
    stores.push({
      what: `KV namespace ${title} (EU)`,
      name: title,
      list: ['kv', 'namespace', 'list'],
      create: ['kv', 'namespace', 'create', title, ...EU],
      line: 'binding = "TOKENS"',
      key: 'id',
    });
  return stores;
}

/** Finds a store or makes it, and writes its id into wrangler.toml: commit it. */
export function makeStore({ name, list, create, line, key }: Store): void {
  let id = findId(list, name);
  if (!id) {
    wrangler(...create);
    id = findId(list, name);
  }
  if (!id) throw new Error(`wrangler ${list.join(' ')} does not know ${name}, which it just made`);
  writeFileSync(CONFIG, readFileSync(CONFIG, 'utf8').replace(line, `${line}\n${key} = "${id}"`));
}

/** D1 says `name` and `uuid`, KV says `title` and `id`. */
function findId(list: string[], wanted: string): string | undefined {
  const found = JSON.parse(wrangler(...list)) as Record<string, string>[];
  const one = found.find(({ name, title }) => (name ?? title) === wanted);
  return one?.uuid ?? one?.id;
}

/** The queue whose consumer the Worker is: without it, it cannot be deployed. */
export function makeQueue(queue: string): void {
  if (!tryWrangler('queues', 'info', queue).isDone) wrangler('queues', 'create', queue, ...EU);
}

/**
 * Has Email Service's reports on a domain put into the queue, unless they are.
 * @returns what is left to do by hand; mails leave without it, only their fate stays unknown
 */
export async function subscribe(queue: string, domain: string): Promise<string[]> {
  const held = tryWrangler('queues', 'subscription', 'list', queue, '--per-page', '100', '--json');
  if (held.isDone && isSubscribed(held.said, domain)) return [];
  const zone = await findZone(domain);
  const events = EVENTS.map((event) => `message.${event}`).join(',');
  const words = ['queues', 'subscription', 'create', queue, '--source', SOURCE, '--domain', domain];
  words.push('--zone-id', zone ?? '…', '--events', events);
  if (zone && tryWrangler(...words).isDone) return [];
  return [`npx wrangler email sending enable ${domain}`, `npx wrangler ${words.join(' ')}`];
}

function isSubscribed(list: string, domain: string): boolean {
  const subscriptions = JSON.parse(list) as { source: { type: string; domain?: string } }[] | null;
  return subscriptions?.some(({ source }) => source.type === SOURCE && source.domain === domain) ?? false;
}

/** The id of the zone that holds a domain. wrangler has no command that tells it, and lends its login. */
async function findZone(domain: string): Promise<string | undefined> {
  const login = tryWrangler('auth', 'token', '--json');
  if (!login.isDone) return undefined;
  const { token } = JSON.parse(login.said) as { token?: string };
  const api = process.env.CLOUDFLARE_API_BASE_URL ?? 'https://api.cloudflare.com/client/v4';
  const labels = domain.split('.');
  const parents = labels.slice(1).map((_, first) => labels.slice(first).join('.'));
  try {
    for (const name of parents) {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${api}/zones?name=${name}`, { headers });
      const { result } = (await answer.json()) as { result: { id: string }[] | null };
      if (result?.[0]) return result[0].id;
    }
  } catch {
    // Not reached, or not in words it has: the command is then printed, to be completed by hand.
  }
  return undefined;
}
