// Any bytes in any field of any form, and in what else a request carries. FUZZ_TIMES=10 runs ten times as many cases.

import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccount, type Holder, newTenant } from './support/account.ts';
import { bodyWith, expectClear, hostile, LONG, MARK, runs } from './support/fuzz.ts';
import { lastMail, linkIn, openMailbox } from './support/mailbox.ts';
import { findBroken, putRows, type Rows, readRows } from './support/rows.ts';
import {
  ELECTRICIAN,
  emails,
  MARIE,
  PASSWORD,
  passwords,
  readPage,
  request,
  Visitor,
} from './support/visitor.ts';

let cases = 0;

let holder: Holder;
let links: Record<'activation' | 'reset' | 'email', string>;
let waiting: Visitor;
let start: Rows;

beforeAll(async () => {
  openMailbox();
  holder = await createAccount(await newTenant());
  await holder.visitor.post('/connexion', { identifiant: holder.identifier, mot_de_passe: PASSWORD });
  await holder.visitor.post('/espace/courriel', { mot_de_passe_actuel: PASSWORD, ...emails('new@x.fr') });
  await new Visitor().post('/mot-de-passe-oublie', { identifiant: holder.identifier });
  waiting = new Visitor();
  await waiting.post('/inscription', { ...MARIE, ...(await newTenant()), ...emails('waiting@x.fr') });
  links = {
    activation: linkIn(lastMail('waiting@x.fr')),
    reset: linkIn(lastMail(holder.email)),
    email: linkIn(lastMail('new@x.fr')),
  };
  start = await readRows();
});

beforeEach(openMailbox);

const current = { mot_de_passe_actuel: PASSWORD };
const lost = { profil: 'locataire', reference: '471', nom: 'ORSONI', date_naissance: '14/07/1956' };

/** Every form, filled in well, and who posts it. */
const FORMS: [string, () => string, Record<string, string>, () => Visitor][] = [
  [
    'sign-in',
    () => '/connexion',
    { identifiant: 'NHCAPAL000000', mot_de_passe: PASSWORD, suite: '/espace' },
    () => holder.visitor,
  ],
  ['sign-out', () => '/deconnexion', {}, () => new Visitor()],
  ['sign-up of a tenant', () => '/inscription', MARIE, () => new Visitor()],
  ['sign-up of a supplier', () => '/inscription', ELECTRICIAN, () => new Visitor()],
  ['asking for help', () => '/inscription/aide', { ...MARIE, telephone: '0612345678' }, () => new Visitor()],
  [
    'a code',
    () => '/code',
    { reference: '471', code: 'GAAAAAAAAA', ...passwords(PASSWORD) },
    () => new Visitor(),
  ],
  ['resending', () => '/inscription/courriel/renvoi', {}, () => waiting],
  ['correcting the address', () => '/inscription/courriel/adresse', emails('right@x.fr'), () => waiting],
  ['activation', () => links.activation, passwords(PASSWORD), () => waiting],
  ['a new activation link', () => `${links.activation}/nouveau-lien`, {}, () => waiting],
  ['forgotten password', () => '/mot-de-passe-oublie', { identifiant: 'NHCAPAL000000' }, () => new Visitor()],
  ['reset', () => links.reset, passwords(PASSWORD), () => new Visitor()],
  [
    'provisional password',
    () => `${links.reset}/provisoire`,
    { identifiant: 'NHCAPAL000000' },
    () => new Visitor(),
  ],
  ['a new reset link', () => `${links.reset}/nouveau-lien`, {}, () => new Visitor()],
  ['forgotten identifier', () => '/identifiant-oublie', lost, () => new Visitor()],
  ['e-mail confirmation', () => links.email, { identifiant: 'NHCAPAL000000' }, () => new Visitor()],
  [
    'another password',
    () => '/espace/mot-de-passe',
    { ...current, ...passwords(PASSWORD) },
    () => holder.visitor,
  ],
  ['another address', () => '/espace/courriel', { ...current, ...emails('x@x.fr') }, () => holder.visitor],
  ['sessions', () => '/espace/sessions', { session: 'x' }, () => holder.visitor],
  ['a passkey at the sign-in', () => '/connexion/cle', { cle: '{}', suite: '/espace' }, () => new Visitor()],
  ['a challenge', () => '/connexion/cle/defi', {}, () => new Visitor()],
  ['a device', () => '/espace/cles', { appareil: 'moi', ...current }, () => holder.visitor],
  ['a device less', () => '/espace/cles', { retirer: 'x', cle: '{}' }, () => holder.visitor],
  ['a passkey that was made', () => '/espace/cles/nouvelle', { cle: '{}' }, () => holder.visitor],
  ['closing', () => '/espace/fermeture', current, () => holder.visitor],
  ['a form after the session', () => '/espace/courriel', emails('x@x.fr'), () => new Visitor()],
];
const NAMES = [
  ...new Set(FORMS.flatMap(([, , fields]) => Object.keys(fields))),
  '__proto__',
  'constructor',
  'annuler',
  'toutes',
];

