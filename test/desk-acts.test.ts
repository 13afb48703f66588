// The acts of the desk: each done once, written down, told by mail, seen in the tenant's own space.

import { env } from 'cloudflare:workers';
import { beforeEach, expect, it, vi } from 'vitest';
import { MINUTE } from '../src/numbers.ts';
import { createAccount, type Holder, newTenant } from './support/account.ts';
import { Agent, MANAGER } from './support/agent.ts';
import { lastMail, linkIn, mails, openMailbox, providerIs } from './support/mailbox.ts';
import { emails, MARIE, PASSWORD, type Page, passwords, runCron, Visitor } from './support/visitor.ts';

beforeEach(() => {
  openMailbox();
  vi.setSystemTime(Date.now());
});

const later = (span: number) => vi.setSystemTime(Date.now() + span);
type Row = {
  kind: string;
  agent: string;
  reason: string;
  words: string;
  client_id: number;
  account_id: number;
};
const actsOf = async (kind: string) =>
  (await env.DB.prepare('SELECT * FROM acts WHERE kind = ? ORDER BY at, id').bind(kind).all<Row>()).results;
const clientOf = (reference: string) => `/guichet/clients/${reference}`;

/** A client with an active account: its page, and who holds it. */
async function holder(): Promise<Holder & { tenant: Awaited<ReturnType<typeof newTenant>>; path: string }> {
  const tenant = await newTenant();
  const made = await createAccount(tenant);
  const { path } = await new Agent().search(tenant.reference);
  later(2 * MINUTE);
  return { ...made, tenant, path };
}

async function signedIn(who: Holder, mot_de_passe = PASSWORD): Promise<Page> {
  return who.visitor.submit('/connexion', { identifiant: who.identifier, mot_de_passe });
}

it('the link to a new password leaves at one press, and the holder sees who asked for it', async () => {
  const who = await holder();
  const agent = new Agent();
  const done = await agent.press(await agent.open(who.path));
  expect(done.text).toContain('Le lien vient de partir à son adresse.');
  const link = linkIn(lastMail(who.email));
  expect((await new Visitor().post(link, passwords('Granit-7b?'))).location).toBe('/connexion');
  await signedIn(who, 'Granit-7b?');
  expect((await who.visitor.open('/espace/sessions')).text).toContain(
    'Nouveau mot de passe demandé, par votre gestionnaire',
  );
  expect(await actsOf('send_link')).toEqual([
    expect.objectContaining({ agent: agent.email, reason: 'asked_by_phone', words: null }),
  ]);
});

it('pressed twice, and by two agents at once, it is done once', async () => {
  const who = await holder();
  const [one, other] = [new Agent(), new Agent('anne@capa.example')];
  const page = await one.open(who.path);
  const before = (await actsOf('send_link')).length;
  const said = await Promise.all([one.press(page), other.press(page), one.press(page)]);
  expect((await actsOf('send_link')).length - before).toBe(1);
  expect(mails(who.email).filter(({ subject }) => subject === 'Choisissez un mot de passe').length).toBe(1);
  expect(said.map(({ status }) => status).sort()).toEqual([200, 429, 429]);
  later(2 * MINUTE);
  const late = await other.press(page);
  expect([late.status, late.title]).toEqual([409, expect.stringMatching(/^Erreur : .* – Guichet$/)]);
  expect(late.text).toContain('Rien n’a été fait : l’état a changé');
});

it('mails keep to their caps, and the desk says when the next may leave', async () => {
  const who = await holder();
  const agent = new Agent();
  for (let nth = 0; nth < 3; nth++) {
    await agent.press(await agent.open(who.path));
    later(2 * MINUTE);
  }
  const fourth = await agent.press(await agent.open(who.path));
  expect(fourth.status).toBe(429);
  expect(fourth.text).toMatch(/plusieurs courriels l’ont déjà été. Vous pourrez recommencer à \d+ h \d\d/);
});

it('a pending account is sent its activation link again', async () => {
  const tenant = await newTenant();
  await new Visitor().post('/inscription', { ...MARIE, ...tenant, ...emails('pending@x.example.fr') });
  const first = linkIn(lastMail('pending@x.example.fr'));
  later(2 * MINUTE);
  const agent = new Agent();
  const done = await agent.press(await agent.search(tenant.reference));
  expect(done.text).toContain('Le lien vient de partir');
  expect((await new Visitor().open(first)).status).toBe(410);
  expect(
    (await new Visitor().post(linkIn(lastMail('pending@x.example.fr')), passwords(PASSWORD))).status,
  ).toBe(303);
});

