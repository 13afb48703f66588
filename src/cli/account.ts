// npm run account -- IDENTIFIER-OR-REFERENCE-OR-HELP-CODE [--close --reason TEXT] [--lift] [--remote]: an answer for who calls.

import { type Case, findCases, type History, readHistory, type Wanted } from '../account/case.ts';
import { closeForLandlord } from '../account/closing.ts';
import { readIdentifier } from '../account/identifier.ts';
import { nextSteps } from '../account/next-step.ts';
import { readHelpCode } from '../client/help-code.ts';
import { findRequestByCode } from '../client/help-requests.ts';
import { fullName } from '../client/names.ts';
import { liftPauses, readPauses } from '../client/pauses.ts';
import { hasReference, possibleReferenceKeys } from '../client/reference.ts';
import { SettingsError } from '../env.ts';
import { DAY } from '../numbers.ts';
import { type Db, openDatabase } from '../platform/db.ts';
import type { PauseReason } from '../schema.ts';
import { caseText } from '../words/case.ts';
import { text } from '../words/pages.ts';
import { supportText as words } from '../words/support.ts';
import { frenchDateTime, frenchMoment } from '../words/times.ts';
import { withPortal } from './database.ts';
import { tellRequest } from './help-request.ts';
import { readPlainSettings } from './readiness.ts';
import { endOnSignals, stop } from './terminal.ts';
import { readTyped } from './typed.ts';

const { values, positionals, tokens } = readTyped(
  'account',
  {
    close: { type: 'boolean' },
    reason: { type: 'string' },
    lift: { type: 'boolean' },
    remote: { type: 'boolean' },
  },
  words,
);
const typed = positionals.join(' ');
const reason = values.reason?.trim() ?? '';
const isWhole = Boolean(values.close) === Boolean(reason) && !(values.close && values.lift);
if (!hasReference(typed) || !areTogether() || !isWhole) stop(words.usage);
endOnSignals();

let landlord: ReturnType<typeof readPlainSettings>;
await withPortal(Boolean(values.remote), async (env) => {
  landlord = settingsOf(env);
  const db = openDatabase(env.DB);
  const request = await findRequestByCode(db, readHelpCode(typed) ?? '');
  if (request && (values.close || values.lift)) stop(words.request.only);
  if (request) return console.log((await tellRequest(db, request, landlord.TIME_ZONE)).join('\n'));
  const wanted = readWanted(landlord.IDENTIFIER_PREFIX);
  const found = await findCases(db, wanted);
  if (found.length === 0) stop(words.unknown);
  if (values.close) return close(db, found, wanted);
  if (values.lift) return lift(db, found);
  for (const one of found) await show(db, one, wanted);
});

/** The words of one number stand together: others are the rest of a reason without its quotes. */
function areTogether(): boolean {
  const places = tokens.filter(({ kind }) => kind === 'positional').map(({ index }) => index);
  return (places.at(-1) ?? 0) - (places[0] ?? 0) === places.length - 1;
}

function settingsOf(env: object) {
  try {
    return readPlainSettings(env as Record<string, unknown>);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return stop(error.message);
  }
}

/** Digits are both a reference and an identifier; with its prefix an identifier is nothing else. */
function readWanted(prefix: string): Wanted {
  const { candidates: identifiers } = readIdentifier(typed, prefix);
  const plain = typed.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
  // A letter and seven digits are eight: what is longer has its prefix.
  const isWhole = identifiers.length > 0 && /\p{L}/u.test(plain) && plain.length > 8;
  return { identifiers, keys: isWhole ? [] : possibleReferenceKeys(typed) };
}

