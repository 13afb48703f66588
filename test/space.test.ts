import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MINUTE } from '../src/numbers.ts';
import { createAccount, type Holder, newTenant } from './support/account.ts';
import { nextDay } from './support/clock.ts';
import { lastMail, linkIn, mails, openMailbox, provisionalIn } from './support/mailbox.ts';
import { fillEmpty, filledColumns } from './support/rows.ts';
import { emails, PASSWORD, passwords, Visitor } from './support/visitor.ts';

const NEW = 'Granit-7b?';

let holder: Holder;

// Each test has a signed-in holder of its own, on a day of its own.
beforeEach(async () => {
  nextDay();
  openMailbox();
  holder = await createAccount(await newTenant());
  openMailbox();
  await signIn(PASSWORD, holder.visitor);
});

const signIn = async (mot_de_passe: string, visitor = new Visitor()) =>
  (await visitor.post('/connexion', { identifiant: holder.identifier, mot_de_passe })).status;

describe('/espace/mot-de-passe', () => {
  it('changes the password: this session stays, the others end, a notice leaves', async () => {
    const other = new Visitor();
    await signIn(PASSWORD, other);
    const answer = await holder.visitor.post('/espace/mot-de-passe', {
      mot_de_passe_actuel: PASSWORD,
      ...passwords(NEW),
    });
    expect(answer.location).toBe('/espace');
    const done = 'Votre mot de passe est changé.';
    expect((await holder.visitor.open('/espace')).text).toContain(done);
    expect((await holder.visitor.open('/espace')).text).not.toContain(done);
    expect((await other.open('/espace')).location).toContain('/connexion');
    expect(lastMail(holder.email).subject).toBe('Votre mot de passe a changé');
    expect([await signIn(PASSWORD), await signIn(NEW)]).toEqual([422, 303]);
    // Signed out before the space was shown again: the next person finds nothing on the sign-in page.
    await holder.visitor.post('/espace/mot-de-passe', { mot_de_passe_actuel: NEW, ...passwords(PASSWORD) });
    await holder.visitor.post('/deconnexion');
    expect((await holder.visitor.open('/connexion')).html).not.toContain(holder.identifier);
  });

  it('asks for the current password, and changes nothing without it', async () => {
    for (const current of ['', 'Wrong-1234', 'x']) {
      const answer = await holder.visitor.post('/espace/mot-de-passe', {
        mot_de_passe_actuel: current,
        ...passwords(NEW),
      });
      expect(answer.status).toBe(422);
      expect(answer.html).toContain('id="mot_de_passe_actuel-error"');
    }
    expect(mails()).toHaveLength(0);
    // What is missing is named in the order of the page, with a way on for who forgot the current one.
    const empty = await holder.visitor.post('/espace/mot-de-passe', {
      mot_de_passe_actuel: '',
      ...passwords(''),
    });
    const named = [...empty.html.matchAll(/<li><a href="#(\w+)">/g)].map(([, name]) => name);
    expect(named).toEqual(['mot_de_passe_actuel', 'mot_de_passe']);
    expect(empty.html).toContain('href="/mot-de-passe-oublie"');
    expect(await signIn(PASSWORD)).toBe(303);
  });

  it('voids a reset link mailed before', async () => {
    await new Visitor().post('/mot-de-passe-oublie', { identifiant: holder.identifier });
    const link = linkIn(lastMail(holder.email));
    await holder.visitor.post('/espace/mot-de-passe', { mot_de_passe_actuel: PASSWORD, ...passwords(NEW) });
    const page = await new Visitor().open(link);
    expect([page.status, page.text]).toEqual([
      410,
      expect.stringContaining(
        'Si ce n’est pas vous qui l’avez changé, demandez un autre lien et appelez-nous.',
      ),
    ]);
    expect(page.html).toContain('href="/mot-de-passe-oublie"');
  });
});

