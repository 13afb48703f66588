import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, MINUTE } from '../src/numbers.ts';
import { newTenant } from './support/account.ts';
import { identifierIn, lastMail, linkIn, mails, openMailbox } from './support/mailbox.ts';
import { emails, MARIE, PASSWORD, passwords, runCron, Visitor } from './support/visitor.ts';

beforeEach(() => {
  openMailbox();
  vi.useRealTimers();
});

/** A sign-up by the next client; the link of its mail. */
async function mailedLink(
  email = 'someone@example.fr',
): Promise<{ visitor: Visitor; link: string; form: typeof MARIE }> {
  const visitor = new Visitor();
  const form = { ...MARIE, ...(await newTenant()), ...emails(email) };
  expect((await visitor.post('/inscription', form)).status).toBe(303);
  return { visitor, link: linkIn(lastMail(email)), form };
}

const newestAccount = () => env.DB.prepare('SELECT * FROM accounts ORDER BY id DESC LIMIT 1').first();

describe('GET /activation/:token', () => {
  it('says whose account it is, shows the identifier and the rule, and offers to save both', async () => {
    const { visitor, link } = await mailedLink();
    const page = await visitor.open(link);
    expect(page.text).toMatch(/Bonjour Lucie Votre identifiant de connexion est : NHCAPAL \d{3} \d{3}/);
    for (const line of [
      '8 caractères',
      'Une majuscule',
      'Une minuscule',
      'Un chiffre',
      'Un caractère spécial',
    ]) {
      expect(page.text).toContain(line);
    }
    expect(page.html).toMatch(/name="username" value="NHCAPAL\d{6}" autocomplete="username"/);
    expect(page.html.match(/autocomplete="new-password"/g)).toHaveLength(2);
    expect(page.html).toMatch(/<a class="button second" href="\/connexion">Retour/);
  });

  it('changes nothing, however often mail scanners open it', async () => {
    const { link } = await mailedLink();
    const before = await newestAccount();
    for (let times = 0; times < 5; times++) expect((await new Visitor().open(link)).status).toBe(200);
    for (let times = 0; times < 3; times++) expect((await new Visitor().open(link, 'HEAD')).status).toBe(200);
    expect(await newestAccount()).toEqual(before);
    expect(mails()).toHaveLength(1);
    expect((await new Visitor().post(link, passwords(PASSWORD))).status).toBe(303);
  });

  it('works on another device than the one that asked', async () => {
    const { link } = await mailedLink();
    const phone = new Visitor();
    expect((await phone.submit(link, passwords(PASSWORD))).text).toContain('Votre compte vient d’être créé.');
  });
});

describe('POST /activation/:token', () => {
  it('has one winner, one identifier mail and one password out of forty parallel uses', async () => {
    const { link } = await mailedLink('winner@example.fr');
    const tries = Array.from({ length: 40 }, (_, nth) => ({
      visitor: new Visitor('198.51.100.7'),
      password: `Maquis-${nth}a!`,
    }));
    const answers = await Promise.all(
      tries.map(({ visitor, password }) => visitor.post(link, passwords(password))),
    );
    const won = answers.flatMap(({ status }, nth) => (status === 303 ? [nth] : []));
    expect(won).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(39);
    await runCron();
    expect(mails('winner@example.fr')).toHaveLength(2);
    const identifier = identifierIn(lastMail('winner@example.fr'));
    const winner = tries[won[0] ?? 0]?.password ?? '';
    expect(
      (await new Visitor().post('/connexion', { identifiant: identifier, mot_de_passe: winner })).status,
    ).toBe(303);
    const loser = `Maquis-${won[0] === 0 ? 1 : 0}a!`;
    expect(
      (await new Visitor().post('/connexion', { identifiant: identifier, mot_de_passe: loser })).status,
    ).toBe(422);
  });

  it('says which lines of the rule are missing, keeps no password, and the link stays good', async () => {
    const { visitor, link } = await mailedLink();
    const weak = await visitor.post(link, passwords('maquis'));
    expect(weak.status).toBe(422);
    expect(weak.title).toMatch(/^Erreur : /);
    expect(weak.text).toContain(
      'Il manquait des caractères (8 au moins), une majuscule, un chiffre et un caractère spécial (par exemple ! à la fin). Indiquez de nouveau le mot de passe en entier, dans les deux cases.',
    );
    expect(weak.html).not.toContain('maquis');
    const different = await visitor.post(link, { mot_de_passe: PASSWORD, confirmation: `${PASSWORD}x` });
    expect(different.html).toContain('id="confirmation-error">Les deux mots de passe ne sont pas les mêmes.');
    const empty = await visitor.post(link, { mot_de_passe: '', confirmation: '' });
    expect(empty.html).toContain('id="mot_de_passe-error">Indiquez votre nouveau mot de passe.');
    expect((await visitor.post(link, passwords('x'.repeat(129)))).text).toContain('128 caractères au plus');
    expect((await visitor.post(link, passwords(PASSWORD))).status).toBe(303);
  });

  it('ends the session of whoever was signed in on this phone', async () => {
    const first = await mailedLink();
    await first.visitor.post(first.link, passwords(PASSWORD));
    const identifier = identifierIn(lastMail('someone@example.fr'));
    await first.visitor.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
    const cookie = first.visitor.cookies.get('__Host-session') ?? '';
    const second = await mailedLink('other@example.fr');
    await first.visitor.post(second.link, passwords(PASSWORD));
    expect(first.visitor.cookies.has('__Host-session')).toBe(false);
    first.visitor.cookies.set('__Host-session', cookie);
    expect((await first.visitor.open('/espace')).location).toContain('/connexion');
  });
});

