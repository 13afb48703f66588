// Every two acts on an account in each of its states, at once: the second runs whole between any two calls that the first
// makes to D1. Whatever the interleaving, the rows end as if one had come after the other, or as if one had been refused.
// RACES=all tries every interleaving (minutes); without it, some of each state.

import { env } from 'cloudflare:workers';
import { expect, it, vi } from 'vitest';
import { closeForLandlord } from '../src/account/closing.ts';
import { MINUTE } from '../src/numbers.ts';
import { openDatabase } from '../src/platform/db.ts';
import { interleave } from './support/interleave.ts';
import { identifierIn, lastMail, linkIn, mails, openMailbox, provisionalIn } from './support/mailbox.ts';
import { look, NO_ROWS, putRows, type Rows, readRows } from './support/rows.ts';
import { emails, MARIE, PASSWORD, passwords, runCron, Visitor } from './support/visitor.ts';

const NEW = 'Granit-7b?';
const NEWER = 'Calanche-9c!';
const EMAIL = MARIE.email;

/** What the acts need of a state: who is signed in where, and the mailed links. */
type World = { holder: Visitor; intruder: Visitor; identifier: string; link: string; provisional: string };
type Act = (world: World) => Promise<unknown>;

const current = { mot_de_passe_actuel: PASSWORD };
const accountId = async () =>
  (await env.DB.prepare('SELECT max(id) AS id FROM accounts').first<number>('id')) as number;
const compte = ({ identifier }: World) => ({ compte: identifier });

/** What happens to an account in any of its states. */
const ANYBODY: Record<string, Act> = {
  'a stranger asks for a reset': ({ identifier }) =>
    new Visitor().post('/mot-de-passe-oublie', { identifiant: identifier }),
  'the same sign-up': () => new Visitor().post('/inscription', { ...MARIE, ...emails('other@x.example.fr') }),
  'the landlord closes': async () =>
    closeForLandlord(openDatabase(env.DB), await accountId(), 'demande', Date.now()),
  cron: () => runCron(),
};

const PENDING: Record<string, Act> = {
  ...ANYBODY,
  activate: ({ holder, link }) => holder.post(link, passwords(PASSWORD)),
  'activate elsewhere': ({ intruder, link }) => intruder.post(link, passwords(NEW)),
  resend: ({ holder }) => holder.post('/inscription/courriel/renvoi'),
  'correct the address': ({ holder }) =>
    holder.post('/inscription/courriel/adresse', emails('right@x.example.fr')),
};

const MUST_CHOOSE: Record<string, Act> = {
  ...ANYBODY,
  choose: (world) => world.holder.post('/espace/mot-de-passe', { ...compte(world), ...passwords(NEW) }),
  'choose elsewhere': (world) =>
    world.holder.post('/espace/mot-de-passe', { ...compte(world), ...passwords(NEWER) }),
  'sign out': ({ holder }) => holder.post('/deconnexion'),
};

const PROVISIONAL: Record<string, Act> = {
  ...ANYBODY,
  'sign in provisionally': ({ identifier, provisional }) =>
    new Visitor().post('/connexion', { identifiant: identifier, mot_de_passe: provisional }),
  'sign in provisionally elsewhere': ({ identifier, provisional }) =>
    new Visitor().post('/connexion', { identifiant: identifier, mot_de_passe: provisional }),
  'sign in': ({ identifier }) =>
    new Visitor().post('/connexion', { identifiant: identifier, mot_de_passe: PASSWORD }),
  'change the password': (world) =>
    world.intruder.post('/espace/mot-de-passe', { ...compte(world), ...current, ...passwords(NEW) }),
  'not me': (world) => world.holder.post('/espace/sessions', { ...compte(world), pas_moi: 'oui' }),
};

const ACTIVE: Record<string, Act> = {
  ...ANYBODY,
  'sign in': PROVISIONAL['sign in'] as Act,
  reset: ({ link }) => new Visitor().post(link, passwords(NEW)),
  'reset elsewhere': ({ link }) => new Visitor().post(link, passwords(NEWER)),
  'ask for a provisional password': ({ link, identifier }) =>
    new Visitor().post(`${link}/provisoire`, { identifiant: identifier }),
  'the intruder changes the password': PROVISIONAL['change the password'] as Act,
  'the intruder closes': (world) =>
    world.intruder.post('/espace/fermeture', { ...compte(world), ...current }),
  'the intruder asks for another address': (world) =>
    world.intruder.post('/espace/courriel', {
      ...compte(world),
      ...current,
      ...emails('thief@x.example.fr'),
    }),
  'the intruder cancels the other address': (world) =>
    world.intruder.post('/espace/courriel', { ...compte(world), annuler: 'oui' }),
  'the intruder says not me': (world) =>
    world.intruder.post('/espace/sessions', { ...compte(world), pas_moi: 'oui' }),
  'the holder ends the others': (world) =>
    world.holder.post('/espace/sessions', { ...compte(world), toutes: 'oui' }),
  'the holder says not me': PROVISIONAL['not me'] as Act,
  'the holder signs out': MUST_CHOOSE['sign out'] as Act,
};

