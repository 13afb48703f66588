// The pages for what goes wrong: each says what happened and what to do next.

import type { Child } from 'hono/jsx';
import { type Problem, text } from '../words/pages.ts';
import { isStoreFailure, logFailure } from './failure.ts';
import { keptForm, readForm } from './kept-form.tsx';
import { showPage } from './layout.tsx';
import { wayToPage } from './local-path.ts';
import { NextStep, OtherWays, type Way } from './parts.tsx';
import type { PortalContext } from './portal.ts';
import { WAYS } from './ways.ts';

/** What people look for when they are lost. */
const LOOKED_FOR = [WAYS.signUp, WAYS.lostPassword, WAYS.lostIdentifier, WAYS.stuck];

/** What happened, and what to do next. */
export function showProblem(c: PortalContext, problem: Problem, next: Child) {
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

/** The page for what was not expected, with a number to quote; a form that was posted can be sent again from it. */
export async function brokenPage(c: PortalContext, error: Error) {
  const number = logFailure(c, error);
  // No page can be framed before the settings are read: for machines, and when a setting is wrong.
  if (!c.get('settings')) return c.text(`${text.outOfOrder} (${number})`, 503);
  const { status, title, body } = text.problems[isStoreFailure(error) ? 'unavailable' : 'broken'];
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
