// The pages for what goes wrong: each says what happened and what to do next.

import { DrizzleQueryError } from 'drizzle-orm';
import type { Child } from 'hono/jsx';
import { SettingsError } from '../env.ts';
import { PATHS } from '../paths.ts';
import { logLine } from '../platform/log.ts';
import { drawSigns, groupSigns } from '../platform/signs.ts';
import { type Problem, text } from '../words/pages.ts';
import { hasHidden, keptForm, readForm, TypedText } from './kept-form.tsx';
import { showPage } from './layout.tsx';
import { isLocalPath } from './local-path.ts';
import { NextStep, OtherWays, type Way } from './parts.tsx';
import type { PortalContext } from './portal.ts';
import { requestId, routePattern } from './security-log.ts';
import { WAYS } from './ways.ts';

/** What people look for when they are lost. */
const LOOKED_FOR = [WAYS.signUp, WAYS.lostPassword, WAYS.lostIdentifier, WAYS.stuck];

/** What happened, and what to do next. */
function showProblem(c: PortalContext, problem: Problem, next: Child) {
  const { status, title, body } = text.problems[problem];
  const page = (
    <>
      <p class="lead">{body}</p>
      {next}
    </>
  );
  return showPage(c, { title, status, body: page });
}

/** A form that could not be read stands at its own address: the way on leads back to it. */
const BACK_TO_FORM: Problem[] = ['bodyTooLarge', 'wrongContentType', 'repeatedField'];

/** A problem's page, with the ways people look for. */
export function problemPage(c: PortalContext, problem: Problem) {
  const first = BACK_TO_FORM.includes(problem) ? wayToPage(c, text.form.goBack) : WAYS.signIn;
  return showProblem(c, problem, <Ways first={first} />);
}

/** Asked for in another way than by its button, as when a phone opens it anew: leads back to where the button is. */
export function wrongMethodPage(c: PortalContext) {
  const parent = c.req.path.replace(/\/[^/]*$/, '') || '/';
  return showProblem(c, 'wrongMethod', <Ways first={{ href: parent, label: text.form.goBack }} />);
}

function Ways({ first }: { first: Way }) {
  return (
    <>
      <NextStep way={first} />
      <OtherWays ways={LOOKED_FOR} />
    </>
  );
}

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

/** Addresses that are posted to only: their button stands on the page above. */
const BUTTON_ONLY = /\/(renvoi|nouveau-lien|provisoire|deconnexion)$/;

/** The page whose form was posted, as a way on; the sign-in page when the address is none of ours. */
function wayToPage(c: PortalContext, label: string = text.form.toPage): Way {
  const path = c.req.path.replace(BUTTON_ONLY, '') || '/';
  const isOurs = isLocalPath(path, c.get('settings').PORTAL_ORIGIN);
  return { href: isOurs ? path : PATHS.signIn, label };
}

/**
 * The page for what was not expected, with a number to quote. The log line names the route's pattern, never the
 * path (tokens stand in paths), and the error's class, never a database message (it quotes what was typed).
 */
export async function brokenPage(c: PortalContext, error: Error) {
  const number = problemNumber();
  const isOutage = isStoreFailure(error);
  logLine('problem', {
    number,
    method: c.req.method,
    route: routePattern(c),
    request: requestId(c),
    error: describe(error),
    at: frames(error),
  });
  // No page can be framed before the settings are read: for machines, and when a setting is wrong.
  if (!c.get('settings')) return c.text(`${text.outOfOrder} (${number})`, 503);
  const { status, title, body } = text.problems[isOutage ? 'unavailable' : 'broken'];
  const form = c.req.method === 'POST' ? keptForm((await readForm(c)) ?? {}, true) : null;
  return showPage(c, {
    title,
    status,
    body: (
      <>
        <p>
          {body} <strong class="number">{number}</strong>.
        </p>
        {form}
      </>
    ),
  });
}

/** `A3F-92K`: short enough to be said on the phone; no 0 O 1 I. */
function problemNumber(): string {
  return groupSigns(drawSigns(6), 3);
}

/** Whether D1 or KV did not answer, as opposed to a fault of ours. */
function isStoreFailure(error: Error): boolean {
  return error instanceof DrizzleQueryError || /^(D1_|KV )/.test(error.message);
}

function describe(error: Error): string {
  if (error instanceof SettingsError) return error.message;
  const cause = error instanceof DrizzleQueryError ? error.cause : undefined;
  return cause ? `${error.name}: ${cause.message}` : error.name;
}

/** Where it was thrown: the stack without its first line, which is the message. */
function frames(error: Error): string[] {
  const lines = error.stack?.split('\n') ?? [];
  return lines
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
    .map((line) => line.trim());
}