const EMPTY: World = {
  holder: new Visitor(),
  intruder: new Visitor(),
  identifier: '',
  link: '',
  provisional: '',
};
const signIn = async (visitor: Visitor, identifiant: string, mot_de_passe = PASSWORD) =>
  visitor.post('/connexion', { identifiant, mot_de_passe });

async function pending(): Promise<World> {
  const holder = new Visitor();
  await holder.post('/inscription', MARIE);
  return { ...EMPTY, holder, link: linkIn(lastMail(EMAIL)) };
}

async function active(): Promise<World> {
  const { holder, link } = await pending();
  await holder.post(link, passwords(PASSWORD));
  const identifier = identifierIn(lastMail(EMAIL));
  const intruder = new Visitor();
  await signIn(holder, identifier);
  await signIn(intruder, identifier);
  await new Visitor().post('/mot-de-passe-oublie', { identifiant: identifier });
  return { ...EMPTY, holder, intruder, identifier, link: linkIn(lastMail(EMAIL)) };
}

async function provisional(): Promise<World> {
  const world = await active();
  await new Visitor().post(`${world.link}/provisoire`, { identifiant: world.identifier });
  return { ...world, provisional: provisionalIn(lastMail(EMAIL)) };
}

async function mustChoose(): Promise<World> {
  const world = await provisional();
  await signIn(world.holder, world.identifier, world.provisional);
  return world;
}

const STATES: [string, () => Promise<World>, Record<string, Act>][] = [
  ['pending', pending, PENDING],
  ['active', active, ACTIVE],
  ['with a provisional password', provisional, PROVISIONAL],
  ['whose password must be chosen', mustChoose, MUST_CHOOSE],
];

/** The browsers as they were: an act changes its cookies. */
function copy(visitor: Visitor): Visitor {
  const same = new Visitor(visitor.network);
  for (const [name, value] of visitor.cookies) same.cookies.set(name, value);
  return same;
}

type Start = { world: World; rows: Rows; now: number };

/** Sets all back, does something, and tells how the rows end. A mail still on its way is delivered first. */
async function from<T>({ world, rows, now }: Start, work: (world: World) => Promise<T>) {
  await putRows(rows);
  openMailbox();
  vi.setSystemTime(now);
  const given = await work({ ...world, holder: copy(world.holder), intruder: copy(world.intruder) });
  const { story, broken } = await look();
  expect(broken).toEqual([]);
  return { given, story };
}

/** A link that was mailed to an address which is not the account's is worth nothing. */
async function expectNoLinkElsewhere(): Promise<void> {
  const row = await env.DB.prepare('SELECT email, new_email FROM accounts ORDER BY id DESC').first();
  const own = [row?.email, row?.new_email];
  for (const mail of mails().filter(({ to, text }) => !own.includes(to) && /\/\w[\w-]{42}$/m.test(text))) {
    expect((await new Visitor().open(linkIn(mail))).status).toBe(410);
  }
}

const isWhole = env.RACES === 'all';
/** Of how many one is tried without RACES=all; and those that are tried all the same. */
const EACH = 40;
const MATTERS = /^the holder ends the others: the intruder/;

const nothing = async () => undefined;

let interleavings = 0;

it.each(STATES)(
  'an account %s: whatever two acts do at once, it is as if one had come after the other',
  async (_, prepare, acts) => {
    openMailbox();
    await putRows(NO_ROWS);
    const world = await prepare();
    const start: Start = { world, rows: await readRows(), now: Date.now() + 2 * MINUTE };
    const after: Record<string, string> = {};
    const run = async (name: string, now: World) => acts[name]?.(now);
    const inOrder = async (...names: string[]): Promise<string> => {
      const key = names.join('; ');
      const { story } = after[key]
        ? { story: after[key] }
        : await from(start, async (now) => {
            for (const name of names) await run(name, now);
          });
      after[key] = story;
      return story;
    };
    let nthPair = 0;
    for (const first of Object.keys(acts)) {
      const { given: calls } = await from(start, (now) => interleave(() => run(first, now), nothing, 0));
      for (const second of Object.keys(acts)) {
        for (let nth = 1; nth <= calls; nth++) {
          if (!isWhole && ++nthPair % EACH !== 0 && !MATTERS.test(`${second}: ${first}`)) continue;
          interleavings++;
          const { story } = await from(start, (now) =>
            interleave(
              () => run(first, now),
              () => run(second, now),
              nth,
            ),
          );
          const allowed: string[] = [];
          for (const order of [[second, first], [first, second], [first], [second]])
            if (!allowed.includes(story)) allowed.push(await inOrder(...order));
          expect(allowed, `${second}, before call ${nth} of: ${first}`).toContain(story);
          await expectNoLinkElsewhere();
        }
      }
    }
  },
  isWhole ? 1_800_000 : 120_000,
);

it('tried enough to prove something', () => {
  console.log(`Races: ${interleavings} interleavings`);
  expect(interleavings).toBeGreaterThan(40);
});
