// /inscription/aide: asks the landlord to look at what was typed. The answer is the same whatever it was: a help code.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { type Asked, helpCounters, requestHelp } from '../client/ask-help.ts';
import { groupHelpCode } from '../client/help-code.ts';
import { HELP, LENGTHS } from '../numbers.ts';
import { PATHS } from '../paths.ts';
import { readSignedCookie, setSignedCookie } from '../web/cookies.ts';
import { EmailFields, emails, emailsAgree } from '../web/email-fields.tsx';
import { lineOrNothing } from '../web/fields.ts';
import { Actions } from '../web/form.tsx';
import { PhoneField } from '../web/help-offer.tsx';
import { IdentityFields } from '../web/identity-fields.tsx';
import { identityOf, supplierForm, tenantForm } from '../web/identity-form.ts';
import { showPage } from '../web/layout.tsx';
import { keepsNoCookie, NoCookies } from '../web/no-cookies.tsx';
import { callWay, OtherWays, Phone } from '../web/parts.tsx';
import { type Portal, type PortalContext, requestNetwork, retryAt } from '../web/portal.ts';
import { form, type Refusal, type Typed, typedIn } from '../web/read-form.ts';
import { logNetworkLimit } from '../web/security-log.ts';
import { text } from '../words/pages.ts';

const words = text.askHelp;

/** The help code this browser was given, for as long as its request is kept. */
const COOKIE = 'aide';

const extras = {
  ...emails,
  // Nobody must have one, and a number of another country is one too.
  telephone: z._default(
    lineOrNothing(words.phoneShape, LENGTHS.phone).check(
      z.refine((typed) => typed === '' || /^[+\d][\d\s().+/-]{5,}$/.test(typed), { error: words.phoneShape }),
    ),
    '',
  ),
};
const schema = z.discriminatedUnion(
  'profil',
  [z.extend(tenantForm, extras).check(emailsAgree), z.extend(supplierForm, extras).check(emailsAgree)],
  { error: text.errors.profile },
);

export const signUpHelp = new Hono<Portal>();

signUpHelp.get('/', async (c) => {
  const code = await readSignedCookie(c, COOKIE);
  if (code) return showSent(c, code);
  return keepsNoCookie(c, PATHS.signUp) === 'yes' ? showWithoutCookie(c) : showForm(c, {});
});

signUpHelp.post('/', form(schema, showForm), async (c) => {
  const { email, telephone, ...valid } = c.req.valid('form');
  const identity = identityOf(valid);
  const { PORTAL_SECRET } = c.get('settings');
  const counters = await helpCounters(PORTAL_SECRET, { identity, email, network: requestNetwork(c) });
  const asked = await requestHelp(c.get('db'), { identity, email, phone: telephone }, counters, Date.now());
  if (!asked.ok) return showTooMany(c, asked);
  if (asked.isLastOfNetwork) await logNetworkLimit(c, 'help');
  await setSignedCookie(c, COOKIE, asked.code, HELP.kept);
  return c.redirect(PATHS.askHelp, 303);
});

async function showTooMany(c: PortalContext, { by, until }: Extract<Asked, { ok: false }>) {
  const message = (
    <>
      <p>{words.tooMany[by](retryAt(c, until))}</p>
      <p>{words.callInstead}</p>
      <Phone settings={c.get('settings')} />
    </>
  );
  return showForm(c, await typedIn(c), { status: 429, message });
}

function showSent(c: PortalContext, code: string) {
  const body = (
    <>
      <p class="lead">{words.code}</p>
      <p class="keep">
        <span class="number">{groupHelpCode(code)}</span>
      </p>
      <p>{words.keepCode}</p>
      <h2>{words.nextTitle}</h2>
      <ol class="tips">
        {words.next.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <h2>{words.whenTitle}</h2>
      <p>{words.when}</p>
      <Ways c={c} />
      <p class="hint">{words.kept}</p>
    </>
  );
  return showPage(c, { title: words.sentTitle, isDocument: true, body });
}

function showWithoutCookie(c: PortalContext) {
  const body = (
    <>
      <p class="lead">{words.noCookie}</p>
      <NoCookies />
      <Ways c={c} />
    </>
  );
  return showPage(c, { title: words.sentTitle, body });
}

function Ways({ c }: { c: PortalContext }) {
  const call = callWay(c.get('settings'));
  return (
    <>
      <p class="actions">
        <a class="button second" href={call.href}>
          {call.label}
        </a>
      </p>
      <OtherWays ways={[{ href: PATHS.signIn, label: text.forgottenPassword.back }]} />
    </>
  );
}

function showForm(c: PortalContext, typed: Typed, refusal?: Refusal) {
  const errors = refusal?.errors;
  const body = (
    <>
      <p class="lead">{words.formIntro}</p>
      <form method="post" action={PATHS.askHelp} novalidate>
        <IdentityFields typed={typed} errors={errors} />
        <EmailFields words={text.signUp} typed={typed} errors={errors} />
        <PhoneField typed={typed} errors={errors} />
        <p class="hint">
          {words.privacy} <a href={PATHS.personalData}>{text.signUp.privacyMore}</a>
        </p>
        <Actions submit={words.submit} back={{ href: PATHS.signUp, label: text.form.back }} />
      </form>
    </>
  );
  return showPage(c, { title: words.title, refusal, body });
}
