// A visitor with a browser: keeps cookies, reads pages, fills forms. Everything goes through the Worker.

import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import portal from '../../src/index.tsx';
import { OTHER_SETTINGS } from './landlords.ts';

export const ORIGIN = 'https://ophcapa.scepia.fr';

export type Page = {
  status: number;
  headers: Headers;
  location: string | null;
  title: string;
  html: string;
  /** What a reader sees: no tags, no-break spaces as spaces. */
  text: string;
};

/** Sends one request to the Worker and waits until all it does after the answer is done. */
export async function request(
  path: string,
  init?: RequestInit,
  bindings: typeof env = env,
  access?: CloudflareAccessContext,
): Promise<Response> {
  const context = createExecutionContext();
  // What Cloudflare Access puts there in production: the pool has no Access of its own.
  if (access) Object.defineProperty(context, 'access', { value: access });
  const asked = new Request(new URL(path, bindings.PORTAL_ORIGIN), init);
  // Whoever says none has a network of their own: the rate limit must not answer first.
  if (!asked.headers.has('cf-connecting-ip')) asked.headers.set('cf-connecting-ip', newNetwork());
  const answer = await portal.fetch(asked, bindings, context);
  await waitOnExecutionContext(context);
  return answer;
}

/** What cron does each minute, or at another of its times. */
export async function runCron(cron = '* * * * *'): Promise<void> {
  await portal.scheduled(createScheduledController({ scheduledTime: new Date(), cron }), env);
}

/** The bindings of another landlord's portal. */
export const OTHER_LANDLORD = { ...env, ...OTHER_SETTINGS } as typeof env;

let networks = 0;
const newNetwork = () => `192.${(++networks >> 16) & 255}.${(networks >> 8) & 255}.${networks & 255}`;

export class Visitor {
  readonly cookies = new Map<string, string>();
  /** Each visitor has a network of their own. */
  readonly network: string;

  constructor(network = newNetwork()) {
    this.network = network;
  }

  /** Opens a page; redirects are not followed. */
  async open(path: string, method: 'GET' | 'HEAD' = 'GET'): Promise<Page> {
    return this.#read(await request(path, { method, headers: this.#headers() }));
  }

  /** Posts a form as a browser does from the portal's own page: with what the page hides in it. */
  async post(path: string, fields: Record<string, string> = {}): Promise<Page> {
    const headers = { ...this.#headers(), 'sec-fetch-site': 'same-origin' };
    const body = new URLSearchParams({ ...(await this.#hiddenFields(path, fields)), ...fields });
    return this.#read(await request(path, { method: 'POST', headers, body }));
  }

  /** Posts fields and nothing else, as no page of the portal does. */
  postBare(path: string, fields: Record<string, string>): Promise<Page> {
    return this.postRaw(path, String(new URLSearchParams(fields)));
  }

  /** Posts a form's body as it is. */
  async postRaw(path: string, body: string): Promise<Page> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const headers = { ...this.#headers(), ...type, 'sec-fetch-site': 'same-origin' };
    return this.#read(await request(path, { method: 'POST', headers, body }));
  }

  /** Whose form it is, where the form says so. The waiting page says what its cookie says; the space's is looked at. */
  async #hiddenFields(path: string, fields: Record<string, string>): Promise<Record<string, string>> {
    const [, demande = ''] = this.cookies.get('__Host-attente')?.split('.') ?? [];
    if (path.startsWith('/inscription/courriel/')) return { demande };
    if (
      !/^\/espace\/(sessions|courriel|mot-de-passe|fermeture|cles|cles\/nouvelle)$/.test(path) ||
      fields.compte
    )
      return {};
    const { html } = await readPage(await request(path, { headers: this.#headers() }));
    return { compte: /name="compte" value="([^"]*)"/.exec(html)?.[1] ?? '' };
  }

  /** Posts a form and opens the page it leads to. */
  async submit(path: string, fields: Record<string, string> = {}): Promise<Page> {
    const answer = await this.post(path, fields);
    return answer.location ? this.open(answer.location) : answer;
  }

  /** The cookies as the browser's header sends them. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #headers(): Record<string, string> {
    return {
      cookie: this.cookie,
      'cf-connecting-ip': this.network,
      'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0)',
    };
  }

  async #read(answer: Response): Promise<Page> {
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return readPage(answer);
  }
}

/** The parts of an answer a test looks at. */
export async function readPage(answer: Response): Promise<Page> {
  const html = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    location: answer.headers.get('location'),
    title: decode(/<title>(.*?)<\/title>/.exec(html)?.[1] ?? ''),
    html,
    text: decode(html.replace(/<wbr\/>|<head>.*<\/head>/gs, '').replace(/<[^>]+>/g, ' ')).replace(
      /\s+/g,
      ' ',
    ),
  };
}

function decode(text: string): string {
  const entities: Record<string, string> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
  };
  return text.replace(/&\w+;|&#39;/g, (entity) => entities[entity] ?? entity).replace(/[\u00a0\u202f]/g, ' ');
}

/** The leaflet's tenant, as she fills in the sign-up form. */
export const MARIE = {
  profil: 'locataire',
  reference: '471',
  nom: 'ORSONI',
  prenom: 'MARIE-DOMINIQUE',
  date_naissance: '14/07/1956',
  email: 'marie@example.fr',
  email_confirmation: 'marie@example.fr',
  raison_sociale: '',
  siret: '',
};

/** A supplier, as he fills in the same form. */
export const ELECTRICIAN = {
  profil: 'fournisseur',
  reference: 'F-2024-0018',
  nom: '',
  prenom: '',
  date_naissance: '',
  email: 'gerant@electricite.example.fr',
  email_confirmation: 'gerant@electricite.example.fr',
  raison_sociale: 'Électricité Sanguinaires',
  siret: '523 456 789 00027',
};

export const PASSWORD = 'Maquis-2a!';

/** The same password as Node's own crypto.argon2Sync hashes it, at a lower cost than the portal's. */
export const OLD_HASH =
  '$argon2id$v=19$m=8192,t=1,p=1$b2xkZXIgcG9ydGFsIDE2Yg$Ud1JbAeA6+PUb6UDDNqC4mJeMHXRE3x7uDBwGk2uXu0';

/** The same address twice, as the form asks. */
export function emails(email: string) {
  return { email, email_confirmation: email };
}

/** The password twice, as the form asks. */
export function passwords(password: string) {
  return { mot_de_passe: password, confirmation: password };
}
