// The outside world of `npm run deploy`: a local server that plays Cloudflare's API to the real wrangler, from an account
// that is empty but for one zone. What is posted to an address stands in its list from then on.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const ID = '0123456789abcdef0123456789abcdef';
const NOT_FOUND = { code: 10007, message: 'This Worker does not exist on your account.' };
const LISTS = /^\/(d1\/database|storage\/kv\/namespaces|queues|event_subscriptions\/subscriptions)$/;

/** What wrangler reads of an answer before it goes on, by the end of the address. */
const ANSWERS: [RegExp, unknown][] = [
  [/^\/workers\/services\//, { default_environment: { script: { last_deployed_from: 'wrangler' } } }],
  [/^\/workers\/workers\//, { subdomain: { enabled: false, previews_enabled: false } }],
  [/\/deployments$/, { deployments: [] }],
  [/\/assets-upload-session$/, { jwt: 'nothing-to-upload', buckets: [] }],
  [/\/versions$/, { id: ID, startup_time_ms: 1, resources: { script: { etag: ID } } }],
  [/\/domains\/changeset$/, { added: [], removed: [], updated: [], conflicting: [] }],
  [/\/query$/, [{ success: true, results: [], meta: {} }]],
];

export class Account {
  readonly zone: string;
  /** The Worker's secrets; there is no Worker before the first. */
  readonly secrets: string[] = [];
  /** What the deployed database holds of passkeys, by host. */
  passkeys: { host: string; passkeys: number }[] = [];
  readonly #lists: Record<string, object[]> = {};
  #asked: [string, string][] = [];
  readonly #server = createServer((request, answer) => void this.#respond(request, answer));

  constructor(zone: string) {
    this.zone = zone;
  }

  async open(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The bodies of what was asked since the last time, by `METHOD /address`, all but what only reads. */
  changes(): Record<string, string> {
    const changes = this.#asked.filter(([what]) => !what.startsWith('GET'));
    this.#asked = [];
    return Object.fromEntries(changes);
  }

  async #respond(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://api');
    const path = pathname.replace('/accounts/account', '');
    this.#asked.push([`${request.method} ${path}`, body]);
    const result = this.#result(`${request.method}`, path, searchParams, body);
    const errors = result === NOT_FOUND ? [NOT_FOUND] : [];
    answer.writeHead(errors.length > 0 ? 404 : 200, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ success: errors.length === 0, errors, messages: [], result }));
  }

  #result(method: string, path: string, wanted: URLSearchParams, body: string): unknown {
    if (path.endsWith('/secrets'))
      return this.secrets.length > 0 ? this.secrets.map((name) => ({ name })) : NOT_FOUND;
    if (path === '/zones') return wanted.get('name') === this.zone ? [{ id: 'zone' }] : [];
    if (path.endsWith('/query') && body.includes('FROM passkeys'))
      return [{ success: true, results: this.passkeys, meta: {} }];
    const known = ANSWERS.find(([address]) => address.test(path));
    if (known) return known[1];
    if (!LISTS.test(path)) return {};
    this.#lists[path] ??= [];
    if (method === 'GET') return wanted.get('page') === '2' ? [] : this.#lists[path];
    const row = { ...JSON.parse(body), id: ID, uuid: ID, queue_id: ID, consumers: [] };
    this.#lists[path].push(row);
    return row;
  }
}
