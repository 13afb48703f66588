// Browsers that keep no cookie: they are told so, instead of going round between two pages.

import { text } from '../words/pages.ts';
import { Callout } from './parts.tsx';
import type { PortalContext } from './portal.ts';

/**
 * Whether a page without any cookie was asked for right after a form that gave one, and so the browser keeps none. A
 * browser says where it comes from (`Sec-Fetch-Site`, `Referer`); one that says neither may.
 * @param from the path of that form, or its beginning
 */
export function keepsNoCookie(c: PortalContext, from: string): 'yes' | 'maybe' | 'no' {
  const [site, referer] = [c.req.header('sec-fetch-site'), c.req.header('referer')];
  if (c.req.header('cookie')) return 'no';
  if (site !== undefined && site !== 'same-origin') return 'no';
  if (referer === undefined) return site === undefined ? 'maybe' : 'yes';
  const before = URL.parse(referer);
  const isFromForm = before?.origin === c.get('settings').PORTAL_ORIGIN && before.pathname.startsWith(from);
  return isFromForm ? 'yes' : 'no';
}

/** What is wrong, and what to do. */
export function NoCookies({ before }: { before?: string }) {
  return (
    <Callout kind="calm">
      <p>
        {before} {text.noCookies.why}
      </p>
      <p>{text.noCookies.remedy}</p>
    </Callout>
  );
}
