import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, MINUTE } from '../src/numbers.ts';
import { lastMail, linkIn, mails, openMailbox } from './support/mailbox.ts';
import { emails, MARIE, PASSWORD, passwords, Visitor } from './support/visitor.ts';

beforeEach(() => {
  openMailbox();
  vi.useRealTimers();
});

const tenant = (
  reference: string,
  nom: string,
  prenom: string,
  date_naissance: string,
  email = `${nom.toLowerCase()}@x.example.fr`,
) => ({
  ...MARIE,
  reference,
  nom,
  prenom,
  date_naissance,
  ...emails(email),
});

async function countAccounts(reference: string): Promise<number> {
  const count =
    'SELECT count(*) AS n FROM accounts JOIN clients ON clients.id = client_id WHERE reference = ?';
  return (await env.DB.prepare(count).bind(reference).first<number>('n')) ?? 0;
}

describe('GET /inscription', () => {
  it('shows every field of the leaflet with its label and its star', async () => {
    const page = await new Visitor().open('/inscription');
    const labels = [
      'Vous êtes',
      'Locataire',
      'Fournisseur',
      'Référence client',
      'Nom',
      'Prénom',
      'Date de naissance',
      'Adresse e-mail',
      'Confirmation de votre adresse e-mail',
      'Raison sociale',
      'Numéro SIRET',
    ];
    for (const label of labels) expect(page.text).toContain(label);
    expect(page.html.match(/class="star"/g)).toHaveLength(9);
    expect(page.text).toMatch(/Créer mon compte Retour/);
    for (const name of ['profil', 'reference', 'nom', 'email']) {
      const times = page.html.match(new RegExp(`<input[^>]* name="${name}"`, 'g'))?.length;
      expect([name, times]).toEqual([name, name === 'profil' ? 2 : 1]);
    }
  });
});

