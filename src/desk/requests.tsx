// /guichet/demandes: the help requests that wait, the oldest first, look-alikes together; then the newest that are decided.

import { Hono } from 'hono';
import { groupAlike } from '../client/alike.ts';
import { groupHelpCode } from '../client/help-code.ts';
import { type HelpRequest, listRequests } from '../client/help-requests.ts';
import { fullName } from '../client/names.ts';
import { DESK } from '../numbers.ts';
import { showPage } from '../web/layout.tsx';
import type { Portal } from '../web/portal.ts';
import { caseText } from '../words/case.ts';
import { deskHelpText } from '../words/desk-help.ts';
import { frenchDateTime } from '../words/times.ts';
import { ListTable } from './list.tsx';
import { seenText } from './typed-text.ts';

const words = deskHelpText.list;

type Listed = Awaited<ReturnType<typeof listRequests>>['waiting'][number];
type At = (time: number) => string;

export const deskRequests = new Hono<Portal>();

deskRequests.get('/', async (c) => {
  const { waiting, decided } = await listRequests(c.get('db'), DESK.listed);
  const at: At = (time) => frenchDateTime(time, c.get('settings').TIME_ZONE);
  const body = (
    <>
      {waiting.length === 0 ? <p class="lead">{words.none}</p> : <Waiting rows={waiting} at={at} />}
      {waiting.length === DESK.listed && <p>{words.isMore(DESK.listed)}</p>}
      {decided.length > 0 && <Decided rows={decided} at={at} />}
    </>
  );
  return showPage(c, { title: words.title, isDocument: true, body });
});

function Waiting({ rows, at }: { rows: Listed[]; at: At }) {
  return (
    <>
      <p>{words.intro}</p>
      <ListTable title={words.toDecide} isTitleHidden heads={words.heads}>
        {groupAlike(rows).map((group) => (
          <tbody>
            {group.map((row, nth) => (
              <tr>
                <td>{at(row.request.createdAt)}</td>
                <td>
                  <Who request={row.request} />
                  {nth > 0 && ` (${words.alike})`}
                </td>
                <td>{seenText(row.request.reference)}</td>
                <td>{groupHelpCode(row.request.code)}</td>
                <td>{sayAnswer(row)}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </ListTable>
    </>
  );
}

function Decided({ rows, at }: { rows: Listed[]; at: At }) {
  return (
    <ListTable title={words.decided} heads={words.decidedHeads}>
      <tbody>
        {rows.map((row) => (
          <tr>
            <td>{row.request.decidedAt !== null && at(row.request.decidedAt)}</td>
            <td>
              <Who request={row.request} />
            </td>
            <td>{groupHelpCode(row.request.code)}</td>
            <td>{row.request.decidedBy ?? words.byPortal}</td>
            <td>{sayAnswer(row)}</td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  );
}

function Who({ request }: { request: HelpRequest }) {
  return (
    <a class="row" href={`/guichet/demandes/${request.id}`}>
      {seenText(fullName(request))}
    </a>
  );
}

/** The state, and what became of the mail where it did not arrive. */
function sayAnswer({ request, mailState, mailReason }: Listed): string {
  const state = deskHelpText.shortStates[request.state];
  if (mailState === null || mailReason === null || mailState === 'cancelled') return state;
  return `${state}, courriel ${caseText.mailStates[mailState]} (${caseText.mailReasons[mailReason]})`;
}
