// A number is said once, in src/numbers.ts: here each is changed, and every sentence that tells it must follow.

import { env } from 'cloudflare:workers';
import { afterAll, expect, it, vi } from 'vitest';
import { readSettings } from '../src/env.ts';
import * as numbers from '../src/numbers.ts';
import wrangler from '../wrangler.toml?raw';
import { sentences } from './support/sentences.ts';

/** Every sentence of pages, guide, legal pages, letters and terminal, by where it stands, while some numbers are others. */
async function saidWith(changed: Partial<typeof numbers>): Promise<Map<string, string>> {
  vi.resetModules();
  const fresh = await import('../src/numbers.ts');
  for (const [name, value] of Object.entries(changed)) Object.defineProperty(fresh, name, { value });
  const [
    { text },
    { helpText },
    { legalText },
    { importWords },
    { supportText },
    { caseText },
    { deskText },
    { deskHelpText },
    { signUpsText },
    { invitationText },
    { deskFileText },
    { lettersOf },
  ] = await Promise.all([
    import('../src/words/pages.ts'),
    import('../src/words/help.ts'),
    import('../src/words/legal.ts'),
    import('../src/words/import.ts'),
    import('../src/words/support.ts'),
    import('../src/words/case.ts'),
    import('../src/words/desk.ts'),
    import('../src/words/desk-help.ts'),
    import('../src/words/sign-ups.ts'),
    import('../src/words/invitation.ts'),
    import('../src/words/desk-file.ts'),
    import('./support/letters.ts'),
  ]);
  const legal = new Map(sentences(legalText, 'legal'));
  const letters = Object.fromEntries(lettersOf(readSettings(env)));
  return new Map([
    ...sentences(text),
    ...sentences(helpText, 'help'),
    ...sentences(legalText, 'legal').map(([place, sentence]): [string, string] => [
      byLabel(place, legal),
      sentence,
    ]),
    ...sentences(importWords, 'import'),
    ...sentences(supportText, 'support'),
    ...sentences(caseText, 'case'),
    ...sentences(deskText, 'desk'),
    ...sentences(deskHelpText, 'desk help'),
    ...sentences(signUpsText, 'sign-ups'),
    ...sentences(invitationText, 'invitation'),
    ...sentences(deskFileText, 'desk file'),
    ...sentences(letters, 'letter'),
  ]);
}

/** The files that share this workerd must not meet the changed numbers. */
afterAll(() => vi.resetModules());

/** A cell of a legal page by the first one of its row: another row beside it changes nothing. */
function byLabel(place: string, legal: Map<string, string>): string {
  const label = /\.rows\.\d+\.1$/.test(place) ? legal.get(place.replace(/1$/, '0')) : undefined;
  return label ? `legal: ${label}` : place;
}

const { CLIENT_FILE, CODE, DELIVERY, LENGTHS, SESSION, SIGN_IN, DAY, MINUTE } = numbers;
const HOUR = 60 * MINUTE;

/** Every number that a sentence tells, each changed to what no other is. */
const CHANGED: Partial<typeof numbers> = {
  ACTIVATION_LINK_LIFETIME: 5 * HOUR,
  RESET_LINK_LIFETIME: 20 * MINUTE,
  EMAIL_LINK_LIFETIME: 7 * HOUR,
  PROVISIONAL_LIFETIME: 45 * MINUTE,
  WAITING_COOKIE_LIFETIME: 2 * HOUR,
  CREATED_COOKIE_LIFETIME: 31 * MINUTE,
  LETTER_COOKIE_LIFETIME: 32 * MINUTE,
  LETTERS: { words: 401, perRun: 321 },
  KNOWN_DEVICE_LIFETIME: 11 * DAY,
  PENDING_ACCOUNT_LIFETIME: 12 * DAY,
  PENDING_EMAIL_LIFETIME: 13 * DAY,
  HISTORY_KEPT: 14 * DAY,
  DEPARTED_KEPT: 15 * DAY,
  BACKUPS_KEPT: 16 * DAY,
  REPORTS_KEPT: 9 * DAY,
  CODE: { ...CODE, lifetimes: { counter: 18 * DAY, post: 19 * DAY } },
  SCREEN_PERIOD: 3 * MINUTE,
  SESSION: { ...SESSION, idle: 10 * MINUTE, absolute: 4 * HOUR },
  SIGN_IN: { ...SIGN_IN, free: 7, longestWait: MINUTE / 2, window: 8 * HOUR },
  LENGTHS: { ...LENGTHS, passwordLeast: 11 },
  CLIENT_FILE: {
    ...CLIENT_FILE,
    bytes: 70_000_000,
    lineBytes: 8192,
    mostLeft: 0.3,
    mostRejected: 0.08,
    lease: 6 * MINUTE,
  },
  DELIVERY: { ...DELIVERY, giveUpAfter: 2 * DAY },
};

