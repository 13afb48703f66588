// /espace/sessions: the devices signed in, « ce n’est pas moi », and what happened lately.

import { Hono } from 'hono';
import { openSessions, recentEvents } from '../../account/own-data.ts';
import { secureAccount } from '../../account/securing.ts';
import { endSessionsOf } from '../../account/sessions.ts';
import { PATHS } from '../../paths.ts';
import { batch } from '../../platform/db.ts';
import { clearSessionCookie, setFlash } from '../../web/cookies.ts';
import { Hidden } from '../../web/form.tsx';
import { showPage } from '../../web/layout.tsx';
import { OtherWays, Records } from '../../web/parts.tsx';
import { deliverAfterAnswer, type Portal, type PortalContext, requestDevice } from '../../web/portal.ts';
import { form, type HiddenName, hidden } from '../../web/read-form.ts';
import { WAYS } from '../../web/ways.ts';
import { sayDevice, sayEvent } from '../../words/device.ts';
import { text } from '../../words/pages.ts';
import { frenchDateTime } from '../../words/times.ts';

const words = text.spaceSessions;

export const spaceSessions = new Hono<Portal>();

spaceSessions.get('/', async (c) => {
  const { accountId } = c.get('session');
  const db = c.get('db');
  const { open, recent } = await batch(db, {
    open: openSessions(db, accountId, Date.now()),
    recent: recentEvents(db, accountId),
  });
  return showSessions(c, open, recent);
});

spaceSessions.post('/', form(hidden('pas_moi', 'session', 'toutes')), async (c) => {
  const { accountId, email, id, identifier } = c.get('session');
  const [db, device, now] = [c.get('db'), requestDevice(c), Date.now()];
  const { pas_moi, session, toutes } = c.req.valid('form');
  if (pas_moi !== undefined && email === null) return c.redirect(PATHS.spacePassword, 303);
  if (pas_moi !== undefined) {
    const mailId = await secureAccount(db, { accountId, sessionId: id, device, now });
    // Another session was quicker, and ended this one: the sign-in page says so.
    if (!mailId) return c.redirect(PATHS.signIn, 303);
    deliverAfterAnswer(c, [mailId]);
    clearSessionCookie(c);
    await setFlash(c, 'secured', identifier);
    return c.redirect(PATHS.signIn, 303);
  }
  // The rows are looked for under this account only: somebody else's session is out of reach.
  if (session) await endSessionsOf(db, accountId, id, { only: session }, device, now);
  if (toutes !== undefined) await endSessionsOf(db, accountId, id, 'others', device, now);
  return c.redirect(PATHS.spaceSessions, 303);
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
          <li class="surface">
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
      {c.get('session').email === null ? <Protect /> : <NotMe c={c} />}
      <Records {...words.recent} rows={recent.map((one) => [moment(one.at), sayEvent(one)])} />
      <OtherWays ways={[WAYS.backToSpace]} />
    </>
  );
  return showPage(c, { title: words.title, isDocument: true, body });
}

function NotMe({ c }: { c: PortalContext }) {
  return (
    <>
      <p>{words.notMe}</p>
      <SessionButton c={c} name="pas_moi" value="oui" label={words.notMeSubmit} />
    </>
  );
}

/** No mail can carry a link to who has no address: another password, chosen here, does the same. */
function Protect() {
  return (
    <>
      <p>{text.code.protect}</p>
      <p class="actions">
        <a class="button second" href={PATHS.spacePassword}>
          {text.space.password}
        </a>
      </p>
    </>
  );
}

type ButtonProps = { c: PortalContext; name: HiddenName; value: string; label: string };

function SessionButton({ c, name, value, label }: ButtonProps) {
  return (
    <form method="post" action={PATHS.spaceSessions}>
      <Hidden name="compte" value={c.get('session').identifier} />
      <Hidden name={name} value={value} />
      <button type="submit" class="second">
        {label}
      </button>
    </form>
  );
}
