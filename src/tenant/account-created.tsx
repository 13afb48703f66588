// /activation/compte-cree: the information page, with the identifier. It belongs to the browser that activated.

import { Hono } from 'hono';
import { groupIdentifier } from '../account/identifier.ts';
import { fullName } from '../client/names.ts';
import { findHolder } from '../client/rows.ts';
import { PATHS } from '../paths.ts';
import { type Flash, type Happened, readFlash } from '../web/cookies.ts';
import { showPage } from '../web/layout.tsx';
import { keepsNoCookie, NoCookies } from '../web/no-cookies.tsx';
import { Identifier, NextStep } from '../web/parts.tsx';
import type { Portal, PortalContext } from '../web/portal.ts';
import { WAYS } from '../web/ways.ts';
import { text } from '../words/pages.ts';

export const accountCreated = new Hono<Portal>();

accountCreated.get('/', async (c) => {
  const flash = await readFlash(c);
  if (flash && SHOWN.includes(flash.happened)) return showCreated(c, flash);
  return keepsNoCookie(c, PATHS.activation) === 'yes' ? showWithoutCookies(c) : c.redirect(PATHS.signIn, 303);
});

/** An account just opened, by a mailed link or a code; or its password just chosen with a code. */
const SHOWN: Happened[] = ['created', 'created_by_code', 'reset_by_code'];

function showWithoutCookies(c: PortalContext) {
  const body = (
    <>
      <p class="lead">{text.noCookies.created}</p>
      <NoCookies />
      <NextStep way={WAYS.signIn} />
    </>
  );
  return showPage(c, { title: text.created.title, body });
}

async function showCreated(c: PortalContext, { happened, identifier }: Flash) {
  const isReset = happened === 'reset_by_code';
  const title = isReset ? text.code.resetTitle : text.created.title;
  // The name is for the sheet in the drawer only: without it the identifier is shown all the same.
  const holder = await findHolder(c.get('db'), identifier).catch(() => undefined);
  const body = (
    <>
      <p class="lead">{isReset ? text.code.reset : text.created.intro}</p>
      <p class="keep">
        <Identifier groups={groupIdentifier(identifier)} />
      </p>
      <div class="paper">
        {holder && <p>{fullName(holder)}</p>}
        <p>
          {text.created.address} <strong>{c.get('settings').PORTAL_ORIGIN}</strong>
        </p>
      </div>
      <p>{text.created.keep}</p>
      {/* No mail is promised to who has no mailbox. */}
      <p>{happened === 'created' ? text.created.mailed : text.code.onlyHere}</p>
      {happened === 'created_by_code' && <p>{text.code.addAddress}</p>}
      <div class="extras" hidden data-copy={identifier} data-copied={text.created.copied}>
        <button type="button" class="second" data-do="copy">
          {text.created.copy}
        </button>
        <button type="button" class="second" data-do="print">
          {text.created.print}
        </button>
        <span role="status"></span>
      </div>
      <div class="caps">
        <NextStep way={{ href: PATHS.signIn, label: text.created.submit }} />
      </div>
    </>
  );
  return showPage(c, { title, isDocument: true, body });
}
