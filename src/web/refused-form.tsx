// A form that was not taken, and not for what was typed in it: nothing of it is lost.

import { PATHS } from '../paths.ts';
import { text } from '../words/pages.ts';
import { hasHidden, keptForm, readForm, TypedText } from './kept-form.tsx';
import { wayToPage } from './local-path.ts';
import { NextStep } from './parts.tsx';
import type { PortalContext } from './portal.ts';
import { showProblem } from './problem.tsx';
import { WAYS } from './ways.ts';

/** The sign-in page that leads back to this one. */
export function signInFirst(c: PortalContext): string {
  return `${PATHS.signIn}?suite=${encodeURIComponent(new URL(c.req.url).pathname)}`;
}

/** A form was posted after the session ended: says so, shows what was typed, and leads back after the sign-in. */
export async function sessionOverPage(c: PortalContext) {
  const next = (
    <>
      <TypedText form={(await readForm(c)) ?? {}} />
      <NextStep way={{ href: signInFirst(c), label: text.signIn.way }} />
    </>
  );
  return showProblem(c, 'sessionOver', next);
}

/** The time to choose a password is over, and the provisional one has served: no password is left but a new one. */
export function choiceOverPage(c: PortalContext) {
  const way = WAYS.anotherReset;
  return showProblem(c, 'choiceOver', <NextStep way={way} />);
}

/**
 * Asks the network of a form to wait a minute, keeping what was typed. Nothing hidden goes along: what acts by it is sent
 * again from its own page, which says what it does.
 */
export async function tooManyRequestsPage(c: PortalContext) {
  const form = (await readForm(c)) ?? {};
  const again = hasHidden(form) ? null : keptForm(form, false);
  const back = (
    <>
      <TypedText form={form} />
      <NextStep way={wayToPage(c)} />
    </>
  );
  return showProblem(c, 'tooManyRequests', again ?? back);
}

/**
 * Refuses a form from another site. Nothing of it is kept, not even what it does: its values are the other site's, and a
 * form of ours with them in it would need one press to act. Only the way to the page itself is shown.
 */
export function crossSitePage(c: PortalContext) {
  return showProblem(c, 'crossSite', <NextStep way={wayToPage(c)} />);
}