describe('GET /activation/compte-cree', () => {
  it('survives a reload, belongs to this browser for half an hour, and no address holds the identifier', async () => {
    const { visitor, link } = await mailedLink();
    expect((await visitor.post(link, passwords(PASSWORD))).location).toBe('/activation/compte-cree');
    const cookie = visitor.cookies.get('__Host-cree') ?? '';
    for (let times = 0; times < 2; times++) {
      expect((await visitor.open('/activation/compte-cree')).text).toMatch(/NHCAPAL \d{3} \d{3}/);
    }
    expect((await new Visitor().open('/activation/compte-cree')).location).toBe('/connexion');
    vi.setSystemTime(Date.now() + 31 * MINUTE);
    visitor.cookies.set('__Host-cree', cookie);
    expect((await visitor.open('/activation/compte-cree')).location).toBe('/connexion');
  });
});

describe('a dead link', () => {
  const endingOf = async (visitor: Visitor, link: string) => {
    const page = await visitor.open(link);
    expect(page.html).not.toContain('mot_de_passe');
    // The form that still lies open in another tab gets the same answer as the link.
    const posted = await visitor.post(link, passwords(PASSWORD));
    expect([posted.status, posted.title]).toEqual([page.status, page.title]);
    return page;
  };

  it('already used: says so and leads to the sign-in', async () => {
    const { visitor, link } = await mailedLink();
    await visitor.post(link, passwords('Granite-2b!'));
    const page = await endingOf(visitor, link);
    expect([page.status, page.title]).toEqual([410, 'Ce lien a déjà servi – Portail locataire']);
    expect(page.html).toContain('href="/connexion"');
  });

  it('expired: says so and sends a new one in one tap, to the same address', async () => {
    const { visitor, link } = await mailedLink('late@example.fr');
    vi.setSystemTime(Date.now() + 3 * DAY - 1000);
    expect((await visitor.open(link)).status).toBe(200);
    vi.setSystemTime(Date.now() + 1000);
    const page = await endingOf(visitor, link);
    expect([page.status, page.title]).toEqual([410, 'Ce lien n’est plus valable – Portail locataire']);
    expect(page.html).toContain(`action="${link}/nouveau-lien"`);
    // Whoever holds the old link gets a mail sent, and nothing else: no address to read or to correct.
    const stranger = new Visitor();
    const sent = await stranger.submit(`${link}/nouveau-lien`);
    expect([sent.status, sent.title]).toEqual([200, 'Un nouveau courriel est parti – Portail locataire']);
    expect(sent.text).not.toContain('late@');
    expect([...stranger.cookies.keys()]).toEqual([]);
    for (const path of ['/inscription/courriel', '/inscription/courriel/adresse'])
      expect((await stranger.open(path)).text).not.toContain('late@');
    await stranger.post('/inscription/courriel/adresse', emails('thief@x.example.fr'));
    expect(mails('thief@x.example.fr')).toEqual([]);
    expect((await visitor.open(linkIn(lastMail('late@example.fr')))).status).toBe(200);
    expect((await visitor.open(link)).title).toBe(
      'Un lien plus récent vous a été envoyé – Portail locataire',
    );
    await visitor.post(`${link}/nouveau-lien`);
    expect(mails('late@example.fr')).toHaveLength(2);
  });

  it('of a client who left: says so, and whom to call', async () => {
    const { visitor, link, form } = await mailedLink();
    const left = env.DB.prepare('UPDATE clients SET left_at = ? WHERE reference = ?');
    await left.bind(Date.now() - 90 * DAY, form.reference).run();
    const page = await endingOf(visitor, link);
    expect([page.status, page.title]).toEqual([410, 'Ce compte ne peut pas être ouvert – Portail locataire']);
    await left.bind(null, form.reference).run();
    expect((await visitor.open(link)).status).toBe(200);
  });

  it('of an account that is closed: says so', async () => {
    const { visitor, link, form } = await mailedLink();
    const close = `UPDATE accounts SET state = 'closed', email = NULL
      WHERE client_id = (SELECT id FROM clients WHERE reference = ?)`;
    await env.DB.prepare(close).bind(form.reference).run();
    expect((await endingOf(visitor, link)).title).toBe('Ce compte est fermé – Portail locataire');
  });

  it('well-formed but unknown: proposes to try again in a minute', async () => {
    const page = await endingOf(new Visitor(), `/activation/${'A'.repeat(43)}`);
    expect(page.status).toBe(410);
    expect(page.text).toContain('attendez une minute');
  });

  it.each(['A', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}%20`, `${'A'.repeat(42)}=`])(
    'malformed (%s): 404',
    async (token) => {
      const page = await new Visitor().open(`/activation/${token}`);
      expect([page.status, page.title]).toEqual([404, 'Ce lien est incomplet – Portail locataire']);
    },
  );
});

it('keeps no mailed token in clear, neither in D1 nor in KV', async () => {
  const { link } = await mailedLink();
  const token = link.split('/').at(-1) ?? '';
  const { keys } = await env.TOKENS.list();
  expect(keys.length).toBeGreaterThan(0);
  const kept = [...keys.map(({ name }) => name)];
  for (const table of ['accounts', 'mails', 'events', 'attempts', 'sessions']) {
    kept.push(JSON.stringify((await env.DB.prepare(`SELECT * FROM ${table}`).all()).results));
  }
  expect(kept.join('\n')).not.toContain(token);
  expect(keys.every(({ name }) => /^activation:[0-9a-f]{64}$/.test(name))).toBe(true);
});
