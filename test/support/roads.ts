// Every road through the portal, step by step: walked with each fault (`fault-walk`) and with each statement watched
// (`statements`).

import { env } from 'cloudflare:workers';
import { mintCode } from '../../src/account/code/give.ts';
import { openDatabase } from '../../src/platform/db.ts';
import { Authenticator, optionsIn } from './authenticator.ts';
import { identifierIn, lastMail, linkIn, provisionalIn } from './mailbox.ts';
import {
  emails,
  MARIE,
  OLD_HASH,
  ORIGIN,
  PASSWORD,
  type Page,
  passwords,
  readPage,
  request,
  Visitor,
} from './visitor.ts';

/** Who walks: the browser, the form of sign-up, and what the mails brought. */
export type Walker = {
  visitor: Visitor;
  form: typeof MARIE;
  email: string;
  link: string;
  identifier: string;
  provisional: string;
  code: string;
  /** Whose passkey it is, as the phone keeps it. */
  handle: string;
  /** Where an agent stands, which state of the account the page there shows, and whom a request may mean. */
  desk: { place: string; version: string; client: string };
};

export type Step = {
  does: string;
  act: (walker: Walker) => Promise<Page>;
  /** The usual answer: its status and, when there is one, the address it leads to. */
  answer: string;
  /** Minutes since the step before. */
  later?: number;
  /** What the walker takes along from this step. */
  takes?: (walker: Walker) => Partial<Walker>;
  /** Only a way to the steps that follow: it is walked with faults on another road. */
  isKnown?: boolean;
};

const NEW = 'Granit-7b?';
const KEY = 'a-webhook-secret-of-at-least-32-characters';
export const takeLink = ({ email }: Walker) => ({ link: linkIn(lastMail(email)) });
export const takeLinkAt = (email: string) => () => ({ link: linkIn(lastMail(email)) });
const open = (path: string, answer = '200'): Step => ({
  does: `GET ${path}`,
  act: ({ visitor }) => visitor.open(path),
  answer,
});
export const post = (
  path: string,
  fields: Record<string, string> | ((walker: Walker) => Record<string, string>),
  answer: string,
): Step => ({
  does: `POST ${path}`,
  act: (walker) => {
    const typed = typeof fields === 'function' ? fields(walker) : fields;
    const whose: Record<string, string> = path.startsWith('/espace/') ? { compte: walker.identifier } : {};
    return walker.visitor.post(path, { ...whose, ...typed });
  },
  answer,
});
export const openLink: Step = {
  does: 'GET the link',
  act: ({ visitor, link }) => visitor.open(link),
  answer: '200',
};
const useLink = (fields: Record<string, string>, answer: string, tail = ''): Step => ({
  does: `POST the link${tail}`,
  act: ({ visitor, link }) => visitor.post(`${link}${tail}`, fields),
  answer,
});

export const signUp: Step = {
  ...post('/inscription', ({ form }) => form, '303 /inscription/courriel'),
  takes: takeLink,
};
export const activate: Step = {
  ...useLink(passwords(PASSWORD), '303 /activation/compte-cree'),
  takes: ({ email }) => ({ identifier: identifierIn(lastMail(email)) }),
};
const signInWith = (mot_de_passe: string, answer = '303 /espace') =>
  post('/connexion', ({ identifier }) => ({ identifiant: identifier, mot_de_passe }), answer);
const signIn = signInWith(PASSWORD);
const forget: Step = {
  ...post(
    '/mot-de-passe-oublie',
    ({ identifier }) => ({ identifiant: identifier }),
    '303 /mot-de-passe-oublie/courriel',
  ),
  takes: takeLink,
};
export const known = (...steps: Step[]) => steps.map((step) => ({ ...step, isKnown: true }));
const holder = known(signUp, activate);
const inside = known(signUp, activate, signIn);
const current = { mot_de_passe_actuel: PASSWORD };
const onAnotherDevice = (step: Step): Step => ({
  ...step,
  act: (walker) => step.act({ ...walker, visitor: new Visitor() }),
});

/** The desk's hand, as the road needs it. */
const takeCode: Step = {
  does: 'the desk gives a code',
  act: async (walker) => {
    const clientId = await env.DB.prepare("SELECT id FROM clients WHERE reference = '471'").first<number>(
      'id',
    );
    const minting = { kind: 'counter', agent: 'agent@x.example.fr', graceDays: 90, audit: () => [] } as const;
    const given = { ...minting, clientId: clientId ?? 0, now: Date.now() };
    const minted = await mintCode(openDatabase(env.DB), given);
    if (minted.ok) walker.code = minted.code;
    return walker.visitor.open('/code');
  },
  answer: '200',
  isKnown: true,
};
const sendCode = (more: Record<string, string>, answer: string): Step => ({
  ...post('/code', ({ code }) => ({ reference: '471', code, ...more }), answer),
  does: `POST /code${Object.keys(more).length > 0 ? ' with a password' : ''}`,
});