/** A cookie header and a network of their own, so that the rate limit does not answer first. */
function headersOf(visitor: Visitor, n: number): Record<string, string> {
  return {
    cookie: visitor.cookie,
    'cf-connecting-ip': `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
  };
}

describe('any bytes in the fields of', () => {
  it.each(FORMS)(
    '%s',
    async (_, path, fields, visitor) => {
      const changed = fc.dictionary(fc.constantFrom(...Object.keys(fields), ...NAMES), hostile, {
        minKeys: 1,
        maxKeys: 4,
      });
      await fc.assert(
        fc.asyncProperty(changed, fc.boolean(), async (wrong, isAlone) => {
          const body = bodyWith(isAlone ? {} : fields, wrong);
          const headers = headersOf(visitor(), ++cases);
          const page = await readPage(await request(path(), { method: 'POST', headers, body }));
          expectClear(body, page.status, page.html, page.location);
          expect(await findBroken()).toEqual([]);
          if (page.status === 303) await putRows(start);
        }),
        runs(12),
      );
    },
    LONG,
  );
});

it(
  'any address, query, cookie and header gives a page, never a fault',
  async () => {
    const cookies = ['session', 'attente', 'aide', 'cree', 'defi', 'lettre', 'partage'].map(
      (name) => `__Host-${name}`,
    );
    const paths = [
      '/',
      '/connexion',
      '/activation/',
      '/mot-de-passe/',
      '/courriel/',
      '/espace/',
      '/inscription/courriel/',
      '/inscription/aide',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        hostile,
        hostile,
        fc.constantFrom(...cookies),
        fc.string({ unit: 'binary-ascii', maxLength: 60 }),
        async (path, tail, query, name, value) => {
          const printable = value.replace(/[^\x20-\x7e]/g, '');
          const headers = {
            cookie: `${name}=${printable}${MARK}`,
            'user-agent': printable + MARK,
            referer: printable,
          };
          cases++;
          const url = `${path}${tail}?suite=${query}`;
          const page = await readPage(await request(url, { headers }));
          expectClear(url, page.status, page.html, page.location);
        },
      ),
      runs(150),
    );
  },
  LONG,
);

it(
  'any body from the mail provider is taken or refused, never a fault',
  async () => {
    const key = 'a-webhook-secret-of-at-least-32-characters';
    const event = fc.record({
      event: fc.constantFrom('delivered', 'hard_bounce', 'x'),
      'message-id': fc.string(),
      reason: fc.anything(),
      ts_event: fc.anything(),
    });
    const bodies = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      event.map((one) => JSON.stringify(one)),
      fc.array(event).map((all) => JSON.stringify(all)),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
        const bindings = { ...env, MAIL_WEBHOOK_SECRET: key } as typeof env;
        cases++;
        const { status } = await request(
          '/api/mail-events/brevo',
          { method: 'POST', headers, body },
          bindings,
        );
        expect([204, 400]).toContain(status);
      }),
      runs(100),
    );
  },
  LONG,
);

it('ran as many cases as it says', () => {
  console.log(`Fuzz: ${cases} cases`);
  expect(cases).toBeGreaterThan(400);
});
