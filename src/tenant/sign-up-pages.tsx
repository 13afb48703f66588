// The pages of /inscription: the form, the form given back with what concerns it as a whole, and what stands in its place
// when it would be filled in for nothing today.

import type { Child } from 'hono/jsx';
import type { Settings } from '../env.ts';
import { PATHS } from '../paths.ts';
import { EmailFields } from '../web/email-fields.tsx';
import { Actions } from '../web/form.tsx';
import { HelpOffer } from '../web/help-offer.tsx';
import { IdentityFields } from '../web/identity-fields.tsx';
import { showPage } from '../web/layout.tsx';
import { NextStep, OtherWays, Phone, Points } from '../web/parts.tsx';
import type { PortalContext } from '../web/portal.ts';
import { type Refusal, type Typed, typedIn } from '../web/read-form.ts';
import { WAYS } from '../web/ways.ts';
import { invitationText } from '../words/invitation.ts';
import { text } from '../words/pages.ts';

/** Gives the form back with what concerns it as a whole, and the number to call. */
export function refuse(c: PortalContext, status: 422 | 429, said: (string | string[])[], isOffered = false) {
  const message = (
    <>
      <Said c={c} said={said} />
      {isOffered && (
        <p>
          <a href="#verifier">{text.askHelp.short}</a>
        </p>
      )}
    </>
  );
  return showRefused(c, status, message, isOffered);
}

/** The same without the form, which would be filled in for nothing today: the landlord looks, or is called. */
export async function turnAway(c: PortalContext, status: 422 | 429, ...said: (string | string[])[]) {
  const { title } = text.signUp;
  const body = (
    <>
      <HelpOffer typed={await typedIn(c)} isMain />
      <OtherWays ways={[{ href: PATHS.signIn, label: text.forgottenPassword.back }]} />
    </>
  );
  return showPage(c, { title, refusal: { status, message: <Said c={c} said={said} /> }, body });
}

function Said({ c, said }: { c: PortalContext; said: (string | string[])[] }) {
  return (
    <>
      {said.map((one) => (typeof one === 'string' ? <p>{one}</p> : <Points points={one} />))}
      <Phone settings={c.get('settings')} />
    </>
  );
}

/** The form given back with a message of one's own. */
export async function showRefused(
  c: PortalContext,
  status: Refusal['status'],
  message: Child,
  isOffered = false,
) {
  return showSignUp(c, await typedIn(c), { status, message }, isOffered);
}

/** Said of an account that is there already; of one without an address no mail reminds anybody. */
export function Registered({ settings, hasAddress }: { settings: Settings; hasAddress: boolean }) {
  return (
    <>
      <p>{hasAddress ? text.signUp.alreadyRegistered : text.code.registered}</p>
      {hasAddress && <p>{text.signUp.alreadyMailed}</p>}
      <p>{text.signUp.notYours}</p>
      <Phone settings={settings} />
      <NextStep way={WAYS.signIn} />
      <OtherWays ways={hasAddress ? [WAYS.lostPassword, WAYS.lostIdentifier] : [WAYS.code]} />
    </>
  );
}

/** @param isOffered whether the landlord may be asked to look: it was refused for whom it names */
export function showSignUp(c: PortalContext, typed: Typed, refusal?: Refusal, isOffered = false) {
  const errors = refusal?.errors;
  // Nothing was typed yet: what the form knows, a letter brought.
  const note = !refusal && typed.reference ? invitationText.brought : undefined;
  const signUpForm = (
    <form method="post" action={PATHS.signUp} novalidate>
      <IdentityFields typed={typed} errors={errors} referenceNote={note} />
      <EmailFields words={text.signUp} typed={typed} errors={errors} />
      <p>
        <a href={PATHS.noEmail}>{text.signUp.noEmail}</a>
      </p>
      <p class="hint">
        {text.signUp.privacy} <a href={PATHS.personalData}>{text.signUp.privacyMore}</a>
      </p>
      <Actions caps submit={text.signUp.submit} back={WAYS.back} />
    </form>
  );
  const body = (
    <>
      {signUpForm}
      {isOffered && <HelpOffer typed={typed} isMain={false} />}
    </>
  );
  return showPage(c, { title: text.signUp.title, step: 1, refusal, body });
}
