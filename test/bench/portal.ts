// The portal as the bench serves it: its migrations, a client file through its own address, accounts opened through its
// pages. The bench plays the mail provider and reads the letters.

import { Response, type V4WorkerOptions } from 'miniflare';
import { unstable_getMiniflareWorkerOptions } from 'wrangler';
import { DEMO_CLIENTS_KEY } from '../../src/cli/demo-key.ts';
import { DESK_AUDIENCE } from './desk-audience.ts';
import { type Built, migrate, type Served, serve } from './workers.ts';

export const PASSWORD = 'Maquis-2a!';
const SECRET = 'bench-only-secret-of-at-least-32-characters';
const FORM = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };

/** What a form needs to be posted, for `fetch` and for the load. */
export type Post = { path: string; method: 'POST'; headers: Record<string, string>; body: string };
/** The portal, the identifiers its letters told, by address, and the activation links nobody followed yet. */
export type Portal = Served & { identifiers: Map<string, string>; links: string[] };

type Mailed = Pick<Portal, 'identifiers' | 'links'>;

/** Serves the portal, without clients yet. */
export async function servePortal(built: Built, isDirect: boolean, state?: string): Promise<Portal> {
  const mailed = { identifiers: new Map<string, string>(), links: [] };
  const served = await serve(built, (origin) => portalOptions(origin, mailed), isDirect, state);
  await migrate(served.database);
  return { ...served, ...mailed };
}

/**
 * The bindings and settings of wrangler.toml. The files of public/ are left out: Cloudflare serves them without the
 * Worker. The screen per network is raised, since all the load comes from one; its binding is called all the same.
 */
function portalOptions(origin: string, mailed: Mailed) {
  const { assets, modulesRules, ...worker } =
    unstable_getMiniflareWorkerOptions('wrangler.toml').workerOptions;
  return {
    ...worker,
    name: 'portal',
    ratelimits: { SCREEN: { namespace_id: '1001', simple: { limit: 10_000_000, period: 60 } } },
    bindings: {
      ...(worker.bindings as object),
      PORTAL_ORIGIN: origin,
      PORTAL_SECRET: SECRET,
      CLIENTS_API_KEY: DEMO_CLIENTS_KEY,
      DESK_AUDIENCE,
      MAIL_PROVIDER: 'brevo',
      MAIL_API_BASE: 'https://provider.example',
      MAIL_API_KEY: 'a-key',
    },
    serviceBindings: { MAIL_API: (request: Request) => takeLetter(mailed, request) },
  } as unknown as Omit<V4WorkerOptions, 'modules'>;
}

/** The mail provider: reads the letters. */
async function takeLetter({ identifiers, links }: Mailed, request: Request): Promise<Response> {
  const { to, textContent } = (await request.json()) as { to: [{ email: string }]; textContent: string };
  const [, link] = /^\S+(\/activation\/\S+)$/m.exec(textContent) ?? [];
  if (link) links.push(link);
  const [identifier] = /NHCAPAL\d+/.exec(textContent) ?? [];
  if (identifier) identifiers.set(to[0].email, identifier);
  return Response.json({ messageId: '<taken@provider.example>' });
}

/** The landlord's file of the day, with so many tenants. */
export async function loadClients({ origin }: Portal, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, n) => {
    const { reference, nom, prenom, date_naissance } = person(n);
    return `locataire;${reference};${nom};${prenom};${date_naissance};;;`;
  });
  const head = 'profil;reference;nom;prenom;date_naissance;raison_sociale;siret;email';
  const headers = { authorization: `Bearer ${DEMO_CLIENTS_KEY}`, 'content-type': 'text/csv' };
  const body = `${head}\n${lines.join('\n')}\n`;
  const { status } = await fetch(`${origin}/api/clients`, { method: 'POST', headers, body });
  if (status !== 200) throw new Error(`The client file was answered ${status}`);
}

/**
 * The nth tenant. References end in 0: without its last digit each denotes another one, so that people who sign up at
 * once do not count on each other's counters.
 */
function person(nth: number) {
  const two = (value: number) => String(value).padStart(2, '0');
  const letters = [...String(nth)].map((digit) => 'BCDFGHJKLM'[Number(digit)]).join('A');
  return {
    reference: String(100_000 + 10 * nth),
    nom: `SAN${letters}A`,
    prenom: `MARI${letters}E`,
    date_naissance: `${two(1 + (nth % 28))}/${two(1 + (nth % 12))}/${1930 + (nth % 70)}`,
    email: emailOf(nth),
  };
}

function emailOf(nth: number): string {
  return `client${nth}@example.fr`;
}

/** The sign-up form of the nth tenant. */
export function signUp(nth: number): Post {
  const typed = person(nth);
  return form('/inscription', { profil: 'locataire', ...typed, email_confirmation: typed.email });
}

/** The password form behind the next link that was mailed. */
export function activation({ links }: Portal): Post {
  return form(links.shift() ?? '/', { mot_de_passe: PASSWORD, confirmation: PASSWORD });
}

export function signIn(identifier: string): Post {
  return form('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
}

function form(path: string, fields: Record<string, string>): Post {
  return { path, method: 'POST', headers: FORM, body: String(new URLSearchParams(fields)) };
}

/** Opens the nth tenant's account as the tenant does. @returns its identifier */
export async function openAccount(portal: Portal, nth: number): Promise<string> {
  await post(portal, signUp(nth));
  await until(() => portal.links.length > 0);
  await post(portal, activation(portal));
  await until(() => portal.identifiers.has(emailOf(nth)));
  return portal.identifiers.get(emailOf(nth)) ?? '';
}

/** Posts a form that must be taken. @returns the cookies that came back */
export async function post({ origin }: Served, { path, ...rest }: Post): Promise<string> {
  const answer = await fetch(origin + path, { ...rest, redirect: 'manual' });
  await answer.arrayBuffer();
  if (answer.status !== 303 && answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return cookiesOf(answer);
}

/** The cookies an answer gives, as the next request brings them. */
export function cookiesOf({ headers }: { headers: Headers }): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Letters leave after the answer. */
export async function until(isThere: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    if (isThere()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('A letter did not come within ten seconds');
}
