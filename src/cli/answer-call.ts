// What `npm run account` answers and does for whoever calls: who is meant, closing the account, lifting a pause.

import { type Case, findCases, type Wanted } from '../account/case.ts';
import { closeForLandlord } from '../account/closing.ts';
import { readIdentifier } from '../account/identifier.ts';
import { readHelpCode } from '../client/help-code.ts';
import { findRequestByCode } from '../client/help-requests.ts';
import { liftPauses } from '../client/pauses.ts';
import { possibleReferenceKeys } from '../client/reference.ts';
import type { Db } from '../platform/db.ts';
import { caseText } from '../words/case.ts';
import { supportText as words } from '../words/support.ts';
import { isFormer, type Landlord, nameOf, tellCase } from './case.ts';
import { tellRequest } from './help-request.ts';

/** What was typed behind the command; a reason stands with a closing only. */
type Call = { typed: string; does: 'tell' | 'close' | 'lift'; reason: string };
/** What is answered; whether that is what was asked. */
type Answer = { said: string; isDone: boolean };

const done = (said: string): Answer => ({ said, isDone: true });
const undone = (said: string): Answer => ({ said, isDone: false });

/** Does what was typed, for the clients or the help request that it names. */
export async function answerCall(db: Db, landlord: Landlord, call: Call): Promise<Answer> {
  const request = await findRequestByCode(db, readHelpCode(call.typed) ?? '');
  if (request && call.does !== 'tell') return undone(words.request.only);
  if (request) return done((await tellRequest(db, request, landlord.TIME_ZONE)).join('\n'));
  const wanted = readWanted(call.typed, landlord.IDENTIFIER_PREFIX);
  const found = await findCases(db, wanted);
  if (found.length === 0) return undone(words.unknown);
  if (call.does === 'close') return close(db, found, wanted, call.reason);
  if (call.does === 'lift') return lift(db, found);
  const told = found.map((one) => tellCase(db, landlord, one, wanted));
  return done((await Promise.all(told)).join('\n'));
}

/** Digits are both a reference and an identifier; with its prefix an identifier is nothing else. */
function readWanted(typed: string, prefix: string): Wanted {
  const { candidates: identifiers } = readIdentifier(typed, prefix);
  const plain = typed.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
  // A letter and seven digits are eight: what is longer has its prefix.
  const isWhole = identifiers.length > 0 && /\p{L}/u.test(plain) && plain.length > 8;
  return { identifiers, keys: isWhole ? [] : possibleReferenceKeys(typed) };
}

/** Only when one person is meant, and nobody else could be. */
async function close(db: Db, found: Case[], wanted: Wanted, reason: string): Promise<Answer> {
  const [one, other] = found;
  if (!one || other) return undone([words.whichOne, ...found.map((each) => `  ${nameOf(each)}`)].join('\n'));
  if (one.accountId === null) return undone(`${nameOf(one)}\n${caseText.states.none()}`);
  if (isFormer(one, wanted) || one.state === 'closed') return undone(words.alreadyClosed(nameOf(one)));
  const isClosed = await closeForLandlord(db, one.accountId, reason, Date.now());
  return isClosed ? done(words.closedNow(nameOf(one))) : undone(words.alreadyClosed(nameOf(one)));
}

/** For all who may be meant: a pause too many lifted does no harm. */
async function lift(db: Db, found: Case[]): Promise<Answer> {
  const lines: string[] = [];
  for (const one of found) {
    const isLifted = (await liftPauses(db, one.clientId)) > 0;
    lines.push(isLifted ? words.lifted(nameOf(one)) : words.nothingToLift(nameOf(one)));
  }
  return done(lines.join('\n'));
}
