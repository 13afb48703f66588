// E-mail addresses as people type them and as the landlord's file writes them.

import * as z from 'zod/mini';
import { LENGTHS } from '../numbers.ts';
import { visible } from '../platform/letters.ts';

/** The faults of an address; each has its own sentence. */
export type EmailRefusal =
  | 'email_empty'
  | 'email_several'
  | 'email_no_at'
  | 'email_no_name'
  | 'email_space'
  | 'email_letter'
  | 'email_ending'
  | 'email_too_long'
  | 'email_shape';
type Email = { ok: true; address: string } | { ok: false; reason: EmailRefusal; sign?: string };

/** Nearly all addresses look like this: nothing to take off, nothing to turn. */
const USUAL =
  /^[a-z0-9](?:[a-z0-9._+-]{0,62}[a-z0-9])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,20}$/;

/** Signs around an address: brackets, quotes, and what ends a sentence. */
const BEFORE = /^[\s<>()[\]"'«»“”‘’„,;:]+/;
const BEHIND = /[\s<>()[\]"'«»“”‘’,;:.!?]+$/;

/**
 * Reads one address, as the HTML standard has it for `<input type=email>`, with a dot in its domain: `marie@orange` reaches
 * nobody. What is around it is taken off (`mailto:`, `Marie <…>`, a final full stop, invisible signs), the domain is in
 * small letters and, when it has accents, in the form that mail travels with (`xn--…`).
 */
export function readEmail(typed: string): Email {
  if (USUAL.test(typed)) return { ok: true, address: typed };
  if (typed.length > 2 * LENGTHS.email) return { ok: false, reason: 'email_too_long' };
  const bare = withoutWrapping(visible(typed).replace(/＠/g, '@'));
  const fault = shapeFault(bare);
  if (fault) return { ok: false, ...fault };
  const at = bare.lastIndexOf('@');
  const domain = asciiDomain(bare.slice(at + 1));
  const address = `${bare.slice(0, at)}@${domain}`;
  if (address.length > LENGTHS.email) return { ok: false, reason: 'email_too_long' };
  if (!z.regexes.html5Email.test(address)) return { ok: false, reason: 'email_shape' };
  return { ok: true, address };
}

/** The first address that can be read in a cell of the landlord's file, which may hold several. */
export function firstEmail(cell: string): string | undefined {
  const isSeveral = (text: string) => text.split('@').length > 2;
  const parts = isSeveral(cell) ? cell.split(/[,;/]/) : [cell];
  const each = parts.flatMap((part) => (isSeveral(part) ? part.trim().split(/\s+/) : [part]));
  const [first] = each.flatMap((part) => {
    const read = readEmail(part);
    return read.ok ? [read.address] : [];
  });
  return first;
}

/** `Marie <mailto:marie@orange.fr?subject=…>.` → `marie@orange.fr`. */
function withoutWrapping(text: string): string {
  const inside = /<([^<>]*@[^<>]*)>/.exec(text)?.[1] ?? text;
  return inside
    .replace(BEFORE, '')
    .replace(/^mailto:/i, '')
    .replace(/\?(?:subject|cc|bcc|body)=.*$/is, '')
    .replace(BEHIND, '');
}

function shapeFault(bare: string): { reason: EmailRefusal; sign?: string } | undefined {
  const [name = '', domain = '', ...more] = bare.split('@');
  if (bare === '') return { reason: 'email_empty' };
  if (more.length > 0) return { reason: 'email_several' };
  if (!bare.includes('@')) return { reason: 'email_no_at' };
  if (name === '') return { reason: 'email_no_name' };
  if (/\s/.test(bare)) return { reason: 'email_space' };
  const [letter] = /[\u0080-\u{10ffff}]/u.exec(name) ?? [];
  if (letter) return { reason: 'email_letter', sign: letter };
  if (!/.\.[^.]*[^\d.]/.test(domain)) return { reason: 'email_ending', sign: domain };
  return undefined;
}

/** `Société.fr` → `xn--socit-esab.fr`; what is no domain stays as it is. */
function asciiDomain(domain: string): string {
  if (!/[\u0080-\u{10ffff}]/u.test(domain) || /[/?#\\:@%]/.test(domain)) return domain.toLowerCase();
  return URL.parse(`http://${domain}`)?.hostname ?? domain;
}
