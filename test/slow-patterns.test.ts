// No text of a stranger's keeps the Worker busy: 16 KB in each field and 120 KB in each header, of the repetitions that
// make a careless pattern slow, cost a few times what a plain request does.

import { env } from 'cloudflare:workers';
import { beforeAll, expect, it } from 'vitest';
import { createAccount } from './support/account.ts';
import { FORMS } from './support/forms.ts';
import { openMailbox } from './support/mailbox.ts';
import { quickest, slownessHere } from './support/pace.ts';
import { emails, MARIE, PASSWORD, request, Visitor } from './support/visitor.ts';

/** What makes patterns go back and try again: what they repeat, with an end that does not fit. */
const REPEATED = [
  ...'@|a@|a.|.|-|\'|/|/ | |\t|\u00a0|\u200b|"|\\|%|0|1|é|e\u0301|X|ß|İ|🙂|\ufdfa|\ufb03'.split('|'),
  ...'A |M |NEE |EP |MME |ET |OU |A / |(A) |14/07/|1er |née le |&#39;|a@a.fr |Android|Mobile|iPhone'.split(
    '|',
  ),
];
/** Another line is what a pattern least fits; the others with FUZZ_TIMES. */
const ENDS = Number(env.FUZZ_TIMES) > 1 ? ['\nx', '', '\u0000', '!'] : ['\nx'];

/** Ten plain requests' time is the most, of eight milliseconds at least; the slowest pattern ever found took two hundred. */
const MOST = 10;
const LEAST = 8;
let least = LEAST;

let visitor: Visitor;
let compte: string;

beforeAll(async () => {
  least = LEAST * (await slownessHere());
  openMailbox();
  const account = await createAccount();
  visitor = account.visitor;
  compte = account.identifier;
  await visitor.post('/connexion', { identifiant: compte, mot_de_passe: PASSWORD });
  await new Visitor().post('/mot-de-passe-oublie', { identifiant: compte });
});

/** Fills what is asked with one text, up to a size in bytes. */
function fill(text: string, end: string, bytes: number): string {
  const size = new TextEncoder().encode(text).length;
  return text.repeat(Math.floor((bytes - 4) / size)) + end;
}

/** Each field once, where it is first asked: one name is read in one way. What a link hides is read elsewhere too. */
const FIELDS = new Map<string, string>();
for (const [path, fields] of FORMS) {
  for (const field of fields) if (!path.includes(':token') && !FIELDS.has(field)) FIELDS.set(field, path);
}

it.each([...FIELDS])('« %s » of %s takes 16 KB like anything else', async (field, path) => {
  const fresh = new Visitor();
  for (const [name, value] of visitor.cookies) fresh.cookies.set(name, value);
  const fields = { ...MARIE, ...emails('a@x.example.fr'), compte };
  const others = new URLSearchParams({ ...fields, [field]: '' });
  others.delete(field);
  // As few signs as can be are written as %XX: more of the text fits into a form.
  const send = (value: string) => () =>
    fresh.postRaw(path, `${others}&${field}=${value.replace(/[%&+#\s]/g, encodeURIComponent)}`);
  const plain = Math.max(least, await quickest(send('x')));
  const slow: string[] = [];
  for (const text of REPEATED) {
    for (const end of ENDS) {
      const value = fill(text, end, /[%&+#\s]/.test(text) ? 5000 : 15_500);
      const took = await quickest(send(value), plain * MOST);
      if (took > plain * MOST)
        slow.push(`${JSON.stringify(text)}…${JSON.stringify(end)}: ${took} ms, ${plain} plain`);
    }
  }
  expect(slow).toEqual([]);
});

it.each([
  'user-agent',
  'cookie',
  'origin',
  'referer',
  'sec-fetch-site',
  'content-type',
  'accept',
  'accept-language',
  'authorization',
  'cf-connecting-ip',
  'cf-ray',
  'if-none-match',
])('a header « %s » of 120 KB is taken like any other', async (header) => {
  const send = (value: string) => async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', [header]: value };
    const body = new URLSearchParams({ identifiant: 'NHCAPAL000000', mot_de_passe: '' });
    await request('/mot-de-passe-oublie', { method: 'POST', headers, body });
    await request('/deconnexion', {
      method: 'POST',
      headers: { ...headers, cookie: headers.cookie ?? '__Host-session=x' },
      body: '',
    });
  };
  const plain = Math.max(least, await quickest(send('x')));
  const slow: string[] = [];
  for (const text of REPEATED.filter((one) => /^[\x20-\x7e]+$/.test(one))) {
    const names = header === 'cookie' ? ['__Host-session=', '__Host-attente=', '__Host-cree='] : [''];
    for (const name of names) {
      const took = await quickest(send(name + fill(text, 'x', 120_000)), plain * MOST);
      if (took > plain * MOST) slow.push(`${name}${text}…: ${took} ms, ${plain} plain`);
    }
  }
  expect(slow).toEqual([]);
});
