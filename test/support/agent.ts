// Somebody at the landlord's desk: comes through Cloudflare Access, reads pages, presses buttons.

import { env } from 'cloudflare:workers';
import { type Page, readPage, request } from './visitor.ts';

/** The portal with a desk, whose one manager is `chef@capa.example`. */
export const DESK = { ...env, DESK_AUDIENCE: 'the-desk', DESK_MANAGERS: 'Chef@capa.example' } as typeof env;

/** What Access says of somebody who passed it, for the desk's own application unless told. */
export function accessOf(email?: string, aud = 'the-desk'): CloudflareAccessContext {
  return { aud, getIdentity: async () => ({ email, name: 'Anne' }) };
}

let agents = 0;

export class Agent {
  readonly email: string;
  readonly access: CloudflareAccessContext;
  readonly portal: typeof env;
  /** Each has a network of their own: the limits of one are not another's. */
  readonly #headers = { 'cf-connecting-ip': `198.18.${++agents >> 8}.${agents & 255}` };

  constructor(email = 'accueil@capa.example', access = accessOf(email), portal = DESK) {
    this.email = email;
    this.access = access;
    this.portal = portal;
  }

  async open(path: string): Promise<Page> {
    return readPage(await request(path, { headers: this.#headers }, this.portal, this.access));
  }

  /** Posts a form as a browser does from the page it stands on, `at` unless it is the address itself. */
  async post(path: string, fields: Record<string, string> = {}): Promise<Page> {
    const headers = { ...this.#headers, 'sec-fetch-site': 'same-origin' };
    return readPage(
      await request(
        path,
        { method: 'POST', headers, body: new URLSearchParams(fields) },
        this.portal,
        this.access,
      ),
    );
  }

  /** Types into the search box and follows where it leads. */
  async search(typed: string): Promise<Page & { path: string }> {
    const path = `/guichet?q=${encodeURIComponent(typed)}`;
    const found = await this.open(path);
    return found.location
      ? { ...(await this.open(found.location)), path: found.location }
      : { ...found, path };
  }

  /** Presses the one button of a client's page, with what the page hides in it, and follows where it leads. */
  async press(page: Page): Promise<Page> {
    const [, action = '', inside = ''] =
      /<form method="post" action="([^"]*)" class="help-now">(.*?)<\/form>/s.exec(page.html) ?? [];
    if (!action) throw new Error(`No button on « ${page.title} »`);
    return this.send(action, inside);
  }

  /** Fills in the form of an act and sends it. */
  async act(path: string, fields: Record<string, string> = {}): Promise<Page> {
    const { html } = await this.open(path);
    const inside = new RegExp(`<form method="post" action="${path}"[^>]*>(.*?)</form>`, 's').exec(html)?.[1];
    if (inside === undefined) throw new Error(`No form at ${path}`);
    return this.send(path, inside, { motif: 'asked_by_phone', ...fields });
  }

  private async send(path: string, inside: string, fields: Record<string, string> = {}): Promise<Page> {
    const hidden = [...inside.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    );
    const answer = await this.post(path, { ...Object.fromEntries(hidden), ...fields });
    return answer.location ? this.open(answer.location) : answer;
  }
}

export const MANAGER = () => new Agent('chef@capa.example');
