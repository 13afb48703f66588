// The desk's roads, step by step as the tenants' (`roads.ts`): what staff open and send, and what the person then can do.

import { Agent } from './agent.ts';
import { activate, known, openLink, post, type Step, signUp, takeLink, takeLinkAt } from './roads.ts';
import { emails, type Page } from './visitor.ts';

const agent = new Agent('chef@capa.example');

/** Numbers of rows and acts differ from day to day. */
const plainly = (page: Page): Page => ({
  ...page,
  location: page.location?.replace(/\d+/, ':id').replace(/=.*/, '') ?? null,
});

/** Where the desk stands: the address of the client, or of the request. */
const at = (tail: string): Step => ({
  does: `GET /guichet/clients/…${tail}`,
  act: async (walker) => {
    const page = await agent.open(walker.desk.place + tail);
    const [, version] = /name="version" value="([^"]*)"/.exec(page.html) ?? [];
    if (version !== undefined) walker.desk.version = version;
    return page;
  },
  answer: '200',
});
const open = (path: string): Step => ({ does: `GET ${path}`, act: () => agent.open(path), answer: '200' });
const send = (tail: string, fields: Record<string, string>, answer: string): Step => ({
  does: `POST /guichet/clients/…${tail}`,
  act: async ({ desk }) =>
    plainly(
      await agent.post(desk.place + tail, { version: desk.version, motif: 'asked_by_phone', ...fields }),
    ),
  answer,
});
const DONE = '303 /guichet/clients/:id?fait';

const find = (typed: string): Step => ({
  does: 'GET /guichet?q=',
  act: async (walker) => {
    const page = await agent.open(`/guichet?q=${typed}`);
    walker.desk.place = page.location ?? '';
    return plainly(page);
  },
  answer: '303 /guichet/clients/:id',
});

const pending = known(signUp, find('471'));
const active = known(signUp, activate, find('471'));

/** The caller's help code opens the request; whom it may mean stands on its page. */
const ask: Step = {
  ...post(
    '/inscription/aide',
    ({ form }) => ({ ...form, date_naissance: '1/1/1950' }),
    '303 /inscription/aide',
  ),
  isKnown: true,
};
const requestPage: Step = { ...at(''), does: 'GET /guichet/demandes/…' };
const findRequest: Step = {
  does: 'find the request',
  act: async (walker) => {
    const list = await agent.open('/guichet/demandes');
    walker.desk.place = /\/guichet\/demandes\/\d+/.exec(list.html)?.[0] ?? '';
    const page = await agent.open(walker.desk.place);
    walker.desk.client = /name="client" value="(\d+)"/.exec(page.html)?.[1] ?? '';
    return page;
  },
  answer: '200',
  isKnown: true,
};
const decide = (reponse: string): Step => ({
  does: `POST /guichet/demandes/…, ${reponse}`,
  act: async ({ desk: { place, client } }) =>
    plainly(await agent.post(place, { version: '', client, reponse, preuve: 'called_back' })),
  answer: '303 /guichet/demandes/:id?fait',
});

export const DESK_ROADS: Record<string, Step[]> = {
  'the desk, and a pending account': [
    ...pending,
    open('/guichet'),
    find('471'),
    at(''),
    at('/lien'),
    { ...send('/lien', {}, DONE), later: 5, takes: takeLink },
    openLink,
    at('/adresse'),
    {
      ...send('/adresse', { email: 'right@x.example.fr' }, DONE),
      later: 5,
      takes: takeLinkAt('right@x.example.fr'),
    },
    openLink,
  ],
  'the desk, and an active account': [
    ...active,
    at(''),
    at('/lien'),
    { ...send('/lien', {}, DONE), takes: takeLink },
    openLink,
    at('/connexions'),
    { ...send('/connexions', { motif: 'intruder' }, DONE), later: 5, takes: takeLink },
    openLink,
  ],
  'the desk, and another address': [
    ...active,
    at('/adresse'),
    { ...send('/adresse', emails('new@x.example.fr'), DONE), takes: takeLinkAt('new@x.example.fr') },
    openLink,
  ],
  'the desk closes an account': [
    ...active,
    at('/fermeture'),
    send('/fermeture', { motif: 'death' }, DONE),
    signUp,
  ],
  'the desk gives a code': [
    ...active,
    at('/code'),
    send('/code', { remise: 'counter', preuve: 'document_shown' }, '200'),
  ],
  'the desk knows who asks': [
    ask,
    findRequest,
    open('/guichet/demandes'),
    requestPage,
    { ...decide('oui'), takes: takeLink },
    openLink,
  ],
  'the desk waits for the file': [ask, findRequest, decide('fichier'), requestPage],
  'the desk does not know who asks': [ask, findRequest, decide('non'), requestPage],
  'the desk’s lists': [...known(signUp), open('/guichet/courriels'), open('/guichet/journal')],
};