/** Where each is told. */
const TOLD: Record<string, string[]> = {
  '5 heures': [
    'help.mail.note',
    'legal: Lien d’activation du compte',
    'letter.activation.lines.3',
    'letter.activation.preview',
    'text.mailedLinks.deadEnds.activation.expired.body',
  ],
  '20 minutes': [
    'desk.acts.send_link.active',
    'help.forgottenPassword.steps.2',
    'legal: Lien pour un nouveau mot de passe',
    'letter.reset_link.lines.3',
    'letter.reset_link.preview',
    'text.forgottenPassword.openIt',
    'text.mailedLinks.deadEnds.reset.expired.body',
  ],
  '7 heures': [
    'legal: Lien pour confirmer une adresse e-mail',
    'letter.confirm_email.lines.1',
    'letter.confirm_email.preview',
    'text.mailedLinks.deadEnds.email.expired.body',
  ],
  '45 minutes': [
    'legal: Mot de passe provisoire',
    'letter.provisional_password.lines.4',
    'letter.provisional_password.preview',
    'text.forgottenPassword.provisional.0',
  ],
  '2 heures': ['legal: undefinedattente', 'text.signUpMail.missing'],
  '31 minutes': ['legal: undefinedcree'],
  '32 minutes': ['legal: undefinedlettre'],
  '321 lettres': ['invitation.desk.most'],
  '11 jours': ['legal: undefinedappareil-…', 'legal: undefinedpartage'],
  '12 jours': ['legal: Compte demandé, jamais activé'],
  '13 jours': ['legal: Nouvelle adresse e-mail, jamais confirmée'],
  '14 jours': ['legal: Activité du compte et courriels envoyés'],
  '15 jours': ['legal: Locataire ou fournisseur parti'],
  '18 jours': [
    'desk help.giveCode.kinds.counter',
    'legal: Code sur papier, sous une forme qui ne permet pas de le lire',
  ],
  '19 jours': [
    'desk help.giveCode.kinds.post',
    'legal: Code sur papier, sous une forme qui ne permet pas de le lire',
  ],
  '16 jours': ['legal: Copies de secours de la base'],
  '9 jours': [
    'legal: Comptes rendus des mises à jour de notre fichier',
    'desk file.last.intro',
    'import.ACCESS_WORDS.no_report',
  ],
  'trois minutes': ['text.problems.tooManyRequests.body'],
  '10 minutes': ['legal: Connexion ouverte', 'text.problems.sessionOver.body', 'text.signIn.sessionOver'],
  '4 heures': ['legal: Connexion ouverte', 'legal: undefinedsession'],
  'sept essais': ['help.stuck.pause'],
  'une pause de 0.5 minute': ['text.signIn.wrongFew'],
  '8 heures': ['legal: Nombre d’essais manqués'],
  '11 caractères': ['text.passwordLines.length'],
  '70 Mo': ['desk file.most', 'import.FAULT_WORDS.too_large'],
  '8 Ko': ['import.FAULT_WORDS.line_too_long'],
  '30 %': ['import.GUARD_WORDS.too_many_left'],
  '8 %': ['import.GUARD_WORDS.too_many_rejected'],
  'six minutes': ['import.ACCESS_WORDS.busy'],
  'deux jours': ['case.steps.mail_retried'],
};

it('every sentence follows its number', async () => {
  const [before, after] = [await saidWith({}), await saidWith(CHANGED)];
  const followed = [...after.keys()].filter((place) => before.get(place) !== after.get(place));
  expect(followed.sort()).toEqual([...new Set(Object.values(TOLD).flat())].sort());
  for (const [number, places] of Object.entries(TOLD)) {
    const plain = new RegExp(`(?<!\\d)${number}(?!\\p{L})`, 'u');
    const telling = [...after].filter(([, sentence]) => plain.test(sentence.replaceAll('\u00a0', ' ')));
    expect([number, telling.map(([place]) => place).sort()]).toEqual([number, [...places].sort()]);
  }
});

it('what a password lacks follows too', async () => {
  await saidWith({ LENGTHS: { ...LENGTHS, passwordLeast: 11 } });
  const { text } = await import('../src/words/pages.ts');
  expect(text.errors.passwordMisses(['length'])).toContain('(11\u00a0au moins)');
});

it('the first screen of wrangler.toml counts over the period that is told', () => {
  expect(Number(/^simple = \{.*period = (\d+)/m.exec(wrangler)?.[1]) * 1000).toBe(numbers.SCREEN_PERIOD);
});

const sources = import.meta.glob('../src/{words,mail/letters}/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
}) as Record<string, string>;

const COUNTED =
  /(?:\d|\b(?:une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix))[ \u00a0](?:heures?|minutes?|jours?|mois|caractères|essais?|Mo|Ko|%)(?![\p{L}])|dans l’heure/gu;

// Advice that no number of the portal stands behind (« réessayez dans une minute »), and what is counted by its place in a list.
it('no sentence writes such a number out by itself', () => {
  const written = Object.values(sources).flatMap((source) =>
    source
      .split('\n')
      .filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line))
      .flatMap((line) => [...line.matchAll(COUNTED)].map(([found]) => found.replace('\u00a0', ' '))),
  );
  expect(written.sort()).toEqual(['1 essai', '2 essais', 'une minute', 'une minute', 'une minute']);
});
