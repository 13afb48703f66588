// /plan-du-site: every page there is a way to, for who would rather read a list than look for a link (RGAA 12.1).

import { Hono } from 'hono';
import { PATHS } from '../paths.ts';
import { showPage } from '../web/layout.tsx';
import { OtherWays } from '../web/parts.tsx';
import type { Portal } from '../web/portal.ts';
import { SPACE_WAYS, WAYS } from '../web/ways.ts';
import { text } from '../words/pages.ts';

export const siteMap = new Hono<Portal>();

siteMap.get('/', (c) => {
  const body = (
    <>
      <h2>{text.siteMap.openTitle}</h2>
      <OtherWays
        ways={[...OPEN, ...text.layout.links(c.get('settings').ACCESSIBILITY_STATE).filter(isElsewhere)]}
      />
      <h2>{text.siteMap.ownTitle}</h2>
      <OtherWays ways={OWN} />
    </>
  );
  return showPage(c, { title: text.siteMap.title, body });
});

const OPEN = [
  { href: PATHS.signIn, label: text.signIn.title },
  WAYS.signUp,
  { href: PATHS.signUpMail, label: text.mailFates.ask },
  WAYS.lostPassword,
  WAYS.lostIdentifier,
  { href: PATHS.askHelp, label: text.askHelp.title },
  WAYS.code,
  WAYS.stuck,
];

const OWN = [{ href: PATHS.space, label: text.space.title }, WAYS.account, ...SPACE_WAYS];

function isElsewhere({ href }: { href: string }): boolean {
  return href !== PATHS.siteMap;
}
