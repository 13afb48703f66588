// /espace: the personal space.

import { Hono } from 'hono';
import { groupIdentifier } from '../../account/identifier.ts';
import type { SignedIn } from '../../account/signed-in.ts';
import { fullName } from '../../client/names.ts';
import { HISTORY_KEPT } from '../../numbers.ts';
import { PATHS } from '../../paths.ts';
import { clearFlash, type Happened, readFlash } from '../../web/cookies.ts';
import { SentEmailHint } from '../../web/email-fields.tsx';
import { showPage } from '../../web/layout.tsx';
import { Address, Callout, Done, Fact, Facts, Identifier, OtherWays } from '../../web/parts.tsx';
import type { Portal } from '../../web/portal.ts';
import { SPACE_WAYS } from '../../web/ways.ts';
import { text } from '../../words/pages.ts';
import { frenchDateTime, frenchLength } from '../../words/times.ts';

export const space = new Hono<Portal>();

space.get('/', async (c) => {
  const session = c.get('session');
  if (session.suspendedPasskeys > 0) return c.redirect(PATHS.spaceKeys, 303);
  const flash = await readFlash(c);
  if (flash) clearFlash(c);
  const done = flash && DONE[flash.happened];
  const settings = c.get('settings');
  const body = (
    <>
      {done ? <Done>{done}</Done> : isFirst(session) && <Bravo />}
      <Facts>
        <Fact name={text.space.reference[session.kind]}>{session.reference}</Fact>
        <Fact name={text.space.identifier}>
          <Identifier groups={groupIdentifier(session.identifier)} />
        </Fact>
        <Fact name={text.space.email}>
          {session.email === null ? <NoAddress /> : <Address email={session.email} />}
          {session.newEmail && (
            <small>
              {text.space.pendingEmail(session.newEmail)}{' '}
              <a href={PATHS.spaceEmail}>{text.space.pendingEmailFate}</a>
            </small>
          )}
        </Fact>
        {!isFirst(session) && (
          <Fact name={text.space.lastSignIn}>{sayLastSignIn(session, settings.TIME_ZONE)}</Fact>
        )}
      </Facts>
      <SentEmailHint email={session.newEmail ?? ''} way={PATHS.spaceEmail} label={text.space.emailPage} />
      <h2>{text.space.actions}</h2>
      <p>{text.space.purpose}</p>
      <OtherWays ways={session.email === null ? WITHOUT_ADDRESS : SPACE_WAYS} />
    </>
  );
  return showPage(c, { title: text.space.title, heading: text.space.hello(fullName(session)), body });
});

/** What was just done from here. */
const DONE: Partial<Record<Happened, string>> = {
  changed: text.space.passwordChanged,
  email_asked: text.space.emailAsked,
  email_cancelled: text.space.emailCancelled,
};

const WITHOUT_ADDRESS = SPACE_WAYS.map((way) =>
  way.href === PATHS.spaceEmail ? { ...way, label: text.code.addOne } : way,
);

function NoAddress() {
  return (
    <>
      {text.code.noAddress}
      <small>{text.code.noAddressNext}</small>
    </>
  );
}

function sayLastSignIn(session: SignedIn, timeZone: string): string {
  if (session.previousSignInAt) return frenchDateTime(session.previousSignInAt, timeZone);
  return text.space.longAgo(frenchLength(HISTORY_KEPT));
}

/** Whether nobody signed in before: of an older account it is no longer known. */
function isFirst({ previousSignInAt, activatedAt }: SignedIn): boolean {
  return previousSignInAt === null && (activatedAt ?? 0) > Date.now() - HISTORY_KEPT;
}

function Bravo() {
  return (
    <Callout kind="done">
      <p>
        <strong>{text.space.bravo}</strong>
      </p>
      <p>{text.space.bravoNext}</p>
    </Callout>
  );
}
