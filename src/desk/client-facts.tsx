// What the desk knows of a client: how to reach them, the newest mail, the last sign-in; and under « Plus » all the rest.

import { groupIdentifier } from '../account/identifier.ts';
import { newestTelling } from '../account/next-step.ts';
import { Address, Fact, Identifier, PrintButton, Records } from '../web/parts.tsx';
import { moment, type PortalContext } from '../web/portal.ts';
import { caseText } from '../words/case.ts';
import { deskText } from '../words/desk.ts';
import { sayEvent } from '../words/device.ts';
import { frenchDateTime } from '../words/times.ts';
import { sayAct } from './say-act.ts';
import type { Seen } from './seen.tsx';

const words = deskText.client;

/** @param failures wrong passwords since a day */
export function Facts({ c, seen, failures }: { c: PortalContext; seen: Seen; failures: number }) {
  const { one, mails, lastSignInAt, openSessions } = seen;
  const newest = newestTelling(mails);
  return (
    <>
      {(one.identifier || one.email) && <Reach one={one} />}
      <dl class="facts">
        <Fact name={words.lastMail}>{newest ? sayMail(c, newest) : words.noMail}</Fact>
        {one.state === 'active' && (
          <>
            <Fact name={words.lastSignIn}>
              {lastSignInAt === null
                ? words.never
                : frenchDateTime(lastSignInAt, c.get('settings').TIME_ZONE)}
            </Fact>
            <Fact name={words.failures}>
              {failures === 0 ? words.noFailure : words.someFailures(failures)}
            </Fact>
            <Fact name={words.sessions}>{openSessions}</Fact>
          </>
        )}
      </dl>
    </>
  );
}

/** What is read out, and never printed: paper lies about. */
function Reach({ one: { identifier, email, newEmail } }: Pick<Seen, 'one'>) {
  return (
    <dl class="facts unprinted">
      {identifier && (
        <Fact name={words.identifier}>
          <Identifier groups={groupIdentifier(identifier)} />
        </Fact>
      )}
      {email && (
        <Fact name={words.email}>
          <Address email={email} />
        </Fact>
      )}
      {newEmail && (
        <Fact name={words.pendingEmail}>
          <Address email={newEmail} />
        </Fact>
      )}
    </dl>
  );
}

function sayMail(c: PortalContext, { kind, state, reason, createdAt }: Seen['mails'][number]): string {
  const why = reason ? ` (${caseText.mailReasons[reason]})` : '';
  return `${caseText.mailKinds[kind]}, ${caseText.mailStates[state]}${why}, ${moment(c, createdAt)}`;
}

/** All mails, events and acts, folded away. */
export function More({ c, seen }: { c: PortalContext; seen: Seen }) {
  const at = (time: number) => frenchDateTime(time, c.get('settings').TIME_ZONE);
  const lists = [
    { ...words.mails, rows: seen.mails.map((mail) => [at(mail.createdAt), sayMail(c, mail)]) },
    { ...words.events, rows: seen.events.map((one) => [at(one.at), sayEvent({ ...one, device: null })]) },
    { ...words.acts, rows: seen.acts.map((act) => [at(act.at), act.agent, sayAct(act)]) },
  ].filter(({ rows }) => rows.length > 0);
  return (
    <details class="more">
      <summary>{words.more}</summary>
      {lists.length === 0 && <p>{words.nothingYet}</p>}
      {lists.map((list) => (
        <Records {...list} />
      ))}
      <PrintButton label={words.print} />
    </details>
  );
}
