// npm run account -- IDENTIFIER-OR-REFERENCE [--close --reason TEXT] [--remote]: an answer for who calls.

import { parseArgs } from 'node:util';
import { frenchDateTime, frenchMoment } from '../rules/french-time.ts';
import { readIdentifier } from '../rules/identifier.ts';
import { fullName } from '../rules/names.ts';
import { referenceKey } from '../rules/reference.ts';
import { closeForLandlord } from '../store/closing.ts';
import { type Db, openDatabase } from '../store/db.ts';
import { type Case, findCases, readHistory } from '../store/support.ts';
import { text } from '../text.ts';
import { supportText as words } from '../text-support.ts';
import { withPortal } from './database.ts';
import { stop } from './terminal.ts';

const USAGE = 'Usage : npm run account -- IDENTIFIANT-OU-RÉFÉRENCE [--close --reason "MOTIF"] [--remote]';
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    close: { type: 'boolean', default: false },
    reason: { type: 'string', default: '' },
    remote: { type: 'boolean', default: false },
  },
});
const [wanted] = positionals;
if (!wanted || (values.close && !values.reason)) stop(USAGE);

let timeZone = 'Europe/Paris';
await withPortal(values.remote, async (env) => {
  const settings = env as unknown as { IDENTIFIER_PREFIX: string; TIME_ZONE: string };
  timeZone = settings.TIME_ZONE;
  const db = openDatabase(env.DB);
  const { candidates } = readIdentifier(wanted, settings.IDENTIFIER_PREFIX);
  const found = await findCases(db, candidates, referenceKey(wanted));
  if (found.length === 0) stop(words.unknown);
  if (values.close) return close(db, found);
  for (const one of found) await show(db, one);
});

async function close(db: Db, found: Case[]): Promise<void> {
  const open = found.filter(({ accountId, state }) => accountId !== null && state !== 'closed');
  const [one, other] = open;
  if (other) stop(words.whichOne);
  if (!one?.accountId) stop(words.noAccount);
  const isClosed = await closeForLandlord(db, one.accountId, values.reason, Date.now());
  console.log(isClosed ? words.closedNow : words.noAccount);
}

async function show(db: Db, one: Case): Promise<void> {
  console.log(`\n${fullName(one)} · ${text.space.reference[one.kind]} ${one.reference}`);
  if (one.leftAt !== null) console.log(words.left(frenchDateTime(one.leftAt, timeZone)));
  if (one.accountId === null) return console.log(`${words.noAccount}\n${words.next} ${words.noAccountNext}`);
  console.log([one.identifier, mask(one.email), mask(one.newEmail)].filter(Boolean).join(' · '));
  const since = moment(one.state === 'closed' ? one.closedAt : one.createdAt);
  const [state, next] = {
    pending: [words.pending(since), words.pendingNext],
    active: [words.active(since), words.activeNext],
    closed: [words.closed(since), words.closedNext],
  }[one.state ?? 'closed'];
  console.log(`${state}\n${words.next} ${next}`);
  const history = await readHistory(db, one.accountId);
  console.log(`\n${words.mails}`);
  for (const mail of history.mails) {
    const why = mail.reason && ` (${words.mailReasons[mail.reason]})`;
    console.log(
      `  ${moment(mail.createdAt)} · ${words.mailKinds[mail.kind]} · ${words.mailStates[mail.state]}${why ?? ''}`,
    );
  }
  console.log(`\n${words.events}`);
  for (const event of history.events) console.log(`  ${moment(event.at)} · ${text.events[event.kind]}`);
}

function moment(time: number | null): string {
  return frenchMoment(time ?? 0, Date.now(), timeZone);
}

/** `m…@orange.fr`: enough to recognise, not to write to. */
function mask(email: string | null): string {
  return email ? email.replace(/^(.).*(?=@)/, '$1…') : '';
}
