// A letter is written once, as plain facts; its text and HTML parts are two prints of the same lines.

import type { MonthReport } from '../../account/month-report.ts';
import type { Settings } from '../../env.ts';
import { wholeNumber } from '../../words/phone.ts';

export type Line =
  /** A paragraph. */
  | string
  /** A sentence that ends with whom to call: « …, appelez-nous » is followed by the number. */
  | { call: string }
  /** The one thing to do; alone on its line in the text part. */
  | { link: string; url: string }
  /** Something to keep, such as the identifier. */
  | { label: string; value: string };

/** The facts a letter may contain. */
export type LetterFacts = {
  /** The person's or the company's, from the landlord's file. */
  name: string;
  identifier: string;
  /** The secret of the letter: the token of a mailed link, or the provisional password in groups. Empty in most letters. */
  secret: string;
  /** When it was asked for: « le 23 novembre 2026 à 10 h 42 ». */
  moment: string;
  /** Whether a password is in force: after « ce n’est pas moi » or a provisional one that served, none is. */
  hasPassword: boolean;
  /** Whether the landlord lets nobody open another account for this client. */
  isHeld: boolean;
  /** What the month's mail to the landlord tells; undefined in every other letter. */
  report?: MonthReport & { hasDesk: boolean };
  /** The whole address of a page. */
  at: (path: string) => string;
};

/** The content of a letter; head and signature are added when it is printed. */
export type Letter = {
  /** At most 35 signs: what a phone shows of it. */
  subject: string;
  /** The preview that a mailbox shows behind the subject; hidden in the letter itself, where the lines say the same. */
  preview: string;
  lines: Line[];
};

/** The text part: readable aloud, each link alone on its line. */
export function printText(letter: Letter, settings: Settings): string {
  const lines = letter.lines.map((line) => {
    if (typeof line === 'string') return line;
    if ('call' in line) return sayCall(line.call, settings);
    return 'link' in line ? `${line.link} :\n\n${line.url}` : `${line.label} ${line.value}`;
  });
  return [...lines, ...signatureOf(settings).map((paragraph) => paragraph.join('\n'))].join('\n\n');
}

/** « …, appelez-nous au 04 95 22 10 42. » */
export function sayCall(sentence: string, { CONTACT_PHONE }: Settings): string {
  return `${sentence} au\u00a0${wholeNumber(CONTACT_PHONE)}.`;
}

/** How every letter ends: paragraphs of lines. */
export function signatureOf(settings: Settings): string[][] {
  const { ORGANISATION_NAME, CONTACT_PHONE, CONTACT_EMAIL } = settings;
  return [
    ['Cordialement,'],
    ['Le service technique du portail', ORGANISATION_NAME],
    [
      `Une difficulté ? Contactez votre gestionnaire au\u00a0${wholeNumber(CONTACT_PHONE)} ou écrivez à ${CONTACT_EMAIL}.`,
    ],
  ];
}
