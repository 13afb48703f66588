// Random walks: a few people, a few browsers, every page and every mail ever received, the clock, the provider's moods.
// Wherever they lead, the rows keep their rules. FUZZ_TIMES=10 walks ten times as often.

import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { DAY, MINUTE, SECOND_TAP } from '../src/numbers.ts';
import { LONG, runs } from './support/fuzz.ts';
import { linkIn, mails, openMailbox, providerIs } from './support/mailbox.ts';
import { findBroken, NO_ROWS, putRows } from './support/rows.ts';
import { emails, MARIE, PASSWORD, type Page, passwords, runCron, Visitor } from './support/visitor.ts';

// Two of them share a lease, a name and a mailbox.
const PEOPLE = [
  {
    reference: '473',
    nom: 'LECCIA',
    prenom: 'FRANCOISE',
    date_naissance: '29/02/1952',
    email: 'leccia@x.example.fr',
  },
  {
    reference: '473',
    nom: 'LECCIA',
    prenom: 'ANTOINE',
    date_naissance: '12/05/1949',
    email: 'leccia@x.example.fr',
  },
  {
    reference: '471',
    nom: 'ORSONI',
    prenom: 'MARIE-DOMINIQUE',
    date_naissance: '14/07/1956',
    email: 'marie@x.example.fr',
  },
];
const SECRETS = [PASSWORD, 'Granit-7b?'];

/** How a link was used: the same password again, within minutes, is a second tap and no second use. */
type Use = { password: string | undefined; at: number };

/** Where the walk is; each action picks what it needs of it by number, so that any number does. */
type World = { browsers: Visitor[]; used: Map<string, Use>; owners: Map<string, number>; now: number };
type Pick = { who: number; browser: number; secret: number; nth: number; isTwice: boolean };

const at = <T>(list: T[], nth: number): T => list[nth % list.length] as T;
/** The same, from the end: 0 is the newest. */
const fromLast = <T>(list: T[], nth: number): T => at(list.toReversed(), nth);
const mailOf = (pattern: RegExp, nth: number) =>
  at(
    mails().filter(({ text }) => pattern.test(text)),
    nth,
  );
const identifiers = async () =>
  (
    await env.DB.prepare('SELECT identifier FROM accounts ORDER BY id').all<{ identifier: string }>()
  ).results.map(({ identifier }) => identifier);
const identifierOf = async ({ nth }: Pick) => fromLast(['NHCAPAL000000', ...(await identifiers())], nth);

type Action = (pick: Pick, world: World, visitor: Visitor) => Promise<Page | undefined>;

const openLink =
  (path: RegExp): Action =>
  async ({ nth }, _, visitor) => {
    const mail = mailOf(path, nth);
    return mail && visitor.open(linkIn(mail));
  };

/** Posts a mailed link, or posts it twice at once; one that was good is noted: it must never be good for anything else. */
const useLink =
  (path: RegExp, fields: (pick: Pick) => Promise<Record<string, string>>, tail = ''): Action =>
  async (pick, { used, now }, visitor) => {
    const mail = mailOf(path, pick.nth);
    if (!mail) return undefined;
    const link = linkIn(mail);
    const typed = await fields(pick);
    const devices = pick.isTwice ? [visitor, new Visitor()] : [visitor];
    const pages = await Promise.all(devices.map((device) => device.post(link + tail, typed)));
    if (tail === '/nouveau-lien') return pages[0];
    const good = pages.filter(({ status, location }) => status === 303 && location !== link);
    const password = tail === '' ? typed.mot_de_passe : undefined;
    const before = used.get(link);
    const isTap = password !== undefined && before?.password === password && now - before.at < SECOND_TAP;
    const most = before ? (isTap ? devices.length : 0) : password ? devices.length : 1;
    if (good.length > most) throw new Error('A used link was good again');
    if (good.length > 0 && !before) used.set(link, { password, at: now });
    return good[0] ?? pages[0];
  };
const newPassword = async ({ secret }: Pick) => passwords(at(SECRETS, secret));
const anIdentifier = async (pick: Pick) => ({ identifiant: await identifierOf(pick) });
const currentOf = ({ secret }: Pick) => ({ mot_de_passe_actuel: at(SECRETS, secret) });
const move = (world: World, minutes: number) => {
  world.now += minutes * MINUTE;
  vi.setSystemTime(world.now);
};

