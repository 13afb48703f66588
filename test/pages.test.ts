// What every page keeps to, whoever opens it: where its parts stand, and what its words may not do.

import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import map from '../src/index.tsx?raw';
import { MINUTE } from '../src/numbers.ts';
import { createAccount, type Holder, newTenant } from './support/account.ts';
import { lastMail, linkIn, openMailbox } from './support/mailbox.ts';
import { MARIE, PASSWORD, type Page, passwords, Visitor } from './support/visitor.ts';

beforeEach(openMailbox);

let holder: Holder;
beforeAll(async () => {
  openMailbox();
  holder = await createAccount(await newTenant());
  await holder.visitor.post('/connexion', { identifiant: holder.identifier, mot_de_passe: PASSWORD });
});

const OWN = [
  '/espace',
  '/espace/mot-de-passe',
  '/espace/courriel',
  '/espace/sessions',
  '/espace/mes-donnees',
  '/espace/fermeture',
];
const mainOf = ({ html }: Page) => /<main.*<\/main>/s.exec(html)?.[0] ?? '';

describe('a form that came back', () => {
  it.each([
    ['/connexion', {}],
    ['/connexion', { identifiant: 'NHCAPAL000000', mot_de_passe: 'x' }],
    ['/inscription', {}],
    ['/inscription', { ...MARIE, nom: 'PERSONNE' }],
    ['/inscription/aide', {}],
    ['/code', {}],
    ['/code', { reference: '471', code: 'GAAAAAAAAA' }],
    ['/mot-de-passe-oublie', {}],
    ['/identifiant-oublie', {}],
  ])(
    'at %s, has its summary before its heading, and an alert inside what takes the focus',
    async (path, fields) => {
      const main = mainOf(await new Visitor().post(path, fields));
      expect(main).toMatch(/^<main[^>]*><div class="summary" tabindex="-1"><div role="alert">.*<h1>/s);
    },
  );

  it.each(['/espace/mot-de-passe', '/espace/courriel', '/espace/fermeture'])('at %s too', async (path) => {
    expect(mainOf(await holder.visitor.post(path))).toMatch(/^<main[^>]*><div class="summary".*<h1>/s);
  });
});

it.each([...OWN, '/espace/compte', '/aide', '/donnees-personnelles'])(
  '%s takes the second style sheet where it shows what that one dresses',
  async (path) => {
    const { html } = await holder.visitor.open(path);
    const isDressed = /<table|class="(surface facts|extras|cards)"/.test(mainOf({ html } as Page));
    expect(html.includes('/documents.css"')).toBe(isDressed);
  },
);

describe('the head', () => {
  it.each(['/connexion', '/aide', '/nulle-part'])('of %s leads home, and nowhere else', async (path) => {
    const { html } = await new Visitor().open(path);
    const head = /<header.*<\/header>/s.exec(html)?.[0] ?? '';
    expect([...head.matchAll(/(?:href|action)="(.*?)"/g)].map(([, to]) => to)).toEqual(['/']);
  });

  it.each(OWN)('of %s leads home, to the space, and out', async (path) => {
    const { html } = await holder.visitor.open(path);
    const head = /<header.*<\/header>/s.exec(html)?.[0] ?? '';
    expect([...head.matchAll(/(?:href|action)="(.*?)"/g)].map(([, to]) => to)).toEqual([
      '/',
      '/espace',
      '/deconnexion',
    ]);
  });
});

