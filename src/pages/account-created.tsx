// /activation/compte-cree: the information page, with the identifier. It belongs to the browser that activated.

import { Hono } from 'hono';
import { groupIdentifier } from '../rules/identifier.ts';
import { text } from '../text.ts';
import { freshIdentifier } from '../web/cookies.ts';
import { showPage } from '../web/layout.tsx';
import { keepsNoCookie, NoCookies } from '../web/no-cookies.tsx';
import { Identifier, NextStep } from '../web/parts.tsx';
import type { Portal, PortalContext } from '../web/portal.ts';

export const accountCreated = new Hono<Portal>();

accountCreated.get('/', async (c) => {
  const fresh = await freshIdentifier(c);
  if (fresh?.why === 'created') return showCreated(c, fresh.identifier);
  return keepsNoCookie(c, '/activation/') === 'yes' ? showWithoutCookies(c) : c.redirect('/connexion', 303);
});

function showWithoutCookies(c: PortalContext) {
  const body = (
    <>
      <p class="lead">{text.noCookies.created}</p>
      <NoCookies />
      <NextStep way={{ href: '/connexion', label: text.signIn.title }} />
    </>
  );
  return showPage(c, { title: text.created.title, body });
}

function showCreated(c: PortalContext, identifier: string) {
  const title = text.created.title;
  const body = (
    <>
      <p class="lead">{text.created.intro}</p>
      <p class="keep">
        <Identifier groups={groupIdentifier(identifier)} />
      </p>
      <p>{text.created.keep}</p>
      <p>{text.created.mailed}</p>
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
        <NextStep way={{ href: '/connexion', label: text.created.submit }} />
      </div>
    </>
  );
  return showPage(c, { title, body });
}
