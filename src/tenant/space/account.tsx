// /espace/compte: the account: its identifier, its address, and what can be done with it.

import { Hono } from 'hono';
import { groupIdentifier } from '../../account/identifier.ts';
import { PATHS } from '../../paths.ts';
import { LastSignIn } from '../../web/last-sign-in.tsx';
import { showPage } from '../../web/layout.tsx';
import { Address, Fact, Facts, Identifier, OtherWays } from '../../web/parts.tsx';
import type { Portal } from '../../web/portal.ts';
import { SPACE_WAYS, WAYS } from '../../web/ways.ts';
import { text } from '../../words/pages.ts';

export const spaceAccount = new Hono<Portal>();

spaceAccount.get('/', (c) => {
  const session = c.get('session');
  const body = (
    <>
      <Facts>
        <Fact name={text.space.identifier}>
          <Identifier groups={groupIdentifier(session.identifier)} />
        </Fact>
        <Fact name={text.space.reference[session.kind]}>{session.reference}</Fact>
        <Fact name={text.space.email}>
          {session.email === null ? <NoAddress /> : <Address email={session.email} />}
          {session.newEmail && (
            <small>
              {text.space.pendingEmail(session.newEmail)}{' '}
              <a href={PATHS.spaceEmail}>{text.space.pendingEmailFate}</a>
            </small>
          )}
        </Fact>
        <LastSignIn session={session} timeZone={c.get('settings').TIME_ZONE} />
      </Facts>
      <h2>{text.space.purpose}</h2>
      <OtherWays ways={[...(session.email === null ? WITHOUT_ADDRESS : SPACE_WAYS), WAYS.backToSpace]} />
    </>
  );
  return showPage(c, { title: text.space.actions, body });
});

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
