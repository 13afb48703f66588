// /espace/compte: the account, one step behind the landlord's services.

import { Hono } from 'hono';
import { AccountFacts, accountWays } from '../../web/account-facts.tsx';
import { showPage } from '../../web/layout.tsx';
import { OtherWays } from '../../web/parts.tsx';
import type { Portal } from '../../web/portal.ts';
import { WAYS } from '../../web/ways.ts';
import { text } from '../../words/pages.ts';

export const spaceAccount = new Hono<Portal>();

spaceAccount.get('/', (c) => {
  const session = c.get('session');
  const body = (
    <>
      <AccountFacts session={session} timeZone={c.get('settings').TIME_ZONE} />
      <h2>{text.space.purpose}</h2>
      <OtherWays ways={[...accountWays(session), WAYS.backToSpace]} />
    </>
  );
  return showPage(c, { title: text.space.actions, isDocument: true, body });
});
