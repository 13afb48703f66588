// What a portal needs in its landlord's Cloudflare account: found by its name, or made, in the EU.

import { readFileSync, writeFileSync } from 'node:fs';
import { CONFIG, readConfig } from './config.ts';
import { readJson, stop, tryWrangler, wrangler } from './terminal.ts';
import { wranglerFunctions } from './wrangler.ts';

const EU = ['--jurisdiction', 'eu'];

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
export function missingStores({ name, d1_databases, kv_namespaces } = readConfig()): Store[] {
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

/**
 * Finds a store or makes it, and writes its id into wrangler.toml: commit it.
 * @returns whether it was made
 */
export async function makeStore(store: Store): Promise<boolean> {
  const found = await findId(store);
  if (!found) await wrangler(...store.create);
  const id = found ?? (await findId(store));
  if (!id) stop(`wrangler ${store.list.join(' ')} does not know ${store.name}, which it just made.`);
  keepId(store, id);
  return !found;
}

/** D1 says `name` and `uuid`, KV says `title` and `id`. */
async function findId({ list, name: wanted }: Store): Promise<string | undefined> {
  const said = await wrangler(...list);
  const found = readJson<Record<string, string>[]>(said);
  if (!Array.isArray(found)) stop(`wrangler ${list.join(' ')} gave no list:\n${said}`);
  const one = found.find(({ name, title }) => (name ?? title) === wanted);
  return one?.uuid ?? one?.id;
}

/** Writes an id, and reads it again: with other spaces or quotes than ours it would go nowhere, or stand there twice. */
function keepId(store: Store, id: string): void {
  const { what, line, key } = store;
  const before = readFileSync(CONFIG, 'utf8');
  const added = `${key} = "${id}"`;
  writeFileSync(
    CONFIG,
    before.replace(line, () => `${line}\n${added}`),
  );
  if (isKept(store)) return;
  writeFileSync(CONFIG, before);
  stop(
    `\nNothing was deployed: ${what} is there, and its id could not be written into ${CONFIG}. Write this line by hand, \
where ${line} stands, and run it again:\n  ${added}`,
  );
}

function isKept({ name }: Store): boolean {
  try {
    return missingStores(wranglerFunctions().unstable_readConfig({ config: CONFIG })).every(
      (missing) => missing.name !== name,
    );
  } catch {
    return false;
  }
}

/**
 * The queue whose consumer the Worker is: without it, it cannot be deployed.
 * @returns whether it was made
 */
export async function makeQueue(queue: string): Promise<boolean> {
  if ((await tryWrangler('queues', 'info', queue)).isDone) return false;
  await wrangler('queues', 'create', queue, ...EU);
  return true;
}
