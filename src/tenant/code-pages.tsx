// The pages of /code: the form that asks for the code, and the one that asks for a password once the code is right.

import type { KnownCode } from '../account/code/check.ts';
import { fullName } from '../client/names.ts';
import { PATHS } from '../paths.ts';
import { Actions, Field, StarLegend } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import { OtherWays, Phone } from '../web/parts.tsx';
import { NewPasswordFields, WhoseAccount } from '../web/password-fields.tsx';
import type { PortalContext } from '../web/portal.ts';
import type { Refusal, Typed } from '../web/read-form.ts';
import { WAYS } from '../web/ways.ts';
import { text } from '../words/pages.ts';

const words = text.code;

/** One answer, whatever is wrong: the reference, the code, or that it was used, replaced, void or over. */
export function showWrong(c: PortalContext, sent: Typed) {
  const message = (
    <>
      <p>{words.wrong}</p>
      <Phone settings={c.get('settings')} />
    </>
  );
  return showForm(c, sent, { message });
}

/** The form that asks for the reference and the code. */
export function showForm(c: PortalContext, { reference = '', code: typed = '' }: Typed, refusal?: Refusal) {
  const common = {
    typed: { reference, code: typed },
    errors: refusal?.errors,
    capitals: 'characters',
  } as const;
  const body = (
    <>
      <p class="lead">{words.intro}</p>
      <form method="post" action={PATHS.code} novalidate>
        <StarLegend />
        <Field name="reference" label={words.reference} hint={words.referenceHint} {...common} />
        <Field name="code" label={words.code} hint={words.codeHint} {...common} />
        <Actions submit={words.submit} back={WAYS.back} />
      </form>
      <OtherWays ways={[WAYS.noEmail]} />
    </>
  );
  return showPage(c, { title: words.title, refusal, body });
}

/** The leaflet's password page. The code goes along: nothing has been used yet. */
export function showPassword(
  c: PortalContext,
  { reference, code: typed }: Typed,
  found: KnownCode,
  refusal?: Refusal,
) {
  const body = (
    <>
      {found.identifier === null || found.state !== 'active' ? (
        <>
          <p class="lead">{text.activation.hello(fullName(found))}</p>
          <p>{words.newAccount}</p>
        </>
      ) : (
        <WhoseAccount name={fullName(found)} identifier={found.identifier} />
      )}
      <form method="post" action={PATHS.code} novalidate>
        <input type="hidden" name="reference" value={reference} />
        <input type="hidden" name="code" value={typed} />
        <StarLegend />
        <NewPasswordFields identifier={found.identifier ?? undefined} errors={refusal?.errors} />
        <Actions
          caps
          submit={found.state === 'active' ? text.reset.submit : text.activation.submit}
          back={WAYS.back}
        />
      </form>
    </>
  );
  return showPage(c, { title: text.activation.title, refusal, body });
}
