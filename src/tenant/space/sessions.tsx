// /espace/sessions: the devices signed in, « ce n’est pas moi », and what happened lately.

import { Hono } from 'hono';
import { openSessions, recentEvents } from '../../account/own-data.ts';
import { secureAccount } from '../../account/reset.ts';
import { endSessionsOf } from '../../account/sessions.ts';
import { giveFreshIdentifier, takeSession } from '../../web/cookies.ts';
import { readFields, WhoseForm } from '../../web/form.tsx';
import { showPage } from '../../web/layout.tsx';
import { OtherWays, Records } from '../../web/parts.tsx';
import { deliverAfterAnswer, type Portal, type PortalContext, requestDevice } from '../../web/portal.ts';
import { sayDevice, sayEvent } from '../../words/device.ts';
import { text } from '../../words/pages.ts';
import { frenchDateTime } from '../../words/times.ts';

const words = text.spaceSessions;

export const spaceSessions = new Hono<Portal>();

spaceSessions.get('/', async (c) => {
  const { accountId } = c.get('session');
  const db = c.get('db');
  const [open, recent] = await db.batch([
    openSessions(db, accountId, Date.now()),
    recentEvents(db, accountId),
  ]);
  return showSessions(c, open, recent);
});

spaceSessions.post('/', async (c) => {
  const { accountId, id, identifier } = c.get('session');
  const [db, device, now] = [c.get('db'), requestDevice(c), Date.now()];
  const fields = await readFields(c);
  if (fields.has('pas_moi')) {
    const mailId = await secureAccount(db, { accountId, sessionId: id, device, now });
    // Another session was quicker, and ended this one: the sign-in page says so.
    if (!mailId) return c.redirect('/connexion', 303);
    deliverAfterAnswer(c, [mailId]);
    takeSession(c);
    await giveFreshIdentifier(c, 'secured', identifier);
    return c.redirect('/connexion', 303);
  }
  const only = fields.get('session');
  // The rows are looked for under this account only: somebody else's session is out of reach.
  if (only) await endSessionsOf(db, accountId, id, { only }, device, now);
  if (fields.has('toutes')) await endSessionsOf(db, accountId, id, 'others', device, now);
  return c.redirect('/espace/sessions', 303);
});

type Open = Awaited<ReturnType<typeof openSessions>>;
type Recent = Awaited<ReturnType<typeof recentEvents>>;

function showSessions(c: PortalContext, open: Open, recent: Recent) {
  const moment = (time: number) => frenchDateTime(time, c.get('settings').TIME_ZONE);
  const hereId = c.get('session').id;
  const hereFirst = open.toSorted((a, b) => Number(b.id === hereId) - Number(a.id === hereId));
  const body = (
    <>
      <p class="lead">{words.intro}</p>
      <ul class="cards">
        {hereFirst.map((session) => (
          <li>
            <strong>
              {session.id === hereId
                ? `${words.here} (${sayDevice(session.device)})`
                : sayDevice(session.device)}
            </strong>
            <span>{words.since(moment(session.createdAt))}</span>
            {session.id !== hereId && (
              <SessionButton c={c} name="session" value={session.id} label={words.end} />
            )}
          </li>
        ))}
      </ul>
      {open.length > 1 && <SessionButton c={c} name="toutes" value="oui" label={words.endOthers} />}
      <h2>{words.notMeTitle}</h2>
      <p>{words.notMe}</p>
      <SessionButton c={c} name="pas_moi" value="oui" label={words.notMeSubmit} />
      <Records {...words.recent} rows={recent.map((one) => [moment(one.at), sayEvent(one)])} />
      <OtherWays ways={[{ href: '/espace', label: text.spacePassword.back }]} />
    </>
  );
  return showPage(c, { title: words.title, isDocument: true, body });
}

type ButtonProps = { c: PortalContext; name: string; value: string; label: string };

function SessionButton({ c, name, value, label }: ButtonProps) {
  return (
    <form method="post" action="/espace/sessions">
      <WhoseForm name="compte" value={c.get('session').identifier} />
      <input type="hidden" name={name} value={value} />
      <button type="submit" class="second">
        {label}
      </button>
    </form>
  );
}