it('a sign-in in pause is lifted: the holder is told, and gets in', async () => {
  const who = await holder();
  const stranger = new Visitor();
  for (let nth = 0; nth < 6; nth++)
    await stranger.post('/connexion', { identifiant: who.identifier, mot_de_passe: 'Wrong-1234' });
  const agent = new Agent();
  const page = await agent.open(who.path);
  expect(page.text).toContain('Connexion en pause, après trop de mots de passe : à nouveau possible');
  expect(page.text).toContain('5 depuis un jour');
  const done = await agent.press(page);
  expect(done.text).toContain('La pause est levée');
  expect(done.text).not.toContain('Connexion en pause');
  expect(lastMail(who.email).subject).toBe('Vous pouvez vous reconnecter');
  const elsewhere = { ...who, visitor: new Visitor() };
  await signedIn(elsewhere);
  expect((await elsewhere.visitor.open('/espace/mes-donnees')).text).toContain(
    'Pause après trop d’essais levée, par votre gestionnaire',
  );
  expect((await agent.press(page)).status).toBe(409);
  expect((await actsOf('lift_pause')).length).toBe(1);
});

it('a sign-up in pause is lifted for who has no account', async () => {
  const tenant = await newTenant();
  const visitor = new Visitor();
  for (const day of ['02', '03', '04', '05', '06', '07'])
    await visitor.post('/inscription', { ...MARIE, ...tenant, date_naissance: `${day}/01/1930` });
  const agent = new Agent();
  const page = await agent.search(tenant.reference);
  expect(page.text).toContain('Inscription en pause, après trop d’essais avec cette référence');
  expect((await agent.press(page)).text).toContain('La pause est levée');
  const again = await visitor.post('/inscription', { ...MARIE, ...tenant, ...emails('lifted@x.example.fr') });
  expect(again.location).toBe('/inscription/courriel');
});

it('a protected account: nobody is inside, the password is void, the link is in its mailbox', async () => {
  const who = await holder();
  await signedIn(who);
  const done = await new Agent().act(`${who.path}/connexions`, { motif: 'intruder' });
  expect(done.text).toContain('Les connexions sont fermées');
  expect((await who.visitor.open('/espace')).status).toBe(303);
  expect((await signedIn(who)).status).toBe(422);
  await new Visitor().post(linkIn(lastMail(who.email)), passwords('Granit-7b?'));
  expect((await signedIn(who, 'Granit-7b?')).title).toContain('Mon espace');
});

it('another address waits for its own link; the one in force is told and stays until then', async () => {
  const who = await holder();
  const done = await MANAGER().act(`${who.path}/adresse`, {
    email: 'New@x.example.fr',
    motif: 'asked_at_counter',
  });
  expect(done.text).toContain('Le lien vient de partir à la nouvelle adresse.');
  expect(lastMail(who.email).subject).toBe('Changement d’adresse demandé');
  const link = linkIn(lastMail('New@x.example.fr'));
  await new Visitor().post('/mot-de-passe-oublie', { identifiant: who.identifier });
  expect(lastMail(who.email).subject).toBe('Choisissez un mot de passe');
  await new Visitor().post(link, { identifiant: who.identifier });
  expect(lastMail(who.email).subject).toBe('Votre adresse e-mail a changé');
  expect((await new Agent().search('new@x.example.fr')).path).toBe(who.path);
});

it('an address that is none, or the same, is refused at its field', async () => {
  const who = await holder();
  const manager = MANAGER();
  for (const email of ['', 'marie', 'a@b@c.fr', who.email.toUpperCase()]) {
    const page = await manager.act(`${who.path}/adresse`, { email, motif: 'mistake' });
    expect([page.status, page.html.includes('id="email-error"')]).toEqual([422, true]);
  }
  expect(
    (await actsOf('correct_email')).filter(({ client_id }) => who.path.endsWith(`/${client_id}`)),
  ).toEqual([]);
});

