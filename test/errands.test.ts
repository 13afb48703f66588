// « Mes démarches »: what the landlord names in SERVICES stands first in the space, and on the sign-in page where it is public.

import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAccount, newTenant } from './support/account.ts';
import { openMailbox } from './support/mailbox.ts';
import { PASSWORD, type Page, readPage, request, Visitor } from './support/visitor.ts';

let visitor: Visitor;

beforeAll(async () => {
  openMailbox();
  const holder = await createAccount(await newTenant());
  visitor = holder.visitor;
  const signIn = { identifiant: holder.identifier, mot_de_passe: PASSWORD };
  expect((await visitor.post('/connexion', signIn)).location).toBe('/espace');
});

/** A page as the portal of a landlord with these services shows it, to who is signed in. */
async function open(path: string, SERVICES: string, { cookie } = visitor): Promise<Page> {
  return readPage(await request(path, { headers: { cookie } }, { ...env, SERVICES } as typeof env));
}

const links = ({ html }: Page) =>
  [...html.matchAll(/<a class="button second" href="([^"]*)" rel="external">([^<]*)</g)].map(
    ([, address, label]) => [label, address],
  );

const THREE =
  'Payer mon loyer | https://paiement.x.example?a=1&b=2 | public ; Signaler une panne | https://x.example/panne ;Mon attestation d’assurance|https://assurance.x.example|public';

describe('in the space', () => {
  it('all of them stand there in the landlord’s order, before the account, and say that another site opens', async () => {
    const space = await open('/espace', THREE);
    expect(links(space)).toEqual([
      ['Payer mon loyer', 'https://paiement.x.example?a=1&amp;b=2'],
      ['Signaler une panne', 'https://x.example/panne'],
      ['Mon attestation d’assurance', 'https://assurance.x.example'],
    ]);
    expect(space.text).toMatch(
      /Mes démarches Chaque bouton ouvre un autre site que celui-ci\. Payer mon loyer/,
    );
    expect(space.html.indexOf('class="errands"')).toBeLessThan(space.html.indexOf('/espace/compte'));
  });

  it('the account is one step behind them, the identifier stays on the page', async () => {
    const space = await open('/espace', THREE);
    expect(space.html).toContain('href="/espace/compte"');
    expect(space.html).not.toContain('href="/espace/fermeture"');
    expect(space.text.replaceAll(' ', '')).toMatch(/NHCAPAL\d{6}/);
    expect((await open('/espace/compte', THREE)).html).toContain('href="/espace/fermeture"');
  });

  it('without any the space is the account, and nothing is empty', async () => {
    for (const none of ['', ' ; ']) {
      const space = await open('/espace', none);
      expect(links(space)).toEqual([]);
      expect(space.text).not.toContain('Mes démarches');
      expect(space.html).toContain('href="/espace/fermeture"');
    }
  });
});

describe('on the sign-in page', () => {
  it('only what is public, behind the form', async () => {
    const page = await open('/connexion', THREE, new Visitor());
    expect(links(page).map(([label]) => label)).toEqual(['Payer mon loyer', 'Mon attestation d’assurance']);
    expect(page.text).toContain('Sans vous connecter Chaque bouton ouvre un autre site que celui-ci.');
    expect(page.html.indexOf('class="errands"')).toBeGreaterThan(page.html.indexOf('</form>'));
  });

  it('nothing when nothing is public', async () => {
    const page = await open('/connexion', 'Signaler une panne | https://x.example/panne', new Visitor());
    expect(links(page)).toEqual([]);
    expect(page.text).not.toContain('Sans vous connecter');
  });
});

it('a label is text, and a link to another site carries no address of the portal', async () => {
  const page = await open('/espace', '<b>Loyer</b> & « co » | https://x.example');
  expect(links(page)).toEqual([['&lt;b&gt;Loyer&lt;/b&gt; &amp; « co »', 'https://x.example']]);
  const answer = await request('/espace', {}, { ...env, SERVICES: THREE } as typeof env);
  expect(answer.headers.get('referrer-policy')).toMatch(/no-referrer|same-origin/);
});
