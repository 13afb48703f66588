// The systematic fault walk: on every road, at every step, each call to each part of the platform is made to fail.
// The answer is a clear page with a number to quote and nothing has happened; or it is the usual answer, and the mail
// is owed. In both cases the same action, tried again, succeeds.

import { env } from 'cloudflare:workers';
import { expect, it, vi } from 'vitest';
import { DAY, MINUTE } from '../src/rules/numbers.ts';
import { type Fault, faultsOf, withFault } from './faults.ts';
import { lastMail, linkIn, mails, openMailbox, providerIs } from './mailbox.ts';
import { findBroken, NO_ROWS, putRows, type Rows, readRows, storyOf } from './rows.ts';
import {
  ELECTRICIAN,
  emails,
  MARIE,
  OLD_HASH,
  PASSWORD,
  type Page,
  passwords,
  readPage,
  request,
  runCron,
  Visitor,
} from './visitor.ts';

/** Who walks: the browser, the form of sign-up, and what the mails brought. */
type Walker = {
  visitor: Visitor;
  form: typeof MARIE;
  email: string;
  link: string;
  identifier: string;
  provisional: string;
};

type Step = {
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
const takeLink = ({ email }: Walker) => ({ link: linkIn(lastMail(email)) });
const takeLinkAt = (email: string) => () => ({ link: linkIn(lastMail(email)) });
const open = (path: string, answer = '200'): Step => ({
  does: `GET ${path}`,
  act: ({ visitor }) => visitor.open(path),
  answer,
});
const post = (
  path: string,
  fields: Record<string, string> | ((walker: Walker) => Record<string, string>),
  answer: string,
): Step => ({
  does: `POST ${path}`,
  act: (walker) => walker.visitor.post(path, typeof fields === 'function' ? fields(walker) : fields),
  answer,
});
const openLink: Step = {
  does: 'GET the link',
  act: ({ visitor, link }) => visitor.open(link),
  answer: '200',
};
const useLink = (fields: Record<string, string>, answer: string, tail = ''): Step => ({
  does: `POST the link${tail}`,
  act: ({ visitor, link }) => visitor.post(`${link}${tail}`, fields),
  answer,
});

const signUp: Step = {
  ...post('/inscription', ({ form }) => form, '303 /inscription/courriel'),
  takes: takeLink,
};
const activate: Step = {
  ...useLink(passwords(PASSWORD), '303 /activation/compte-cree'),
  takes: ({ email }) => ({ identifier: /NHCAPA[LF]\d{6}/.exec(lastMail(email).text)?.[0] }),
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
const known = (...steps: Step[]) => steps.map((step) => ({ ...step, isKnown: true }));
const holder = known(signUp, activate);
const inside = known(signUp, activate, signIn);
const current = { mot_de_passe_actuel: PASSWORD };
const onAnotherDevice = (step: Step): Step => ({
  ...step,
  act: (walker) => step.act({ ...walker, visitor: new Visitor() }),
});

const changeEmail: Step = {
  ...post('/espace/courriel', { ...current, ...emails('new@x.example.fr') }, '303 /espace'),
  takes: takeLinkAt('new@x.example.fr'),
};

const ROADS: Record<string, Step[]> = {
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
    { ...useLink({}, '303 /inscription/courriel', '/nouveau-lien'), takes: takeLink },
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
      takes: ({ email }) => ({ provisional: /\w{4}-\w{4}-\w{4}/.exec(lastMail(email).text)?.[0] }),
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
  'own data': [...inside, open('/espace/donnees')],
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

type Moment = { rows: Rows; cookies: [string, string][]; now: number };
/** What an action came to: its answer, the mails it brought, and what the rows say. */
type Outcome = { answer: string; mailed: string[]; story: string };

const START = Date.now();
const NUMBER = /(donnez ce numéro : |\()[A-Z2-9]{3}-[A-Z2-9]{3}/;
let roads = 0;
let steps = 0;
let faults = 0;

async function remember({ visitor }: Walker, now: number): Promise<Moment> {
  return { rows: await readRows(), cookies: [...visitor.cookies], now };
}

async function goBack({ visitor }: Walker, { rows, cookies, now }: Moment): Promise<void> {
  vi.setSystemTime(now);
  await putRows(rows);
  visitor.cookies.clear();
  for (const [name, value] of cookies) visitor.cookies.set(name, value);
}

const sent = (since: number) =>
  mails()
    .slice(since)
    .map(({ to, subject }) => `${to} ${subject}`);
const answerOf = ({ status, location }: Page) => [status, location].filter(Boolean).join(' ');

async function take(step: Step, walker: Walker): Promise<Outcome> {
  const before = mails().length;
  const answer = answerOf(await step.act(walker));
  return { answer, mailed: sent(before), story: storyOf(await readRows()) };
}

/** Takes a step as usual, then with each of its calls failing; goes on as if nothing had failed. */
async function walkStep(step: Step, walker: Walker, now: number): Promise<Walker> {
  vi.setSystemTime(now);
  const start = await remember(walker, now);
  const { given: usual, calls } = await withFault(undefined, () => take(step, walker));
  expect([step.does, usual.answer]).toEqual([step.does, step.answer]);
  const next = { ...walker, ...step.takes?.(walker) };
  if (step.isKnown) return next;
  const after = await remember(walker, now);
  // What the test itself reads: the rows, once.
  for (const fault of faultsOf({ ...calls, D1: calls.D1 - 1 })) {
    await goBack(walker, start);
    await fail(step, walker, fault, start, usual);
    faults++;
  }
  await goBack(walker, after);
  steps++;
  return next;
}

async function fail(step: Step, walker: Walker, fault: Fault, start: Moment, usual: Outcome) {
  const which = `${step.does}, ${fault.lost} ${fault.nth} of ${fault.part} lost`;
  const before = mails().length;
  const { given: page } = await withFault(fault, () => step.act(walker));
  const story = storyOf(await readRows());
  if (page.status === 503) {
    expect([which, page.text]).toEqual([which, expect.stringMatching(NUMBER)]);
    await tryAgain(step, walker, { which, fault, story }, storyOf(start.rows), usual);
  } else expect([which, answerOf(page), story]).toEqual([which, usual.answer, usual.story]);
  if (usual.mailed.length > 0) {
    vi.setSystemTime(start.now + 3 * MINUTE);
    await runCron();
    expect([which, sent(before)]).toEqual([which, expect.arrayContaining(usual.mailed)]);
  }
  expect([which, await findBroken()]).toEqual([which, []]);
}

type Failed = { which: string; fault: Fault; story: string };

/** After the page that says it failed: nothing has happened, and the same action succeeds. */
async function tryAgain(
  step: Step,
  walker: Walker,
  { which, fault, story }: Failed,
  before: string,
  usual: Outcome,
) {
  // When only the answer was lost, it may have happened all the same; never by half.
  const hasHappened = fault.lost === 'answer' && story === usual.story && story !== before;
  if (!hasHappened) expect([which, story]).toEqual([which, before]);
  expect([which, await findBroken()]).toEqual([which, []]);
  const again = await take(step, walker);
  if (hasHappened) expect([which, again.answer]).toEqual([which, expect.stringMatching(/^[234]/)]);
  else expect([which, again.answer, again.story]).toEqual([which, usual.answer, usual.story]);
}

it.each(Object.entries(ROADS))(
  'the road of %s',
  async (_, road) => {
    openMailbox();
    await putRows(NO_ROWS);
    const form = MARIE;
    let walker: Walker = {
      visitor: new Visitor(),
      form,
      email: form.email,
      link: '',
      identifier: '',
      provisional: '',
    };
    let now = START + 2 * DAY * ++roads;
    for (const step of road) {
      now += (step.later ?? 0) * MINUTE;
      walker = await walkStep(step, walker, now);
    }
  },
  90_000,
);

it('cron delivers each mail in the end, whichever of its calls fails, and never an older link', async () => {
  openMailbox();
  await putRows(NO_ROWS);
  const now = START + 2 * DAY * ++roads;
  vi.setSystemTime(now);
  providerIs('down');
  const visitor = new Visitor();
  await visitor.post('/inscription', MARIE);
  await visitor.post('/inscription', { ...ELECTRICIAN });
  providerIs('up');
  const rows = await readRows();
  const run = async (minutes: number) => {
    vi.setSystemTime(now + minutes * MINUTE);
    await runCron();
  };
  const { calls } = await withFault(undefined, () => run(5));
  expect(mails()).toHaveLength(2);
  for (const fault of faultsOf(calls)) {
    openMailbox();
    await putRows(rows);
    // What a run of cron throws, the next one mends.
    await withFault(fault, () => run(5).catch(() => undefined));
    for (const minutes of [8, 75]) await run(minutes);
    const which = `${fault.lost} ${fault.nth} of ${fault.part} lost`;
    const links = mails().map((mail) => `${mail.to} ${linkIn(mail)}`);
    expect([which, new Set(links).size]).toEqual([which, 2]);
    expect([which, links.length <= 4]).toEqual([which, true]);
    expect((await visitor.open(linkIn(lastMail(MARIE.email)))).status).toBe(200);
    faults++;
  }
  steps++;
});

it('was walked in every place where a part can fail', () => {
  console.log(`Fault walk: ${roads} roads, ${steps} steps, ${faults} faults, all safe`);
  expect(roads).toBe(Object.keys(ROADS).length + 1);
  expect(faults).toBeGreaterThan(400);
});