/** Only when one person is meant, and nobody else could be. */
async function close(db: Db, found: Case[], wanted: Wanted): Promise<void> {
  const [one, other] = found;
  if (!one || other) stop([words.whichOne, ...found.map((each) => `  ${nameOf(each)}`)].join('\n'));
  if (one.accountId === null) stop(`${nameOf(one)}\n${caseText.states.none()}`);
  if (isFormer(one, wanted) || one.state === 'closed') stop(words.alreadyClosed(nameOf(one)));
  const isClosed = await closeForLandlord(db, one.accountId, reason, Date.now());
  if (!isClosed) stop(words.alreadyClosed(nameOf(one)));
  console.log(words.closedNow(nameOf(one)));
}

/** For all who may be meant: a pause too many lifted does no harm. */
async function lift(db: Db, found: Case[]): Promise<void> {
  for (const one of found) {
    const isLifted = (await liftPauses(db, one.clientId)) > 0;
    console.log(isLifted ? words.lifted(nameOf(one)) : words.nothingToLift(nameOf(one)));
  }
}

async function show(db: Db, one: Case, wanted: Wanted): Promise<void> {
  const pauses = await readPauses(db, one.clientId, Date.now());
  const history = one.accountId === null ? { mails: [], events: [] } : await readHistory(db, one.accountId);
  const lines = [
    '',
    one.referenceKey === wanted.keys[1] && words.cutReference,
    nameOf(one),
    one.newEmail && caseText.newEmail(mask(one.newEmail)),
    isFormer(one, wanted) && words.formerIdentifier,
    one.leftAt !== null && caseText.left(frenchDateTime(one.leftAt, landlord.TIME_ZONE)),
    stateOf(one),
    ...pauses.map(({ why, until }) => `${caseText.pauses[why](moment(until))} ${words.toLift}`),
    `${words.next} ${stepsFor(one, history, pauses).join(' ')}`,
    ...(one.accountId === null ? [] : tell(history)),
  ];
  console.log(lines.filter((line) => typeof line === 'string').join('\n'));
}

/** Found by an identifier that was closed: the newest account is another. */
function isFormer({ identifier, referenceKey }: Case, { identifiers, keys }: Wanted): boolean {
  return identifier !== null && !identifiers.includes(identifier) && !keys.includes(referenceKey);
}

/** Who it is, by all that tells one person from another; never an address in full. */
function nameOf(one: Case): string {
  const client = `${text.space.reference[one.kind]} ${one.reference}`;
  return [fullName(one), client, one.identifier, mask(one.email)].filter(Boolean).join(' · ');
}

function stateOf(one: Case): string {
  return caseText.states[one.state ?? 'none'](moment(one.state === 'closed' ? one.closedAt : one.createdAt));
}

/** The next steps in sentences, the first thing first. */
function stepsFor(one: Case, { mails }: History, pauses: { why: PauseReason }[]): string[] {
  const { CLIENT_LEFT_GRACE_DAYS: days, TIME_ZONE } = landlord;
  const until = frenchDateTime((one.leftAt ?? 0) + days * DAY, TIME_ZONE);
  return nextSteps(one, mails, pauses, days, Date.now()).map(
    (step) => words.steps[step] ?? caseText.steps[step](until),
  );
}

function tell({ mails, events }: History): string[] {
  return [
    `\n${words.mails}`,
    ...mails.map((mail) => {
      const why = mail.reason ? ` (${caseText.mailReasons[mail.reason]})` : '';
      return `  ${moment(mail.createdAt)} · ${caseText.mailKinds[mail.kind]} · ${caseText.mailStates[mail.state]}${why}`;
    }),
    `\n${words.events}`,
    ...events.map(
      ({ kind, at, detail }) => `  ${moment(at)} · ${text.events[kind]}${detail ? ` (${detail})` : ''}`,
    ),
  ];
}

function moment(time: number | null): string {
  return frenchMoment(time ?? 0, Date.now(), landlord.TIME_ZONE);
}

/** `m…@orange.fr`: enough to recognise, not to write to. */
function mask(email: string | null): string {
  return email ? email.replace(/^(.).*(?=@)/, '$1…') : '';
}