describe('a page that asks to open the mailbox', () => {
  const waiting = async () => new Visitor().submit('/inscription', { ...MARIE, ...(await newTenant()) });

  it.each([
    '/mot-de-passe-oublie/courriel',
    '/mot-de-passe-oublie/provisoire',
    '/identifiant-oublie/courriel',
  ])('%s has no button that leads away, and a title of its own', async (path) => {
    const page = await new Visitor().open(path);
    expect(mainOf(page)).not.toMatch(/<button|class="button/);
    expect(mainOf(page)).toContain('<h1>Ouvrez votre messagerie</h1>');
    expect(page.title).toMatch(/^Ouvrez votre messagerie : .+ –/);
  });

  it('for the activation asks one thing first, and tells last where the mail is', async () => {
    const { text } = await waiting();
    const order = [
      'Étape 2 sur 3',
      'Ouvrez le courriel que nous venons de vous envoyer',
      'appuyez sur le lien « Confirmation de création de compte »',
      'Rien reçu ?',
      'Renvoyer le courriel',
      'Où est-il ?',
      'Où en est mon courriel ?',
    ];
    const places = order.map((words) => text.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('after a newer request, or with nothing to wait for, too', async () => {
    expect(mainOf(await new Visitor().open('/inscription/courriel'))).not.toMatch(/class="button/);
    const ask = () => new Visitor().post('/mot-de-passe-oublie', { identifiant: holder.identifier });
    await ask();
    const first = linkIn(lastMail(holder.email));
    vi.setSystemTime(Date.now() + 2 * MINUTE);
    await ask();
    const page = await new Visitor().open(first);
    expect(page.text).toContain('Le bon courriel est celui qui a été demandé à');
    expect(mainOf(page)).not.toMatch(/class="button/);
  });
});

describe('signing out', () => {
  it('is said once on the next page, and tells the next person nothing', async () => {
    const visitor = new Visitor();
    await visitor.post('/connexion', { identifiant: holder.identifier, mot_de_passe: PASSWORD });
    const after = await visitor.submit('/deconnexion');
    expect(after.text).toContain('Vous êtes déconnecté.');
    expect(after.html).not.toContain(holder.identifier);
    expect((await visitor.open('/connexion')).text).not.toContain('Vous êtes déconnecté.');
  });
});

describe('after « ce n’est pas moi »', () => {
  it('no form asks for the password that no longer serves; the next visit has one again', async () => {
    const { visitor, identifier } = await createAccount(await newTenant());
    await visitor.post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD });
    const after = await visitor.submit('/espace/sessions', { pas_moi: 'oui' });
    expect(mainOf(after)).not.toMatch(/<form|<input/);
    expect(after.text).toContain('Ouvrez-le et appuyez sur le lien');
    expect(after.html).not.toContain(identifier);
    expect(mainOf(await visitor.open('/connexion'))).toContain('name="mot_de_passe"');
  });
});

describe('the fields', () => {
  it('a legend stands around the two kinds and all that they switch', async () => {
    for (const path of ['/inscription', '/identifiant-oublie']) {
      const { html } = await new Visitor().open(path);
      const group = /<fieldset><legend>Vous êtes.*<\/fieldset>/s.exec(html)?.[0] ?? '';
      for (const name of ['profil', 'reference', 'nom', 'date_naissance', 'siret'])
        expect([path, group]).toEqual([path, expect.stringContaining(`name="${name}"`)]);
      expect(html.replace(group, '')).not.toMatch(/class="[^"]*for-(tenant|supplier)/);
    }
  });

  it('say that they are to be filled in, and phones leave names and numbers as they are typed', async () => {
    const signIn = await new Visitor().open('/connexion');
    expect(signIn.text).toContain('Les deux cases sont à remplir.');
    expect(signIn.html.match(/aria-required="true"/g)).toHaveLength(2);
    expect(signIn.html.match(/aria-describedby="a-remplir/g)).toHaveLength(2);
    const { html } = await new Visitor().open('/inscription');
    for (const name of ['reference', 'nom', 'prenom'])
      expect(new RegExp(`<input id="${name}".*?>`).exec(html)?.[0]).toMatch(
        /autocapitalize="characters" autocorrect="off" spellcheck="false"/,
      );
    expect(html).toMatch(/id="date_naissance"[^>]*inputmode="numeric"/);
    expect(html).toMatch(/id="reference"[^>]*autocomplete="off"/);
  });

  it('of a new password tell a password maker the rule, and their reader before anything is typed', async () => {
    const page = await holder.visitor.open('/espace/mot-de-passe');
    const [, rules = ''] = /id="mot_de_passe"[^>]*passwordrules="(.*?)"/.exec(page.html) ?? [];
    expect(rules).toBe(
      'minlength: 8; maxlength: 128; required: lower; required: upper; required: digit; required: [-!#$%&amp;*.?];',
    );
    expect(page.html).toMatch(/id="mot_de_passe"[^>]*aria-describedby="regle"/);
    expect(page.text).toMatch(/Sont refusés .* Prenez par exemple .* : [A-Z][a-z]+-[a-z]+-[a-z]+\d\d /);
  });

  it('on a page that kept them have the purposes of the pages they come from', async () => {
    const typed = { ...MARIE, mot_de_passe: 'x', confirmation: 'x' };
    const { html } = await readKept(typed);
    const purposes = Object.fromEntries(
      [...html.matchAll(/<input id="(\w+)"[^>]*autocomplete="([\w-]+)"/g)].map(([, name, purpose]) => [
        name,
        purpose,
      ]),
    );
    expect(purposes).toMatchObject({
      nom: 'family-name',
      prenom: 'given-name',
      date_naissance: 'bday',
      email: 'email',
      mot_de_passe: 'new-password',
      confirmation: 'new-password',
    });
  });
});

/** A form kept by the page of an outage. */
async function readKept(typed: Record<string, string>): Promise<Page> {
  const down = vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1_ERROR: down'));
  try {
    return await new Visitor().post('/inscription', { ...typed, ...passwords('Maquis-2a!') });
  } finally {
    down.mockRestore();
  }
}

describe('/plan-du-site', () => {
  it('names every page that has an address of its own', async () => {
    const { html } = await new Visitor().open('/plan-du-site');
    const listed = [...mainOf({ html } as Page).matchAll(/href="([^"#]+)/g)].map(([, to = '']) => to);
    const mounted = [...map.matchAll(/app\.route\('([^']*)', \w+\)/g)].map(([, base = '']) => base);
    // No page to go to: what is posted, what belongs to a mail or to a step just taken, the file beside its page.
    const left =
      /^\/(deconnexion|connexion\/cle|guichet.*|sante|api\/.*|activation.*|mot-de-passe|courriel|espace\/donnees|espace\/cles\/nouvelle|plan-du-site)?$/;
    for (const base of mounted.filter((one) => !left.test(one))) expect(listed).toContain(base);
    for (const legal of ['/accessibilite', '/mentions-legales', '/donnees-personnelles'])
      expect(listed).toContain(legal);
    const visitor = holder.visitor;
    for (const to of listed) expect([to, (await visitor.open(to)).status]).toEqual([to, 200]);
  });
});

describe('/espace/mes-donnees', () => {
  it('says in French what the file says to a machine', async () => {
    const { html, text } = await holder.visitor.open('/espace/mes-donnees');
    for (const words of [
      `Identifiant de connexion ${holder.identifier}`,
      `Adresse e-mail ${holder.email}`,
      'Lien d’activation',
      'Connexions ouvertes',
      'Compte créé',
    ])
      expect(text).toContain(words);
    expect(html).toContain('href="/espace/donnees"');
    expect(mainOf({ html } as Page)).not.toMatch(/nameKey|referenceKey|hash|nonce|undefined|null/);
  });
});

describe('without style sheets', () => {
  /** What a text browser prints: blocks on lines of their own, the rest as it stands side by side. */
  const printed = ({ html }: Page) =>
    (/<body>.*<\/body>/s.exec(html)?.[0] ?? '')
      .replace(
        /<\/?(h\d|p|div|ul|ol|li|dt|dd|dl|form|fieldset|legend|table|tr|caption|main|header|footer|nav|aside|figure|figcaption|br|label)\b[^>]*>/g,
        '\n',
      )
      .replace(/<input[^>]*>/g, '[_]')
      .replace(/<[^>]+>/g, '');

  it.each(['/connexion', '/inscription', '/identifiant-oublie', '/mot-de-passe-oublie'])(
    '%s runs no two words together',
    async (path) => {
      const glued = /\p{Ll}[.?!]?\p{Lu}|[.)]\p{Lu}/u;
      expect(
        printed(await new Visitor().open(path))
          .split('\n')
          .filter((line) => glued.test(line)),
      ).toEqual([]);
    },
  );

  it('the fields of each kind say whose they are, and nothing is asked that nobody typed', async () => {
    const text = printed(await new Visitor().open('/inscription'));
    for (const label of ['Nom (locataire)', 'Numéro SIRET (fournisseur)', 'Raison sociale (fournisseur)'])
      expect(text).toContain(label);
    expect(text).not.toMatch(/Vouliez-vous|Oui, corriger/);
  });

  it('the identifier’s box on a password page has its name', async () => {
    const { html } = await holder.visitor.open('/espace/mot-de-passe');
    expect(html).toMatch(/<label class="offscreen" for="username">Identifiant de connexion<\/label> <input/);
  });
});
