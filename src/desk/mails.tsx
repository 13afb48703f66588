// /guichet/courriels: the mails that did not arrive, whom to call, and what to say.

import { Hono } from 'hono';
import { stepsOfMail } from '../account/next-step.ts';
import { type LostMail, lostMails } from '../mail/lost.ts';
import { showPage } from '../web/layout.tsx';
import type { Portal } from '../web/portal.ts';
import { caseText } from '../words/case.ts';
import { deskText } from '../words/desk.ts';
import { frenchDateTime } from '../words/times.ts';
import { ClientLink, ListTable, sayNumber } from './list.tsx';

const words = deskText.mails;

export const deskMails = new Hono<Portal>();

deskMails.get('/', async (c) => {
  const lost = await lostMails(c.get('db'), Date.now());
  const at = (time: number) => frenchDateTime(time, c.get('settings').TIME_ZONE);
  const body = lost.length === 0 ? <p class="lead">{words.none}</p> : <LostMails lost={lost} at={at} />;
  return showPage(c, { title: words.title, isDocument: true, body });
});

function LostMails({ lost, at }: { lost: LostMail[]; at: (time: number) => string }) {
  return (
    <>
      <p>{words.intro}</p>
      <ListTable title={words.title} isTitleHidden heads={words.heads}>
        <tbody>
          {lost.map((mail) => (
            <tr>
              <td>{at(mail.createdAt)}</td>
              <td>
                <ClientLink client={{ ...mail, id: mail.clientId }} />{' '}
                {sayNumber({ kind: mail.clientKind, reference: mail.reference })}
              </td>
              <td>{sayWhat(mail)}</td>
              <td>{sayRemedy(mail)}</td>
            </tr>
          ))}
        </tbody>
      </ListTable>
    </>
  );
}

function sayWhat({ kind, state, reason }: LostMail): string {
  const why = reason ? ` (${caseText.mailReasons[reason]})` : '';
  return `${caseText.mailKinds[kind]}, ${caseText.mailStates[state]}${why}`;
}

function sayRemedy(mail: LostMail): string {
  const account = mail.accountState === 'pending' ? 'pending' : 'active';
  return stepsOfMail(mail, account)
    .map((step) => deskText.steps[step] ?? caseText.steps[step](''))
    .join(' ');
}