it('a closed account: the holder is told and can begin again; a retained one waits for the landlord', async () => {
  const who = await holder();
  const manager = MANAGER();
  const form = { ...MARIE, ...who.tenant, ...emails('again@x.example.fr') };
  const closed = await manager.act(`${who.path}/fermeture`, { motif: 'intruder', retenir: 'oui' });
  expect(closed.text).toContain('Le compte est fermé.');
  expect(lastMail(who.email).text).toContain('voyez d’abord votre gestionnaire');
  expect((await signedIn(who)).status).toBe(422);
  const refused = await new Visitor().post('/inscription', form);
  expect([refused.status, refused.text]).toEqual([
    422,
    expect.stringContaining('Un compte ne peut pas être ouvert ici'),
  ]);
  expect(mails('again@x.example.fr')).toEqual([]);
  const reception = await new Agent().open(who.path);
  expect(reception.text).toContain('Réservé aux responsables');
  expect((await manager.act(`${who.path}/liberation`)).text).toContain('peut de nouveau ouvrir un compte');
  expect((await new Visitor().post('/inscription', form)).location).toBe('/inscription/courriel');
});

it('a client without account is retained, once', async () => {
  const tenant = await newTenant();
  const manager = MANAGER();
  const { path } = await manager.search(tenant.reference);
  expect((await manager.act(`${path}/retenue`, { motif: 'death' })).text).toContain('Retenu depuis le');
  expect((await manager.post(`${path}/retenue`, { version: '0.0', motif: 'death' })).status).toBe(409);
  expect((await actsOf('hold')).length).toBe(1);
});

it('« autre raison » asks for words; they are shown as text, invisible signs made visible', async () => {
  const who = await holder();
  const agent = new Agent();
  const empty = await agent.act(`${who.path}/connexions`, { motif: 'other' });
  expect([empty.status, empty.html]).toEqual([422, expect.stringContaining('id="precision-error"')]);
  const none = await agent.act(`${who.path}/connexions`, { motif: 'nothing' });
  expect(none.status).toBe(422);
  const turned = await agent.act(`${who.path}/connexions`, { motif: 'other', precision: 'a\u202eb' });
  expect(turned.status).toBe(422);
  await env.DB.prepare(
    "INSERT INTO acts (id, agent, kind, client_id, reason, words, at) VALUES ('x', 'accueil@capa.example', 'secure', ?, 'other', ?, ?)",
  )
    .bind(Number(who.path.split('/').at(-1)), '<b>\u202egras', Date.now())
    .run();
  const page = await agent.open(who.path);
  expect(page.html).toContain('&lt;b&gt;‹U+202E›gras');
});

it('a birth date is compared, never shown, five times an hour', async () => {
  const who = await holder();
  const agent = new Agent();
  const page = await agent.open(who.path);
  const { date_naissance: born } = who.tenant;
  expect(page.html).not.toContain(born.slice(-4));
  expect((await agent.post(`${who.path}/date`, { date: '1/1/1901' })).text).toContain('Non : ce n’est pas');
  const right = await agent.post(`${who.path}/date`, { date: born.replaceAll('/', '') });
  expect(right.text).toContain('Oui : c’est la date du fichier.');
  expect((await agent.post(`${who.path}/date`, { date: 'hier' })).status).toBe(422);
  for (let nth = 0; nth < 3; nth++) await agent.post(`${who.path}/date`, { date: '1/1/1901' });
  const sixth = await agent.post(`${who.path}/date`, { date: born });
  expect([sixth.status, sixth.text]).toEqual([
    429,
    expect.stringContaining('Vous avez comparé plusieurs fois'),
  ]);
  expect(sixth.text).not.toContain('Oui :');
  expect((await new Agent('anne@capa.example').post(`${who.path}/date`, { date: born })).text).toContain(
    'Oui :',
  );
  later(61 * MINUTE);
  expect((await agent.post(`${who.path}/date`, { date: born })).text).toContain('Oui :');
});

it('a client that vanished, or never was, has a page that says so; nothing is written', async () => {
  const before = (await actsOf('look')).length;
  for (const id of ['999999', '0', '-1', 'x', '1e3', '9'.repeat(400), '1%00'])
    expect([id, (await new Agent().open(clientOf(id))).status]).toEqual([id, 404]);
  const posted = await new Agent().post('/guichet/clients/999999/lien', { version: '1.0', motif: 'mistake' });
  expect([posted.status, posted.text]).toEqual([
    404,
    expect.stringContaining('Recherchez la personne de nouveau'),
  ]);
  expect((await actsOf('look')).length).toBe(before);
});

