// The page of a reset link: a new password, and beneath it a provisional one by a second mail.

import type { LinkFacts } from '../account/link-facts.ts';
import { fullName } from '../client/names.ts';
import { PATHS } from '../paths.ts';
import { Actions, Field, StarLegend } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import { linkToken, readLink, showDeadLink } from '../web/mailed-link.tsx';
import { NewPasswordFields, WhoseAccount } from '../web/password-fields.tsx';
import type { PortalContext } from '../web/portal.ts';
import type { Errors, Refusal, Typed } from '../web/read-form.ts';
import { WAYS } from '../web/ways.ts';
import { text } from '../words/pages.ts';

/** The forms of a good link; or what became of a dead one. */
export async function showLink(c: PortalContext, typed: Typed, refusal?: Refusal) {
  const link = await readLink(c, 'reset');
  return link.ok ? showForms(c, link.facts, typed, refusal) : showDeadLink(c, 'reset', link);
}

/** Whose account it is, and the two forms. */
export function showForms(c: PortalContext, facts: LinkFacts, typed: Typed, refusal?: Refusal) {
  const path = `${PATHS.reset}${linkToken(c)}`;
  const errors = refusal?.errors;
  const body = (
    <>
      <WhoseAccount name={fullName(facts)} identifier={facts.identifier} />
      <form method="post" action={path} novalidate>
        <StarLegend />
        <NewPasswordFields identifier={facts.identifier} errors={errors} />
        <Actions submit={text.reset.submit} back={WAYS.back} />
      </form>
      {c.get('settings').PROVISIONAL_PASSWORD_BY_MAIL === 'on' && (
        <ProvisionalForm path={path} typed={typed} errors={errors} />
      )}
    </>
  );
  return showPage(c, { title: text.reset.title, refusal, body });
}

function ProvisionalForm({ path, typed, errors }: { path: string; typed: Typed; errors?: Errors }) {
  return (
    <>
      <h2>{text.reset.provisionalTitle}</h2>
      <p>{text.reset.provisionalIntro}</p>
      <form method="post" action={`${path}/provisoire`} novalidate>
        <Field
          name="identifiant"
          label={text.signIn.identifier}
          capitals="characters"
          typed={typed}
          errors={errors}
        />
        <button type="submit" class="second">
          {text.reset.provisionalSubmit}
        </button>
      </form>
    </>
  );
}
