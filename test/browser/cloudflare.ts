// The outside world of `npm run deploy`: a local server that plays Cloudflare's API to the real wrangler, from an account
// that is empty but for one zone, and the DNS as a resolver over HTTPS tells it. What is posted to an address stands in its list from then on.

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
  /** What the DNS holds, by `TXT name`; without quotes, as it is written. */
  readonly dns: Record<string, string[]> = {};
  /** The names of which the DNS itself fails. */
  readonly failing: string[] = [];
  /** The addresses that the provider writes to no more. */
  readonly bounced: string[] = [];
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
    if (pathname === '/dns-query') return this.#resolve(searchParams, request, answer);
    const path = pathname.replace('/accounts/account', '');
    this.#asked.push([`${request.method} ${path}`, body]);
    const result = this.#result(`${request.method}`, path, searchParams, body);
    const errors = result === NOT_FOUND ? [NOT_FOUND] : [];
    answer.writeHead(errors.length > 0 ? 404 : 200, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ success: errors.length === 0, errors, messages: [], result }));
  }

  /** One long text stands in two quoted parts, behind the alias that led to it. */
  #resolve(wanted: URLSearchParams, { headers }: IncomingMessage, answer: ServerResponse): void {
    const [name, type] = [wanted.get('name'), `${wanted.get('type')}`];
    const found = headers.accept === 'application/dns-json' ? this.dns[`${type} ${name}`] : undefined;
    const quoted = (text: string) => (type === 'TXT' ? `"${text.slice(0, 9)}" "${text.slice(9)}"` : text);
    const records = (found ?? []).map((text) => ({
      name,
      type: { NS: 2, TXT: 16 }[type],
      data: quoted(text),
    }));
    const alias = { name, type: 5, data: 'v=spf1 p=alias.example.' };
    answer.writeHead(200, { 'content-type': 'application/dns-json' });
    if (this.failing.includes(`${name}`)) return void answer.end(JSON.stringify({ Status: 2 }));
    answer.end(JSON.stringify(found ? { Status: 0, Answer: [alias, ...records] } : { Status: 3 }));
  }

  #result(method: string, path: string, wanted: URLSearchParams, body: string): unknown {
    if (path.endsWith('/secrets'))
      return this.secrets.length > 0 ? this.secrets.map((name) => ({ name })) : NOT_FOUND;
    if (path === '/zones') return wanted.get('name') === this.zone ? [{ id: 'zone' }] : [];
    if (path === '/email/sending/send') {
      const { to } = JSON.parse(body) as { to: string | string[] };
      const isBounced = this.bounced.includes([to].flat()[0] ?? '');
      return {
        delivered: [],
        queued: isBounced ? [] : [to].flat(),
        permanent_bounces: isBounced ? [to].flat() : [],
      };
    }
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
