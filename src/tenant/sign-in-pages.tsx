// The page of /connexion: the form, and the form given back with what is wrong, how long to wait, or whom to call.

import type { Child } from 'hono/jsx';
import { identifierStems } from '../account/identifier.ts';
import { triesBeforePause } from '../account/lock-out.ts';
import type { TriedSignIn } from '../account/sign-in.ts';
import { PATHS } from '../paths.ts';
import { Errands } from '../web/errands.tsx';
import { Field } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import { OtherWays, Phone } from '../web/parts.tsx';
import { PasskeySignIn } from '../web/passkey-sign-in.tsx';
import { moment, type PortalContext, retryAt } from '../web/portal.ts';
import type { Refusal, Typed } from '../web/read-form.ts';
import { WAYS } from '../web/ways.ts';
import { text } from '../words/pages.ts';
import { passkeyText } from '../words/passkeys.ts';
import { servicesText } from '../words/services.ts';

/** Tells the tries left from here only: how many were made elsewhere is the holder's business. */
export function showWrong(c: PortalContext, typed: Typed, { nthHere, blockedUntil }: TriedSignIn) {
  const left = blockedUntil > Date.now() ? 0 : triesBeforePause(nthHere);
  const next = left === 0 ? text.signIn.paused(moment(c, blockedUntil)) : text.signIn.wrongFew(left);
  const message = (
    <>
      <p>{left > 2 ? text.signIn.wrong : `${text.signIn.wrong} ${next}`}</p>
      <OtherWays ways={[WAYS.lostPassword]} />
    </>
  );
  return showSignIn(c, typed, { title: text.signIn.impossible, message });
}

export function showPaused(c: PortalContext, typed: Typed, blockedUntil: number) {
  const message = (
    <>
      <p>{text.signIn.paused(retryAt(c, blockedUntil))}</p>
      <OtherWays ways={[WAYS.lostPassword]} />
    </>
  );
  return showSignIn(c, typed, { title: text.signIn.impossible, message, status: 429 });
}

export function showClientLeft(c: PortalContext, typed: Typed) {
  const message = (
    <>
      <p>{text.signIn.clientLeft}</p>
      <Phone settings={c.get('settings')} />
    </>
  );
  return showSignIn(c, typed, { title: text.signIn.impossible, message });
}

/** @param news what brought the person here */
export function showSignIn(c: PortalContext, typed: Typed, refusal?: Refusal, news?: Child) {
  const errors = refusal?.errors;
  const stems = identifierStems(c.get('settings').IDENTIFIER_PREFIX);
  const body = (
    <>
      {news}
      <p class="hint" id="a-remplir">
        {text.signIn.required}
      </p>
      <form method="post" action={PATHS.signIn} novalidate>
        {typed.suite && <input type="hidden" name="suite" value={typed.suite} />}
        <Field
          name="identifiant"
          label={text.signIn.identifier}
          hint={text.signIn.identifierHint(stems)}
          capitals="characters"
          requiredBy="a-remplir"
          autocomplete="username webauthn"
          typed={typed}
          errors={errors}
        />
        <Field
          name="mot_de_passe"
          label={text.signIn.password}
          type="password"
          requiredBy="a-remplir"
          errors={errors}
        />
        <button type="submit">{text.signIn.submit}</button>{' '}
        <a class="button second" href={PATHS.signUp}>
          {text.signIn.create}
        </a>
      </form>
      <PasskeySignIn label={passkeyText.signIn.submit} suite={typed.suite} isOffered isSecond />
      <OtherWays ways={[WAYS.lostPassword, WAYS.lostIdentifier, WAYS.stuck]} />
      <Errands
        title={servicesText.publicTitle}
        errands={c.get('settings').SERVICES.filter(({ isPublic }) => isPublic)}
      />
    </>
  );
  return showPage(c, { title: text.signIn.title, refusal, body });
}