const changeEmail: Step = {
  ...post('/espace/courriel', { ...current, ...emails('new@x.example.fr') }, '303 /espace'),
  takes: takeLinkAt('new@x.example.fr'),
};

const phone = await Authenticator.make(ORIGIN);
// A challenge is used once: whoever tries again gets another, so that asking for it and answering are one step.
const makePasskey: Step = {
  does: 'the phone makes a passkey',
  act: async (walker) => {
    const page = await walker.visitor.open('/espace/cles/nouvelle');
    if (page.status !== 200) return page;
    const { challenge, user } = optionsIn(page);
    walker.handle = user.id;
    const fields = { compte: walker.identifier, cle: await phone.create(challenge) };
    return walker.visitor.post('/espace/cles/nouvelle', fields);
  },
  answer: '303 /espace/cles',
};
const enterByPasskey: Step = {
  does: 'the phone is unlocked to sign in',
  act: async ({ visitor, handle }) => {
    const asked = await visitor.post('/connexion/cle/defi', { x: '' });
    if (asked.status !== 200) return asked;
    const cle = await phone.get(JSON.parse(asked.html).challenge, handle);
    return visitor.post('/connexion/cle', { cle });
  },
  answer: '303 /espace',
};

export const ROADS: Record<string, Step[]> = {
  'sign-up to space': [
    open('/', '303 /connexion'),
    signUp,
    open('/inscription/courriel'),
    openLink,
    activate,
    open('/activation/compte-cree'),
    open('/connexion'),
    signIn,
    open('/espace'),
    open('/connexion'),
    post('/deconnexion', {}, '303 /connexion'),
  ],
  'asking the landlord to look': [
    open('/inscription/aide'),
    post(
      '/inscription/aide',
      ({ form }) => ({ ...form, date_naissance: '1/1/1950', telephone: '0612345678' }),
      '303 /inscription/aide',
    ),
    open('/inscription/aide'),
  ],
  'a code, and no mailbox': [
    takeCode,
    open('/code'),
    sendCode({}, '200'),
    sendCode(passwords(PASSWORD), '303 /activation/compte-cree'),
    open('/activation/compte-cree'),
  ],
  'a code for an account that is there': [
    ...inside,
    takeCode,
    sendCode(passwords(NEW), '303 /activation/compte-cree'),
    signInWith(NEW),
  ],
  'a wrong code': [takeCode, post('/code', { reference: '471', code: 'GAAAAAAAAA' }, '422')],
  'no match': [post('/inscription', ({ form }) => ({ ...form, date_naissance: '1/1/1950' }), '422')],
  resending: [
    ...known(signUp),
    { ...post('/inscription/courriel/renvoi', {}, '303 /inscription/courriel'), later: 5, takes: takeLink },
    open('/inscription/courriel'),
    openLink,
  ],
  'a second sign-up': [...known(signUp), { ...signUp, later: 5 }, openLink],
  'correcting the address': [
    ...known(signUp),
    open('/inscription/courriel/adresse'),
    {
      ...post('/inscription/courriel/adresse', emails('right@x.example.fr'), '303 /inscription/courriel'),
      takes: takeLinkAt('right@x.example.fr'),
    },
    openLink,
  ],
  'an expired activation link': [
    ...known(signUp),
    { ...openLink, later: 73 * 60, answer: '410' },
    { ...useLink({}, '303 /activation/courriel', '/nouveau-lien'), takes: takeLink },
    open('/activation/courriel'),
    openLink,
  ],
  'sign-up of an active client': [...holder, { ...signUp, answer: '409', takes: undefined }],
  'a wrong password': [...holder, signInWith('Wrong-1234', '422')],
  'a password hashed of old': [
    ...holder,
    {
      does: 'an older portal stored it',
      act: async ({ visitor }) => {
        await env.DB.prepare('UPDATE accounts SET password_hash = ?').bind(OLD_HASH).run();
        return visitor.open('/mot-de-passe-oublie');
      },
      answer: '200',
      isKnown: true,
    },
    signIn,
    signIn,
  ],
  'forgotten password': [
    ...holder,
    forget,
    openLink,
    useLink(passwords(NEW), '303 /connexion'),
    signInWith(NEW),
  ],
  'an expired reset link': [
    ...known(signUp, activate, forget),
    { ...useLink({}, '303 /mot-de-passe-oublie/courriel', '/nouveau-lien'), later: 61, takes: takeLink },
    openLink,
  ],
  'a provisional password': [
    ...known(signUp, activate, forget),
    {
      does: 'POST the link/provisoire',
      act: ({ visitor, link, identifier }) => visitor.post(`${link}/provisoire`, { identifiant: identifier }),
      answer: '303 /mot-de-passe-oublie/provisoire',
      takes: ({ email }) => ({ provisional: provisionalIn(lastMail(email)) }),
    },
    post(
      '/connexion',
      ({ identifier, provisional }) => ({ identifiant: identifier, mot_de_passe: provisional }),
      '303 /espace',
    ),
    open('/espace', '303 /espace/mot-de-passe'),
    open('/espace/mot-de-passe'),
    post('/espace/mot-de-passe', passwords(NEW), '303 /espace'),
    open('/espace'),
  ],
  'forgotten identifier': [
    ...holder,
    post(
      '/identifiant-oublie',
      ({ form: { profil, reference, nom, date_naissance } }) => ({ profil, reference, nom, date_naissance }),
      '303 /identifiant-oublie/courriel',
    ),
  ],
  'another password': [
    ...inside,
    open('/espace/mot-de-passe'),
    post('/espace/mot-de-passe', { ...current, ...passwords(NEW) }, '303 /espace'),
    signInWith(NEW),
  ],
  'another address': [
    ...inside,
    open('/espace/courriel'),
    changeEmail,
    open('/espace/courriel'),
    openLink,
    useLink({}, '303 /courriel/confirmee'),
    open('/espace'),
  ],
  'another address, confirmed elsewhere': [
    ...inside,
    { ...changeEmail, isKnown: true },
    onAnotherDevice(openLink),
    onAnotherDevice({
      does: 'POST the link, signed out',
      act: ({ visitor, link, identifier }) => visitor.post(link, { identifiant: identifier }),
      answer: '303 /courriel/confirmee',
    }),
  ],
  'another address, given up': [
    ...inside,
    { ...changeEmail, isKnown: true },
    post('/espace/courriel', { annuler: 'oui' }, '303 /espace'),
  ],
  'the open sessions': [
    ...inside,
    ...known(onAnotherDevice(signIn)),
    open('/espace/sessions'),
    post('/espace/sessions', { session: 'x' }, '303 /espace/sessions'),
    post('/espace/sessions', { toutes: 'oui' }, '303 /espace/sessions'),
    { ...open('/espace/sessions'), later: 10 },
  ],
  'it was not me': [
    ...inside,
    { ...post('/espace/sessions', { pas_moi: 'oui' }, '303 /connexion'), takes: takeLink },
    openLink,
    useLink(passwords(NEW), '303 /connexion'),
  ],
  'a passkey': [
    ...inside,
    open('/espace/cles'),
    post('/espace/cles', { appareil: 'moi', mot_de_passe_actuel: PASSWORD }, '303 /espace/cles/nouvelle'),
    makePasskey,
    open('/espace/cles'),
    ...known(post('/deconnexion', {}, '303 /connexion')),
    enterByPasskey,
    { ...open(`/espace/cles?retirer=${phone.id}`), does: 'GET /espace/cles?retirer=' },
    post('/espace/cles', { retirer: phone.id, mot_de_passe_actuel: PASSWORD }, '303 /espace/cles'),
  ],
  'own data': [...inside, open('/espace/mes-donnees'), open('/espace/donnees')],
  'a report of the mail provider': [
    ...known(signUp),
    {
      does: 'POST /api/mail-events/brevo',
      act: async () => {
        const body = JSON.stringify({ event: 'delivered', 'message-id': '<1@provider.example>' });
        const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
        const init = { method: 'POST', headers, body };
        const answer = await request('/api/mail-events/brevo', init, {
          ...env,
          MAIL_WEBHOOK_SECRET: KEY,
        } as typeof env);
        return readPage(answer.status === 204 ? new Response(null, answer) : answer);
      },
      answer: '204',
    },
  ],
  closing: [
    ...inside,
    open('/espace/fermeture'),
    post('/espace/fermeture', current, '303 /connexion'),
    signInWith(PASSWORD, '422'),
    signUp,
  ],
};

/** Who sets out on a road. */
export function newWalker(): Walker {
  const form = MARIE;
  return {
    visitor: new Visitor(),
    form,
    email: form.email,
    link: '',
    identifier: '',
    provisional: '',
    code: '',
    handle: '',
    desk: { place: '', version: '', client: '' },
  };
}

/** An answer in short: its status and, when there is one, the address it leads to. */
export const answerOf = ({ status, location }: Page) => [status, location].filter(Boolean).join(' ');