describe('POST /inscription', () => {
  it('opens a pending account and mails the activation link, with neither name nor identifier in it', async () => {
    const visitor = new Visitor();
    const answer = await visitor.post(
      '/inscription',
      tenant('472', 'Casanova', 'Jean-Baptiste', '03/11/1948'),
    );
    expect([answer.status, answer.location]).toEqual([303, '/inscription/courriel']);
    const mail = lastMail('casanova@x.example.fr');
    for (const part of [mail.text, mail.html]) {
      expect(part).not.toMatch(/casanova|jean|NHCAPA/i);
    }
    expect(await countAccounts('472')).toBe(1);
  });

  it('gives one account and one mail when the same form is posted twenty times at once', async () => {
    const form = tenant('484', 'Santoni', 'Toussaint', '01/11/1955');
    const visitors = Array.from({ length: 20 }, () => new Visitor('198.51.100.1'));
    const answers = await Promise.all(visitors.map((visitor) => visitor.post('/inscription', form)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(303));
    expect(await countAccounts('484')).toBe(1);
    expect(mails()).toHaveLength(1);
    const waiting = await Promise.all(visitors.map((visitor) => visitor.open('/inscription/courriel')));
    expect(waiting.every(({ text }) => text.includes('santoni@x.example.fr'))).toBe(true);
  });

  it('renews a pending account at another address: the first link says so, the second works', async () => {
    const form = tenant('485', 'Giacometti', 'Seraphine', '05/03/1931', 'wrong@x.example.fr');
    await new Visitor().post('/inscription', form);
    const visitor = new Visitor();
    await visitor.post('/inscription', { ...form, ...emails('right@x.example.fr') });
    expect(await countAccounts('485')).toBe(1);
    const old = await visitor.open(linkIn(lastMail('wrong@x.example.fr')));
    expect([old.status, old.title]).toEqual([410, 'L’adresse e-mail a été corrigée – Portail locataire']);
    expect((await visitor.open(linkIn(lastMail('right@x.example.fr')))).status).toBe(200);
  });

  it('tells who has an active account so, and mails the ways in to its address, not to the one typed', async () => {
    const form = tenant('486', 'Le Goff', 'Yann', '28/10/1982', 'yann.legoff@example.fr');
    const visitor = new Visitor();
    await visitor.post('/inscription', form);
    await visitor.post(linkIn(lastMail(form.email)), passwords(PASSWORD));
    openMailbox();
    const answer = await new Visitor().post('/inscription', { ...form, ...emails('other@x.example.fr') });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Un compte existe déjà pour cette personne.');
    expect(answer.text).toContain('Vous n’avez pas ouvert ce compte');
    expect(answer.html).toContain('value="other@x.example.fr"');
    expect(mails().map(({ to }) => to)).toEqual([form.email]);
    expect(lastMail(form.email).text).toMatch(/NHCAPAL\d{6}/);
    expect(await countAccounts('486')).toBe(1);
  });

  it('warns the address of the landlord’s file when another one is typed, without a link', async () => {
    const form = tenant('490', 'Mattei', 'Don Jacques', '09/09/1951');
    await env.DB.prepare("UPDATE clients SET email = 'known@file.example.fr' WHERE reference = '490'").run();
    await new Visitor().post('/inscription', form);
    expect(
      mails()
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['known@file.example.fr', form.email].sort());
    const notice = lastMail('known@file.example.fr');
    expect(notice.text).toContain('avec une autre adresse e-mail');
    expect(notice.text + notice.html).not.toMatch(/https?:|mattei|jacques|NHCAPA/i);
  });

  it('says at once that nothing matches, keeps what was typed, and tells not which item differs', async () => {
    const wrongs = [
      { reference: '999' },
      { nom: 'Casanova' },
      { prenom: 'Anne' },
      { date_naissance: '15/07/1956' },
    ];
    const sentences = new Set<string>();
    for (const wrong of wrongs) {
      const answer = await new Visitor().post('/inscription', { ...MARIE, ...wrong });
      expect(answer.status).toBe(422);
      expect(answer.title).toBe('Erreur : Créer votre espace client – Portail locataire');
      for (const value of Object.values({ ...MARIE, ...wrong }).filter(Boolean))
        expect(answer.html).toContain(`"${value}"`);
      sentences.add(/role="alert".*?<\/div>/s.exec(answer.html)?.[0] ?? '');
    }
    expect([...sentences]).toHaveLength(1);
    expect([...sentences][0]).toContain('Nous ne trouvons personne avec ces informations.');
    expect(mails()).toHaveLength(0);
  });

  it('refuses a client who left once the grace is over, and says whom to call', async () => {
    const left = (days: number) =>
      env.DB.prepare("UPDATE clients SET left_at = ? WHERE reference = '494'")
        .bind(Date.now() - days * DAY)
        .run();
    const form = tenant('494', 'Quilichini', 'Saveria', '31/01/1958');
    await left(91);
    const refused = await new Visitor().post('/inscription', form);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('votre contrat avec nous a pris fin');
    expect(mails()).toHaveLength(0);
    await left(89);
    expect((await new Visitor().post('/inscription', form)).status).toBe(303);
  });

  it('asks for the tenant number when the lease reference was copied', async () => {
    const answer = await new Visitor().post('/inscription', { ...MARIE, reference: '010000010003' });
    expect(answer.status).toBe(422);
    expect(answer.html).toMatch(
      /id="reference-error">Ce numéro à 12 chiffres est la référence de votre bail/,
    );
  });

  it('ignores the other kind’s fields, whatever is in them', async () => {
    const form = tenant('498', 'Luciani', 'José', '18/08/1971');
    const answer = await new Visitor().post('/inscription', {
      ...form,
      siret: 'not a siret',
      raison_sociale: '\u0000',
    });
    expect(answer.status).toBe(303);
  });
});

describe('the counters of failed identities', () => {
  const guess = (day: number, network: string) =>
    new Visitor(network).post(
      '/inscription',
      tenant('488', 'Paoli', 'Pascal', `${String(day).padStart(2, '0')}/03/1975`),
    );
  const right = (network: string) =>
    new Visitor(network).post('/inscription', tenant('488', 'Paoli', 'Pascal', '06/04/1975'));

  it('stop a network after five guesses, exactly, even in parallel, and only that network', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, day) => guess(day + 1, '203.0.113.1')));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 422)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
    const stopped = await right('203.0.113.1');
    expect(stopped.status).toBe(429);
    expect(stopped.text).toMatch(
      /Trop d’essais avec ces informations : réessayez le \d+(er)? \p{L}+ \d{4} à \d+ h \d\d/u,
    );
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(86_000);
    expect((await right('203.0.113.2')).status).toBe(303);
  });

  it('stop everybody for a reference after twenty-five guesses from many networks, until the next day', async () => {
    const form = (day: number) =>
      tenant('500', 'Battesti', 'Noël', `${String(day).padStart(2, '0')}/01/1947`);
    for (let day = 1; day <= 25; day++) {
      expect((await new Visitor(`203.0.113.${50 + day}`).post('/inscription', form(day))).status).toBe(422);
    }
    const rightForm = tenant('500', 'Battesti', 'Noël', '25/12/1947');
    expect((await new Visitor().post('/inscription', rightForm)).status).toBe(429);
    vi.setSystemTime(Date.now() + DAY + MINUTE);
    expect((await new Visitor().post('/inscription', rightForm)).status).toBe(303);
  });

  it('count the same wrong data once, badly shaped input never, and give a right try back', async () => {
    const wrong = tenant('501', 'Ceccaldi', 'Marie', '16/08/1936');
    const network = '203.0.113.200';
    for (let times = 0; times < 8; times++) {
      expect((await new Visitor(network).post('/inscription', wrong)).status).toBe(422);
      expect(
        (await new Visitor(network).post('/inscription', { ...wrong, date_naissance: `${times}` })).status,
      ).toBe(422);
    }
    const rightForm = { ...wrong, date_naissance: '15/08/1936' };
    for (let times = 0; times < 8; times++) {
      expect((await new Visitor(network).post('/inscription', rightForm)).status).toBe(303);
    }
    for (let day = 17; day <= 20; day++) {
      const other = { ...wrong, date_naissance: `${day}/08/1936` };
      expect((await new Visitor(network).post('/inscription', other)).status).toBe(422);
    }
    expect((await new Visitor(network).post('/inscription', rightForm)).status).toBe(429);
  });

  it('shut no neighbour’s door: five wrong tries on 494, which may mean 49, leave 495 open to who is right', async () => {
    const network = '203.0.113.210';
    const wrong = (reference: string, name: string) =>
      new Visitor(network).post('/inscription', tenant(reference, name, 'Anne', '01/01/1960'));
    for (const name of ['Une', 'Deux', 'Trois', 'Quatre', 'Cinq']) {
      expect((await wrong('494', name)).status).toBe(422);
    }
    expect((await wrong('495', 'Six')).status).toBe(429);
    const neighbour = tenant('495', 'Pozzo di Borgo', 'Charles-André', '08/03/1964', 'pozzo@x.example.fr');
    expect((await new Visitor(network).post('/inscription', neighbour)).status).toBe(303);
    const stopped = tenant('494', 'Quilichini', 'Saveria', '31/01/1958');
    expect((await new Visitor(network).post('/inscription', stopped)).status).toBe(429);
  });

  it('judge no guess for free while a neighbour’s counter is full', async () => {
    const network = '203.0.113.211';
    const guess = (reference: string, day: number, month = '04') =>
      new Visitor(network).post(
        '/inscription',
        tenant(reference, 'Albertini', 'Rose', `${String(day).padStart(2, '0')}/${month}/19${day + 30}`),
      );
    for (let day = 1; day <= 5; day++) await guess('49', day);
    for (let day = 6; day <= 10; day++) expect((await guess('496', day)).status).toBe(429);
    const right = tenant('496', 'Albertini', 'Rose', '27/05/1942');
    expect((await new Visitor(network).post('/inscription', right)).status).toBe(429);
    expect((await new Visitor().post('/inscription', right)).status).toBe(303);
  });

  it('stop who knows the person and tries the references, in however many ways the names are written', async () => {
    const network = '203.0.113.212';
    const thief = (reference: string, nom: string, prenom: string) =>
      new Visitor(network).post(
        '/inscription',
        tenant(reference, nom, prenom, '02/02/1933', 'thief@x.example.fr'),
      );
    for (let nth = 0; nth < 5; nth++) {
      const names = [`Susini / ${'ABCDE'[nth]}`, 'Ange'] as const;
      expect((await thief(`7${nth}1`, ...names)).status).toBe(422);
    }
    expect((await thief('761', 'Susini', 'Ange XB')).status).toBe(429);
    expect((await thief('480', 'Susini', 'Ange')).status).toBe(429);
    expect((await thief('480', 'Ange', 'Susini')).status).toBe(429);
  });

  it('say how many tries are left before the last one', async () => {
    const network = '203.0.113.213';
    const said: string[] = [];
    for (let day = 1; day <= 5; day++) {
      const wrong = tenant('483', 'Da Silva', 'Maria', `0${day}/05/1967`, 'maria@x.example.fr');
      const { html, text } = await new Visitor(network).post('/inscription', wrong);
      // With the last try the form goes, and what is left is to ask the landlord.
      const [again, help] = ['/inscription', '/inscription/aide'].map((to) =>
        html.includes(`action="${to}"`),
      );
      expect([day, again, help]).toEqual([day, day < 5, true]);
      said.push(/(Encore \d essais?|C’était le dernier essai) pour aujourd’hui/.exec(text)?.[1] ?? '');
      expect(text).toMatch(/avec vous\. Téléphone : 04 95 22 10 42/);
    }
    expect(said).toEqual(['', '', 'Encore 2 essais', 'Encore 1 essai', 'C’était le dernier essai']);
  });

  it('leave nothing in the table that was typed', async () => {
    const rows = await env.DB.prepare('SELECT key FROM attempts').all<{ key: string }>();
    expect(rows.results.length).toBeGreaterThan(10);
    expect(rows.results.every(({ key }) => /^[\w-]{43}$/.test(key))).toBe(true);
  });
});

