// Marked secrets go in everywhere a person can put them; everything printed, stored and mailed is searched for them.

import { env } from 'cloudflare:workers';
import { beforeEach, expect, it, vi } from 'vitest';
import { mintCode } from '../src/account/code/give.ts';
import { openDatabase } from '../src/platform/db.ts';
import { text } from '../src/words/pages.ts';
import { createAccount, newTenant } from './support/account.ts';
import { Agent } from './support/agent.ts';
import { FORMS } from './support/forms.ts';
import {
  identifierIn,
  lastMail,
  linkIn,
  mails,
  openMailbox,
  providerIs,
  provisionalIn,
} from './support/mailbox.ts';
import { emails, MARIE, PASSWORD, passwords, request, Visitor } from './support/visitor.ts';

const printed: string[] = [];
for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
  vi.spyOn(console, method).mockImplementation((...words) => void printed.push(JSON.stringify(words)));
}
openMailbox();
const { visitor, identifier } = await createAccount(await newTenant());
await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
beforeEach(() => {
  openMailbox();
  printed.length = 0;
});

/** Everything D1 holds but the landlord's own file, and everything KV holds. */
async function stored(...but: string[]): Promise<string> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'client\\_words%' ESCAPE '\\' AND name NOT IN ('clients', 'd1_migrations')",
  ).all<{ name: string }>();
  expect(results.length).toBeGreaterThanOrEqual(5);
  const tables = results.map(({ name }) => name).filter((name) => !but.includes(name));
  const rows = await Promise.all(tables.map((name) => env.DB.prepare(`SELECT * FROM ${name}`).all()));
  const { keys } = await env.TOKENS.list();
  const values = await Promise.all(keys.map(({ name }) => env.TOKENS.get(name)));
  return JSON.stringify([rows.map((row) => row.results), keys, values]);
}

/** What nobody types: where a sign-in leads, and what the script of the passkeys fills in. */
const UNSEEN = ['suite', 'cle'];

it('no field of the forms that anybody may send is left out', async () => {
  const tried = new Set(FORMS.flatMap(([, names]) => names));
  for (const path of [
    '/connexion',
    '/inscription',
    '/inscription/aide',
    '/code',
    '/mot-de-passe-oublie',
    '/identifiant-oublie',
  ]) {
    const { html } = await new Visitor().open(path);
    const names = [...html.matchAll(/<input[^>]* name="([^"]+)"/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !tried.has(name ?? ''))).toEqual([]);
    // A form that could not be sent is shown with its fields' names.
    expect(names.filter((name) => !UNSEEN.includes(name ?? '') && !text.labels[name ?? ''])).toEqual([]);
  }
});

it.each(FORMS.map(([path, names]) => [path.replace(':token', 'C'.repeat(43)), names] as const))(
  'what is typed into %s (%s) is neither printed, nor stored, nor mailed',
  async (path, names) => {
    // Shaped like what the field asks for, so that it goes as far as it can.
    const shaped: Record<string, string> = {
      ...{
        profil: 'locataire',
        reference: '7777001',
        date_naissance: '07/07/1977',
        email: 'canari7@x.example.fr',
      },
      ...{
        email_confirmation: 'canari7@x.example.fr',
        siret: '77777777777777',
        nom: 'Canari7',
        prenom: 'Canari7',
      },
    };
    for (const value of ['Canari-7-Xx!', undefined, '\u0000Canari-7']) {
      const fields = Object.fromEntries(names.map((name) => [name, value ?? shaped[name] ?? 'Canari-7-Xx!']));
      await visitor.post(path, path === '/inscription' ? { ...MARIE, ...shaped, ...fields } : fields);
    }
    const found = /canari|7777001|1977-07-07|07\/07\/1977|77777777777777/i;
    expect(printed.join()).toContain('outcome');
    expect(printed.join('\n')).not.toMatch(found);
    expect(await stored()).not.toMatch(found);
    expect(JSON.stringify(mails())).not.toMatch(found);
  },
);

it('what is typed into a help request is kept there and nowhere else; nobody is mailed, nothing is printed', async () => {
  const fields = {
    ...MARIE,
    nom: 'CANARI',
    prenom: 'ROUGE',
    reference: '7777002',
    ...emails('canari8@x.example.fr'),
  };
  const page = await new Visitor().post('/inscription/aide', { ...fields, telephone: '0677777777' });
  expect(page.status).toBe(303);
  const found = /canari|7777002|0677777777/i;
  expect(await stored()).toMatch(found);
  expect(await stored('help_requests')).not.toMatch(found);
  expect(printed.join()).toContain('/inscription/aide');
  expect(printed.join('\n')).not.toMatch(found);
  expect(mails()).toEqual([]);
});

