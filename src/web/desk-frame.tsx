// The frame of the desk's pages: where to go, and who is at work.

import { raw } from 'hono/html';
import { type Agent, mayDo } from '../staff/members.ts';
import { deskText } from '../words/desk.ts';
import { text } from '../words/pages.ts';
import type { PortalContext } from './portal.ts';
import { publicFile } from './public-files.ts';

/** The desk's own style and script, behind the portal's. */
export const DESK_FILES = raw(
  `<link rel="stylesheet" href="${publicFile('desk.css')}"><script src="${publicFile('desk.js')}" defer></script>`,
);

/** Where Access ends a sign-in, on the portal's own address. */
const SIGN_OUT = '/cdn-cgi/access/logout';

export function DeskTop({ c, agent }: { c: PortalContext; agent: Agent }) {
  const here = new URL(c.req.url).pathname;
  return (
    <>
      <a class="skip" href="#contenu">
        {text.layout.skip}
      </a>
      <header>
        <div class="top">
          <div class="top-inside">
            <a class="home" href="/guichet">
              <span>
                <strong>{deskText.name}</strong> <small>{c.get('settings').ORGANISATION_SHORT_NAME}</small>
              </span>
              <img src={publicFile('mark.svg')} alt="" width="44" height="44" />
            </a>
            <nav class="desk-ways" aria-label={deskText.nav}>
              {deskText.ways
                .filter(({ of }) => !of || mayDo(agent, of))
                .map(({ href, label }) => (
                  <a href={href} aria-current={href === here ? 'page' : undefined}>
                    {label}
                  </a>
                ))}
            </nav>
          </div>
        </div>
        <p class="agent">
          <span>
            {agent.email} ({deskText.roles[agent.role]})
          </span>{' '}
          <a href={SIGN_OUT}>{deskText.signOut}</a>
        </p>
      </header>
    </>
  );
}