it('caps the mails of an account: three addresses an hour, then a time to come back at', async () => {
  const form = tenant('489', 'Paoli', 'Pascale', '06/04/1975');
  for (const name of ['one', 'two', 'three']) {
    expect(
      (await new Visitor().post('/inscription', { ...form, ...emails(`${name}@x.example.fr`) })).status,
    ).toBe(303);
  }
  const stopped = await new Visitor().post('/inscription', { ...form, ...emails('four@x.example.fr') });
  expect(stopped.status).toBe(429);
  expect(stopped.text).toMatch(/Vous pourrez en demander un autre (à|le) /);
  expect(mails()).toHaveLength(3);
  expect((await new Visitor().open(linkIn(lastMail('three@x.example.fr')))).status).toBe(200);
});

it('draws seven digits once one six-digit number in five is taken', async () => {
  const fill = (id: number) =>
    env.DB.prepare(
      `INSERT INTO accounts (id, client_id, identifier, state, created_at)
       SELECT ?1, (SELECT id FROM clients WHERE reference = '1024'), 'NHCAPAF' || ?1, 'closed', 0`,
    ).bind(id);
  const drawn = () =>
    env.DB.prepare("SELECT identifier FROM accounts WHERE state = 'pending' ORDER BY id DESC").first<string>(
      'identifier',
    );
  await fill(199_998).run();
  await new Visitor().post('/inscription', tenant('1025', 'Sebastiani', 'Élodie', '14/02/1996'));
  expect(await drawn()).toMatch(/^NHCAPAL\d{6}$/);
  await fill(200_000).run();
  await new Visitor().post('/inscription', tenant('491', 'Rossi', 'Laetitia', '22/07/1978'));
  expect(await drawn()).toMatch(/^NHCAPAL\d{7}$/);
});