describe('/espace/courriel', () => {
  const change = (email: string, mot_de_passe_actuel = PASSWORD) =>
    holder.visitor.post('/espace/courriel', { mot_de_passe_actuel, ...emails(email) });

  it('keeps the old address in force until the new one is confirmed, and tells both', async () => {
    expect((await change('new@x.example.fr')).location).toBe('/espace');
    const link = linkIn(lastMail('new@x.example.fr'));
    expect(lastMail('new@x.example.fr').text).not.toMatch(/NHCAPA|Bonjour \p{L}/u);
    expect(lastMail(holder.email).subject).toBe('Changement d’adresse demandé');
    expect((await holder.visitor.open('/espace')).text).toContain(
      'Un courriel vient de partir à la nouvelle adresse.',
    );
    expect((await holder.visitor.open('/espace')).text).not.toContain('Un courriel vient de partir');
    const space = await holder.visitor.open('/espace/compte');
    expect(space.text).toContain(holder.email);
    expect(space.text).toContain('En attente de confirmation : new@x.example.fr');
    for (let times = 0; times < 3; times++) await new Visitor().open(link);
    expect((await holder.visitor.open('/espace/compte')).text).toContain('En attente');
    expect((await holder.visitor.submit(link)).text).toContain('Votre adresse est confirmée');
    expect(lastMail(holder.email).subject).toBe('Votre adresse e-mail a changé');
    const after = await holder.visitor.open('/espace/compte');
    expect(after.text).toContain('new@x.example.fr');
    expect(after.text).not.toContain(holder.email);
    expect((await new Visitor().open(link)).title).toBe(
      'Cette adresse est déjà confirmée – Portail locataire',
    );
    vi.setSystemTime(Date.now() + 2 * MINUTE);
    await change('newer@x.example.fr');
    await holder.visitor.post(linkIn(lastMail('newer@x.example.fr')));
    expect((await new Visitor().open(link)).text).toContain(
      'Votre compte utilise maintenant une autre adresse',
    );
  });

  it('is confirmed on another device only with the account’s identifier', async () => {
    await change('new@x.example.fr');
    const link = linkIn(lastMail('new@x.example.fr'));
    for (const identifiant of ['', 'NHCAPAL000000']) {
      const refused = await new Visitor().post(link, { identifiant });
      expect(refused.status).toBe(422);
      expect(refused.html).toContain('id="identifiant-error"');
      expect(refused.html).toContain('href="/identifiant-oublie"');
    }
    expect((await new Visitor().post(link, { identifiant: holder.identifier.toLowerCase() })).location).toBe(
      '/courriel/confirmee',
    );
    expect((await holder.visitor.open('/espace/compte')).text).toContain('new@x.example.fr');
  });

  it('is not confirmed by somebody else’s session', async () => {
    await change('new@x.example.fr');
    const stranger = await createAccount({
      reference: '498',
      nom: 'LUCIANI',
      prenom: 'JOSÉ',
      date_naissance: '18/08/1971',
    });
    await stranger.visitor.post('/connexion', { identifiant: stranger.identifier, mot_de_passe: PASSWORD });
    expect((await stranger.visitor.post(linkIn(lastMail('new@x.example.fr')))).status).toBe(422);
  });

  it('can be cancelled, and the mailed link says so', async () => {
    await change('new@x.example.fr');
    await holder.visitor.post('/espace/courriel', { annuler: 'oui' });
    expect((await holder.visitor.open('/espace')).text).toContain('Le changement d’adresse est annulé.');
    expect((await holder.visitor.open('/espace/compte')).text).not.toContain('En attente');
    const page = await holder.visitor.open(linkIn(lastMail('new@x.example.fr')));
    expect([page.status, page.title]).toEqual([410, 'Ce changement a été annulé – Portail locataire']);
  });

  it('survives a reset request, and voids reset links sent to the old address', async () => {
    await change('new@x.example.fr');
    const confirm = linkIn(lastMail('new@x.example.fr'));
    await new Visitor().post('/mot-de-passe-oublie', { identifiant: holder.identifier });
    const reset = linkIn(lastMail(holder.email));
    expect((await holder.visitor.post(confirm)).location).toBe('/courriel/confirmee');
    const dead = await new Visitor().open(reset);
    expect(dead.status).toBe(410);
    expect(dead.text).toContain('L’adresse e-mail du compte a changé après l’envoi de ce lien.');
    expect((await new Visitor().post(reset, passwords(NEW))).status).toBe(410);
  });

  const resetLink = async () => {
    await new Visitor().post('/mot-de-passe-oublie', { identifiant: holder.identifier });
    return linkIn(lastMail(holder.email));
  };
  const newPassword = { mot_de_passe_actuel: PASSWORD, ...passwords(NEW) };

  it.each([
    ['« ce n’est pas moi »', () => holder.visitor.post('/espace/sessions', { pas_moi: 'oui' })],
    ['another password', () => holder.visitor.post('/espace/mot-de-passe', newPassword)],
    ['a password chosen by a mailed link', async () => new Visitor().post(await resetLink(), passwords(NEW))],
    [
      'a provisional password',
      async () => {
        await new Visitor().post(`${await resetLink()}/provisoire`, { identifiant: holder.identifier });
        const mot_de_passe = provisionalIn(lastMail(holder.email));
        return new Visitor().post('/connexion', { identifiant: holder.identifier, mot_de_passe });
      },
    ],
  ])('asked for by a stranger, does not survive %s', async (_, takeBack) => {
    await change('stranger@x.example.fr');
    const link = linkIn(lastMail('stranger@x.example.fr'));
    expect((await takeBack()).status).toBe(303);
    const dead = await new Visitor().post(link, { identifiant: holder.identifier });
    expect([dead.status, dead.title]).toEqual([410, 'Ce changement a été annulé – Portail locataire']);
  });

  it('asks for the password, another address than before, and the same twice', async () => {
    expect((await change('new@x.example.fr', 'Wrong-1234')).html).toContain('id="mot_de_passe_actuel-error"');
    expect((await change(holder.email)).text).toContain('C’est déjà l’adresse de votre compte.');
    const differ = {
      mot_de_passe_actuel: PASSWORD,
      email: 'a@x.example.fr',
      email_confirmation: 'b@x.example.fr',
    };
    const answer = await holder.visitor.post('/espace/courriel', differ);
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('value="a@x.example.fr"');
    expect(mails()).toHaveLength(0);
  });

  it('is capped: three an hour, then a time to come back at', async () => {
    for (const name of ['a', 'b', 'c']) expect((await change(`${name}@x.example.fr`)).status).toBe(303);
    const answer = await change('d@x.example.fr');
    expect(answer.status).toBe(429);
    expect(answer.text).toMatch(/Vous pourrez recommencer (à|le) /);
    expect((await holder.visitor.open('/espace/compte')).text).toContain('c@x.example.fr');
  });
});

