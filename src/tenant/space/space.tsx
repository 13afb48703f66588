// /espace: the landlord's services, and the account behind them; without services, the account itself.

import { Hono } from 'hono';
import { groupIdentifier } from '../../account/identifier.ts';
import type { SignedIn } from '../../account/signed-in.ts';
import { fullName } from '../../client/names.ts';
import { PATHS } from '../../paths.ts';
import { AccountFacts, accountWays } from '../../web/account-facts.tsx';
import { clearFlash, type Happened, readFlash } from '../../web/cookies.ts';
import { SentEmailHint } from '../../web/email-fields.tsx';
import { Errands } from '../../web/errands.tsx';
import { isFirstVisit, LastSignIn } from '../../web/last-sign-in.tsx';
import { showPage } from '../../web/layout.tsx';
import { Callout, Done, Fact, Facts, Identifier, OtherWays } from '../../web/parts.tsx';
import type { Portal } from '../../web/portal.ts';
import { isShared } from '../../web/shared-device.tsx';
import { WAYS } from '../../web/ways.ts';
import { text } from '../../words/pages.ts';
import { passkeyText } from '../../words/passkeys.ts';
import { servicesText } from '../../words/services.ts';

export const space = new Hono<Portal>();

space.get('/', async (c) => {
  const session = c.get('session');
  if (session.suspendedPasskeys > 0) return c.redirect(PATHS.spaceKeys, 303);
  const flash = await readFlash(c);
  if (flash) clearFlash(c);
  const done = flash && DONE[flash.happened];
  const { SERVICES, TIME_ZONE } = c.get('settings');
  const isOffered = session.passkeys === 0 && !(await isShared(c));
  const body = (
    <>
      {done ? <Done>{done}</Done> : isFirstVisit(session) && <Bravo />}
      <SentEmailHint email={session.newEmail ?? ''} way={PATHS.spaceEmail} label={text.space.emailPage} />
      {SERVICES.length > 0 ? (
        <>
          <Errands title={servicesText.title} errands={SERVICES} />
          <AccountBehind session={session} timeZone={TIME_ZONE} />
        </>
      ) : (
        <>
          <AccountFacts session={session} timeZone={TIME_ZONE} />
          <h2>{text.space.actions}</h2>
          <p>{text.space.purpose}</p>
          <OtherWays ways={accountWays(session)} />
        </>
      )}
      {isOffered && <PasskeyOffer />}
    </>
  );
  return showPage(c, {
    title: text.space.title,
    heading: text.space.hello(fullName(session)),
    isDocument: true,
    body,
  });
});

const DONE: Partial<Record<Happened, string>> = {
  changed: text.space.passwordChanged,
  email_asked: text.space.emailAsked,
  email_cancelled: text.space.emailCancelled,
};

function AccountBehind({ session, timeZone }: { session: SignedIn; timeZone: string }) {
  return (
    <>
      <h2>{text.space.actions}</h2>
      <Facts>
        <Fact name={text.space.reference[session.kind]}>{session.reference}</Fact>
        <Fact name={text.space.identifier}>
          <Identifier groups={groupIdentifier(session.identifier)} />
        </Fact>
        <LastSignIn session={session} timeZone={timeZone} />
      </Facts>
      <OtherWays ways={[WAYS.account]} />
    </>
  );
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

/** Until the account has one, and never on a device said to be shared. The script shows it where the browser can. */
function PasskeyOffer() {
  const { title, body, way } = passkeyText.offer;
  return (
    <section class="passkey" hidden>
      <h2>{title}</h2>
      <p>{body}</p>
      <OtherWays ways={[{ href: PATHS.spaceKeys, label: way }]} />
    </section>
  );
}