const ACTIONS: Record<string, Action> = {
  signUp: ({ who }, _, visitor) => {
    const { email, ...person } = at(PEOPLE, who);
    return visitor.submit('/inscription', { ...MARIE, ...person, ...emails(email) });
  },
  resend: (_, __, visitor) => visitor.submit('/inscription/courriel/renvoi'),
  correctAddress: (_, __, visitor) =>
    visitor.submit('/inscription/courriel/adresse', emails('right@x.example.fr')),
  openActivation: openLink(/\/activation\//),
  activate: useLink(/\/activation\//, newPassword),
  renewActivation: useLink(/\/activation\//, newPassword, '/nouveau-lien'),
  signIn: async (pick, _, visitor) =>
    visitor.submit('/connexion', { ...(await anIdentifier(pick)), mot_de_passe: at(SECRETS, pick.secret) }),
  signInProvisionally: async ({ nth }, _, visitor) => {
    const mail = mailOf(/\s\w{4}-\w{4}-\w{4}$/m, nth);
    const [, identifiant = ''] = /(NHCAPA[LF]\d+)/.exec(mail?.text ?? '') ?? [];
    const [mot_de_passe = 'x'] = /\w{4}-\w{4}-\w{4}/.exec(mail?.text ?? '') ?? [];
    return visitor.submit('/connexion', { identifiant, mot_de_passe });
  },
  forget: async (pick, _, visitor) => visitor.submit('/mot-de-passe-oublie', await anIdentifier(pick)),
  reset: useLink(/\/mot-de-passe\//, newPassword),
  renewReset: useLink(/\/mot-de-passe\//, newPassword, '/nouveau-lien'),
  askProvisional: useLink(/\/mot-de-passe\//, anIdentifier, '/provisoire'),
  forgetIdentifier: ({ who }, _, visitor) =>
    visitor.submit('/identifiant-oublie', { profil: 'locataire', ...at(PEOPLE, who) }),
  space: (_, __, visitor) => visitor.open('/espace'),
  data: (_, __, visitor) => visitor.open('/espace/donnees'),
  changePassword: async (pick, _, visitor) =>
    visitor.post('/espace/mot-de-passe', {
      ...currentOf(pick),
      ...(await newPassword({ ...pick, secret: pick.nth })),
    }),
  changeEmail: (pick, _, visitor) =>
    visitor.post('/espace/courriel', { ...currentOf(pick), ...emails(`new${pick.nth % 2}@x.example.fr`) }),
  cancelEmail: (_, __, visitor) => visitor.post('/espace/courriel', { annuler: 'oui' }),
  confirmEmail: useLink(/\/courriel\//, anIdentifier),
  endOthers: (_, __, visitor) => visitor.post('/espace/sessions', { toutes: 'oui' }),
  notMe: (_, __, visitor) => visitor.post('/espace/sessions', { pas_moi: 'oui' }),
  close: (pick, _, visitor) => visitor.post('/espace/fermeture', currentOf(pick)),
  signOut: (_, __, visitor) => visitor.post('/deconnexion'),
  waitAMinute: async (_, world) => move(world, 2) as undefined,
  waitAnHour: async (_, world) => move(world, 61) as undefined,
  waitDays: async (_, world) => move(world, 73 * 60) as undefined,
  providerFails: async () => providerIs('down') as undefined,
  cron: async () => {
    providerIs('up');
    return runCron() as Promise<undefined>;
  },
};
/** What most walks need to get anywhere is drawn more often. */
const OFTEN = [
  ...['signUp', 'activate', 'signIn', 'signIn', 'forget', 'reset', 'askProvisional', 'signInProvisionally'],
  ...['changePassword', 'changeEmail', 'confirmEmail', 'cron', 'waitAMinute'],
];

const step = fc.record({
  name: fc.constantFrom(...Object.keys(ACTIONS), ...OFTEN, ...OFTEN, ...OFTEN),
  // Mostly the same person, the right password, the newest mail: or no walk would get far.
  who: fc.constantFrom(0, 0, 0, 1, 2),
  browser: fc.constantFrom(0, 0, 0, 1),
  secret: fc.constantFrom(0, 0, 0, 1),
  nth: fc.constantFrom(0, 0, 0, 0, 1, 2, 5),
  isTwice: fc.boolean(),
});

/** Most walks begin on a road that leads somewhere. */
const road = (...names: string[]) =>
  names.map((name) => ({ name, who: 0, browser: 0, secret: 0, nth: 0, isTwice: true }));
const INSIDE = road('signUp', 'activate', 'signIn');
const LOST = road('signUp', 'activate', 'forget', 'askProvisional', 'signInProvisionally');
const walk = fc
  .tuple(fc.constantFrom(INSIDE, LOST, []), fc.array(step, { minLength: 20, maxLength: 50, size: 'max' }))
  .map(([first, then]) => [...first, ...then]);

let walks = 0;
let steps = 0;
const reached = new Set<string>();

/** An identifier, once given, stays its client's for ever. */
async function expectSameOwners({ owners }: World): Promise<void> {
  const { results } = await env.DB.prepare('SELECT identifier, client_id FROM accounts').all<{
    identifier: string;
    client_id: number;
  }>();
  for (const { identifier, client_id } of results) {
    expect(owners.get(identifier) ?? client_id).toBe(client_id);
    owners.set(identifier, client_id);
  }
  expect(results.length).toBe(owners.size);
}

it(
  'wherever the walks lead, the rows keep their rules',
  async () => {
    await fc.assert(
      fc.asyncProperty(walk, async (path) => {
        openMailbox();
        await putRows(NO_ROWS);
        const world: World = {
          browsers: [new Visitor(), new Visitor()],
          used: new Map(),
          owners: new Map(),
          now: Date.now(),
        };
        world.now += 3 * DAY;
        vi.setSystemTime(world.now);
        walks++;
        for (const { name, ...pick } of path) {
          const page = await ACTIONS[name]?.(pick, world, at(world.browsers, pick.browser));
          steps++;
          if (page) reached.add(`${name} ${page.status}`);
          expect([name, (page?.status ?? 200) < 500, await findBroken()]).toEqual([name, true, []]);
          await expectSameOwners(world);
        }
        for (const link of world.used.keys()) expect((await new Visitor().open(link)).status).not.toBe(200);
      }),
      runs(6),
    );
  },
  LONG,
);

it('went far enough to prove something', () => {
  console.log(`Random walks: ${walks} walks, ${steps} steps; reached ${[...reached].sort().join(', ')}`);
  expect(steps).toBeGreaterThan(100);
  for (const far of ['activate 303', 'signIn 200']) expect([...reached]).toContain(far);
});