describe('/espace/sessions', () => {
  it('shows the devices and what happened, and ends one or all the others', async () => {
    const [one, two] = [new Visitor(), new Visitor()];
    await signIn(PASSWORD, one);
    await signIn(PASSWORD, two);
    const page = await holder.visitor.open('/espace/sessions');
    expect(page.text).toContain('Cet appareil (iPhone)');
    expect(page.text).toContain('Connexion, iPhone');
    const ids = [...page.html.matchAll(/name="session" value="(\w+)"/g)].map(([, id = '']) => id);
    expect(ids).toHaveLength(2);
    await holder.visitor.post('/espace/sessions', { session: ids[0] ?? '' });
    const alive = await Promise.all(
      [one, two].map(async (visitor) => (await visitor.open('/espace')).status),
    );
    expect(alive.sort()).toEqual([200, 303]);
    await holder.visitor.post('/espace/sessions', { toutes: 'oui' });
    expect((await two.open('/espace')).status + (await one.open('/espace')).status).toBe(606);
    expect((await holder.visitor.open('/espace')).status).toBe(200);
  });

  it('does not reach another account’s session', async () => {
    const stranger = await createAccount({
      reference: '500',
      nom: 'BATTESTI',
      prenom: 'NOËL',
      date_naissance: '25/12/1947',
    });
    await stranger.visitor.post('/connexion', { identifiant: stranger.identifier, mot_de_passe: PASSWORD });
    const { results } = await env.DB.prepare('SELECT id FROM sessions').all<{ id: string }>();
    for (const { id } of results) await holder.visitor.post('/espace/sessions', { session: id });
    expect((await stranger.visitor.open('/espace')).status).toBe(200);
  });

  it('« ce n’est pas moi » ends all sessions and mails a reset link', async () => {
    const answer = await holder.visitor.post('/espace/sessions', { pas_moi: 'oui' });
    expect(answer.location).toBe('/connexion');
    expect((await holder.visitor.open('/connexion')).text).toContain(
      'Toutes les connexions sont fermées, et l’ancien mot de passe ne sert plus.',
    );
    expect((await holder.visitor.open('/espace')).status).toBe(303);
    expect((await new Visitor().post(linkIn(lastMail(holder.email)), passwords(NEW))).status).toBe(303);
  });
});

