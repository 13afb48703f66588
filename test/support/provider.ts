// The outside world of the tests: a local HTTP server that plays the mail provider's API over real sockets, with the
// faults an address asks for (`500x2.marie@…` fails twice). Whatever else is called fails the run loudly.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Message = { to: { email: string }[]; headers: { idempotencyKey: string } };
/** What the provider knows of one idempotency key. */
export type Taken = { to: string; tries: number; bodies: string[]; delivered: number; message: Message };

const REFUSALS: Record<string, [number, object, object?]> = {
  '500': [500, {}],
  '400': [400, { code: 'invalid_parameter', message: 'email is not valid in to' }],
  // Brevo's own words, to a caller whose address it does not know.
  '401': [
    401,
    {
      code: 'unauthorized',
      message:
        'We have detected you are using an unrecognised IP address 2a06:98c0::1. If you performed this action make sure to add the new IP address in this link: https://app.brevo.com/security/authorised_ips',
    },
  ],
  '429': [429, {}, { 'retry-after': '600' }],
};

const taken = new Map<string, Taken>();
let address: Promise<string> | undefined;

/** Starts the provider once. @returns its `host:port` */
export function startProvider(): Promise<string> {
  address ??= new Promise((resolve) => {
    const server = createServer((request, answer) => void respond(request, answer));
    server.listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`));
    server.unref();
  });
  return address;
}

async function respond(request: IncomingMessage, answer: ServerResponse): Promise<void> {
  if (request.headers.host === 'api.cloudflare.com') return tellList(request, answer);
  if (request.headers.host !== 'provider.example') return refuse(request, answer);
  if (request.method === 'DELETE') return unblock(request, answer);
  if (request.url === '/taken') return reply(answer, 200, [...taken.values()]);
  if (request.url !== '/v3/smtp/email') return refuse(request, answer);
  if (request.headers['api-key'] !== 'a-key') return reply(answer, 401, { code: 'unauthorized' });
  let body = '';
  for await (const chunk of request) body += chunk;
  return take(body, answer);
}

const lifted = new Set<string>();

/** Cloudflare's list of suppressed addresses: each is on it until it is taken off; `silent.` is an address of a bad day. */
async function tellList(request: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'https://api.cloudflare.com');
  const [list, id] = pathname.split('/suppressions');
  if (list !== `/client/v4/accounts/${'a'.repeat(32)}/email/sending`) return refuse(request, answer);
  if (request.headers.authorization !== 'Bearer a-key') return reply(answer, 403, { success: false });
  if (id) lifted.add(Buffer.from(id.slice(1), 'hex').toString());
  const email = searchParams.get('email') ?? '';
  if (email.startsWith('silent.')) return reply(answer, 500, {});
  const entry = {
    id: Buffer.from(email).toString('hex'),
    reason: 'soft_bounce',
    expires_at: '2027-01-02T09:30:00Z',
  };
  return reply(answer, 200, { success: true, result: id || lifted.has(email) ? [] : [entry] });
}

/** Brevo's: what is not on it is not found. */
async function unblock(request: IncomingMessage, answer: ServerResponse): Promise<void> {
  const [, list, email = ''] = /^(.*)\/(.*)$/.exec(decodeURIComponent(request.url ?? '')) ?? [];
  if (list !== '/v3/smtp/blockedContacts' || request.headers['api-key'] !== 'a-key')
    return refuse(request, answer);
  const isThere = !lifted.has(email);
  lifted.add(email);
  answer.writeHead(isThere ? 204 : 404).end();
}

/** Takes a mail, or fails as its address asks: before taking (500, 429, reset), or after (lost, late). */
function take(body: string, answer: ServerResponse): Promise<void> {
  const message: Message = JSON.parse(body);
  const to = message.to[0]?.email ?? '';
  const key = message.headers.idempotencyKey;
  const mail = taken.get(key) ?? { to, tries: 0, bodies: [], delivered: 0, message };
  taken.set(key, mail);
  mail.tries++;
  if (!mail.bodies.includes(body)) mail.bodies.push(body);
  const [, asked, times] = /^(\w+)x(\d+)\./.exec(to) ?? [];
  const fault = mail.tries <= Number(times ?? 0) ? asked : undefined;
  const refusal = fault && REFUSALS[fault];
  if (refusal) return reply(answer, ...refusal);
  if (fault === 'reset') return hangUp(answer);
  // The key's life is longer than a run: a known key is not delivered again.
  const isKnown = mail.delivered > 0;
  mail.delivered ||= 1;
  if (fault === 'lost') return hangUp(answer);
  if (fault === 'late') return Promise.resolve();
  if (isKnown) return reply(answer, 400, { code: 'duplicate_request' });
  return reply(answer, 201, { messageId: `<${key}@provider.example>` });
}

async function reply(answer: ServerResponse, status: number, body: unknown, headers = {}): Promise<void> {
  answer.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function hangUp(answer: ServerResponse): Promise<void> {
  answer.destroy();
}

async function refuse(request: IncomingMessage, answer: ServerResponse): Promise<void> {
  answer.writeHead(502).end();
  const called = `${request.headers.host}${request.url}`;
  setImmediate(() => {
    throw new Error(`A test called the outside world: ${called}`);
  });
}