it('a code is neither printed nor stored, right or wrong', async () => {
  const clientId =
    (await env.DB.prepare("SELECT id FROM clients WHERE reference = '1025'").first<number>('id')) ?? 0;
  const given = {
    clientId,
    kind: 'counter',
    agent: 'a@x.fr',
    graceDays: 90,
    audit: () => [],
    now: Date.now(),
  } as const;
  const minted = await mintCode(openDatabase(env.DB), given);
  const code = minted.ok ? minted.code : '';
  for (const typed of ['GCANARY7ZZ', code]) {
    await new Visitor().post('/code', { reference: '1025', code: typed });
    await new Visitor().post('/code', { reference: '1025', code: typed, ...passwords(PASSWORD) });
    expect(printed.join('\n')).not.toContain(typed);
    expect(await stored()).not.toContain(typed);
  }
  expect(await stored()).toContain('code_used');
});

it('what staff searches for, reads and writes is not printed, nor who they are', async () => {
  const agent = new Agent('canari7@capa.example');
  const { path, html } = await agent.search(identifier);
  expect(html).toContain('Lucie');
  await agent.open('/guichet?q=Canari7');
  await agent.open('/guichet/journal?reference=7777001');
  await agent.post(`${path}/date`, { date: '07/07/1977' });
  await agent.act(`${path}/lien`, { precision: 'Canari-7 au téléphone' });
  const all = printed.join('\n');
  expect(all).toContain('/guichet');
  expect(all).not.toMatch(/canari|7777001|07\/07\/1977|1977-07-07|lucie/i);
  expect(all).not.toContain(identifier);
});

it('nothing of a whole road is printed that only its owner may know; no password and no token is stored', async () => {
  providerIs('down');
  const email = 'proprietaire@x.example.fr';
  const tenant = await newTenant();
  const visitor = new Visitor();
  await visitor.post('/inscription', { ...MARIE, ...tenant, ...emails(email) });
  providerIs('up');
  vi.setSystemTime(Date.now() + 120_000);
  await visitor.post('/inscription/courriel/renvoi');
  const activation = linkIn(lastMail(email));
  await visitor.open(activation);
  await visitor.post(activation, passwords('Court'));
  await visitor.post(activation, passwords(PASSWORD));
  const identifier = identifierIn(lastMail(email));
  await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: 'Faux-1234' });
  await visitor.post('/mot-de-passe-oublie', { identifiant: identifier });
  const reset = linkIn(lastMail(email));
  await visitor.post(`${reset}/provisoire`, { identifiant: identifier });
  const provisional = provisionalIn(lastMail(email));
  expect(provisional).not.toBe('');
  const tokens = [activation, reset].map((link) => link.split('/').at(-1) ?? '');
  await request(`/nulle-part/${tokens[0]}`, { headers: { referer: `https://ophcapa.scepia.fr${reset}` } });
  const secrets = [...tokens, PASSWORD, 'Faux-1234', provisional];
  const all = printed.join('\n');
  for (const secret of [
    ...secrets,
    email,
    identifier,
    identifier.slice(-6),
    tenant.nom,
    tenant.date_naissance,
  ]) {
    expect(all.toLowerCase()).not.toContain(secret.toLowerCase());
  }
  const kept = await stored();
  for (const secret of secrets) expect(kept).not.toContain(secret);
  expect(all).toContain('/activation/:token');
  expect(printed.length).toBeGreaterThan(6);
});

it('a fault prints the route, a number and the error’s class: no path, no field, no database message', async () => {
  const prepare = vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
    throw new Error('D1_ERROR: constraint failed: canari-7');
  });
  await request(`/activation/${'C'.repeat(43)}?canari=7`, {
    headers: { referer: 'https://canari.example', 'user-agent': 'canari Agent' },
  });
  await new Visitor().post('/connexion', { identifiant: '7777777', mot_de_passe: 'Canari-7' });
  prepare.mockRestore();
  expect(printed.join('\n')).not.toMatch(/canari|CCCC|7777777/i);
  expect(printed.join('\n')).toContain('problem');
});