it('/espace/donnees is complete, mine only, and holds nothing that opens the account', async () => {
  const answer = await holder.visitor.open('/espace/donnees');
  expect(answer.headers.get('content-type')).toContain('application/json');
  expect(answer.headers.get('content-disposition')).toContain('mes-donnees.json');
  const data = JSON.parse(answer.html);
  expect(Object.keys(data)).toEqual(['account', 'client', 'sessions', 'passkeys', 'mails', 'events']);
  expect(data.account).toMatchObject({ identifier: holder.identifier, email: holder.email, state: 'active' });
  expect(data.mails.map(({ kind }: { kind: string }) => kind)).toEqual(['activation', 'account_created']);
  // Devices in words, as on the pages.
  expect(new Set(data.sessions.map(({ device }: { device: string }) => device))).toEqual(new Set(['iPhone']));
  expect(answer.html).not.toMatch(/hash|nonce|argon2/i);
  const all = await env.DB.prepare('SELECT identifier FROM accounts WHERE identifier <> ?')
    .bind(holder.identifier)
    .all();
  for (const { identifier } of all.results) expect(answer.html).not.toContain(String(identifier));
});

describe('/espace/fermeture', () => {
  it('closes the account, erases what is personal, keeps the identifier, and the person can sign up again', async () => {
    const mine = `identifier = '${holder.identifier}'`;
    await fillEmpty('accounts', mine);
    const answer = await holder.visitor.post('/espace/fermeture', { mot_de_passe_actuel: PASSWORD });
    expect(answer.location).toBe('/connexion');
    expect((await holder.visitor.open('/connexion')).text).toContain('Votre compte est fermé.');
    expect((await holder.visitor.open('/connexion')).text).not.toContain('Votre compte est fermé.');
    expect(lastMail(holder.email).subject).toBe('Votre compte est fermé');
    const row = await env.DB.prepare('SELECT * FROM accounts WHERE identifier = ?')
      .bind(holder.identifier)
      .first();
    expect(row).toMatchObject({ state: 'closed', identifier: holder.identifier });
    expect((await filledColumns('accounts', mine)).sort()).toEqual([
      ...['activated_at', 'client_id', 'closed_at', 'created_at', 'email_version'],
      ...['id', 'identifier', 'link_version', 'state'],
    ]);
    expect(await signIn(PASSWORD)).toBe(422);
    const client = await env.DB.prepare('SELECT * FROM clients WHERE id = ?').bind(row?.client_id).first();
    const again = await createAccount({
      reference: String(client?.reference),
      nom: String(client?.family_name),
      prenom: String(client?.given_name),
      date_naissance: String(client?.birth_date),
    });
    expect(again.identifier).not.toBe(holder.identifier);
  });

  it('asks for the password first', async () => {
    for (const mot_de_passe_actuel of ['', 'Wrong-1234']) {
      expect((await holder.visitor.post('/espace/fermeture', { mot_de_passe_actuel })).status).toBe(422);
    }
    expect((await holder.visitor.open('/espace')).status).toBe(200);
  });
});

it('a form posted after the session ended is not lost silently, and leads back', async () => {
  vi.setSystemTime(Date.now() + 31 * MINUTE);
  const fields = { mot_de_passe_actuel: PASSWORD, ...emails('new@x.example.fr') };
  const page = await holder.visitor.post('/espace/courriel', fields);
  expect(page.status).toBe(401);
  expect(page.text).toContain('Votre session a pris fin');
  expect(page.text.match(/new@x\.example\.fr/g)).toHaveLength(1);
  expect(page.text).toContain('Vous aviez écrit : Adresse e-mail : new@x.example.fr');
  expect(page.html).not.toContain(PASSWORD);
  expect(page.html).toContain('href="/connexion?suite=%2Fespace%2Fcourriel"');
  const back = { identifiant: holder.identifier, mot_de_passe: PASSWORD, suite: '/espace/courriel' };
  expect((await holder.visitor.post('/connexion', back)).location).toBe('/espace/courriel');
  expect(mails('new@x.example.fr')).toHaveLength(0);
});