it('what no page sends is refused, and nothing is written', async () => {
  const who = await holder();
  for (const fields of [
    {},
    { version: 'x', motif: 'mistake' },
    { version: '1.0' },
    { version: '1.0', motif: 'mistake', precision: 'x'.repeat(301) },
  ])
    expect((await new Agent().post(`${who.path}/lien`, fields as Record<string, string>)).status).toBe(422);
});

it('looks are written down once in ten minutes, for each agent', async () => {
  const who = await holder();
  const looks = async () =>
    (await actsOf('look')).filter(({ client_id }) => who.path.endsWith(`/${client_id}`)).length;
  const before = await looks();
  const agent = new Agent('jean@capa.example');
  await agent.open(who.path);
  await agent.open(who.path);
  expect((await looks()) - before).toBe(1);
  later(11 * MINUTE);
  await agent.open(who.path);
  expect((await looks()) - before).toBe(2);
});

it('nobody changes an act, and nobody removes one for a year; then the night does', async () => {
  const run = (sql: string) => env.DB.prepare(sql).run();
  await expect(run("UPDATE acts SET agent = 'x'")).rejects.toThrow(/acts never change/);
  await expect(run('DELETE FROM acts')).rejects.toThrow(/acts stay a year/);
  await run(
    "INSERT INTO acts (id, agent, kind, at) VALUES ('old', 'a@x.fr', 'look', (unixepoch() - 366 * 86400) * 1000)",
  );
  const before = (await actsOf('look')).length;
  await runCron('23 3 * * *');
  expect((await actsOf('look')).length).toBe(before - 1);
});

it('the refused mails: whom to call, why, and no more once it is mended', async () => {
  const tenant = await newTenant();
  providerIs('E_RECIPIENT_SUPPRESSED');
  await new Visitor().post('/inscription', { ...MARIE, ...tenant, ...emails('wrong@x.example.fr') });
  providerIs('up');
  const agent = MANAGER();
  const list = await agent.open('/guichet/courriels');
  expect(list.text).toMatch(
    /lien d’activation, en attente \(un courriel précédent à cette adresse est revenu\)/,
  );
  expect(list.text).toContain('corrigez son adresse');
  expect((await agent.open('/guichet')).text).toContain('1 courriel refusé ou abandonné');
  const { path } = await agent.search(tenant.reference);
  const done = await agent.act(`${path}/adresse`, { email: 'right@x.example.fr' });
  expect(done.text).toContain('Le lien vient de partir');
  expect((await new Visitor().post(linkIn(lastMail('right@x.example.fr')), passwords(PASSWORD))).status).toBe(
    303,
  );
  expect((await agent.open('/guichet/courriels')).text).toContain('Aucun courriel refusé');
});

it('the journal: one’s own for the reception, everybody’s for a manager, with a file for the DPO', async () => {
  const who = await holder();
  const [agent, manager] = [new Agent('lea@capa.example'), MANAGER()];
  await agent.act(`${who.path}/connexions`, { motif: 'other', precision: '=1+1; "x"' });
  const own = await agent.open('/guichet/journal?agent=chef%40capa.example');
  expect(own.text).toContain('a fermé les connexions');
  expect(own.text).not.toContain('chef@capa.example a');
  const all = await manager.open('/guichet/journal?agent=lea%40capa.example&acte=secure');
  expect(all.text).toContain('lea@capa.example a fermé les connexions');
  expect(all.text).not.toContain('lea@capa.example a regardé');
  const today = new Date().toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris' });
  expect((await manager.open(`/guichet/journal?jour=${today}`)).text).toContain('lea@capa.example');
  expect((await manager.open('/guichet/journal?jour=01/01/2001')).text).toContain('Aucune ligne.');
  expect((await manager.open(`/guichet/journal?reference=${who.tenant.reference}`)).text).toContain(
    'lea@capa.example',
  );
  const file = await manager.open('/guichet/journal/export?agent=lea%40capa.example&acte=secure');
  expect(file.headers.get('content-type')).toContain('text/csv');
  expect(file.html).toContain(`;"'=1+1; ""x"""`);
  expect((await manager.open('/guichet/journal')).text).toContain(
    'chef@capa.example a pris le journal en fichier',
  );
});
