// /mot-de-passe-oublie: asks for a reset link. One answer in every case: nobody learns which accounts exist.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { identifierStems, readIdentifier } from '../account/identifier.ts';
import { requestReset } from '../account/reset.ts';
import type { Asked } from '../account/reset-asks.ts';
import { PATHS } from '../paths.ts';
import { askOf } from '../web/asks.ts';
import { identifier, shapeFault } from '../web/fields.ts';
import { Actions, Field, StarLegend } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import { showMailSent, showResetTooSoon, tooManyAsks } from '../web/mail-sent.tsx';
import { OtherWays } from '../web/parts.tsx';
import {
  aboutIdentifier,
  deliverQuietly,
  type Portal,
  type PortalContext,
  requestDevice,
} from '../web/portal.ts';
import { form, type Refusal, type Typed } from '../web/read-form.ts';
import { logNetworkLimit } from '../web/security-log.ts';
import { WAYS } from '../web/ways.ts';
import { text } from '../words/pages.ts';

const words = text.forgottenPassword;
const schema = z.object({ identifiant: identifier });

const AGAIN = PATHS.forgottenPassword;

export const forgottenPassword = new Hono<Portal>();

forgottenPassword.get('/', (c) => showForm(c, {}));

forgottenPassword.post('/', form(schema, showForm), async (c) => {
  const { identifiant } = c.req.valid('form');
  aboutIdentifier(c, identifiant);
  const { IDENTIFIER_PREFIX } = c.get('settings');
  const fault = shapeFault(identifiant, IDENTIFIER_PREFIX);
  if (fault) return showForm(c, { identifiant }, { errors: { identifiant: fault } });
  const { candidates } = readIdentifier(identifiant, IDENTIFIER_PREFIX);
  const ask = await askOf(c, identifiant);
  const asked = await requestReset(c.get('db'), ask, candidates, requestDevice(c), Date.now());
  if (asked.isLastOfNetwork) await logNetworkLimit(c, 'forgotten');
  if (!asked.isTaken) return showTooSoon(c, asked, { identifiant });
  deliverQuietly(c, asked.mailIds);
  return c.redirect(PATHS.resetSent, 303);
});

/** No mail may leave yet: says until when, and that the newest link is good until then. */
function showTooSoon(c: PortalContext, { until, by }: Asked, typed: Typed) {
  if (by === 'network') return showForm(c, typed, { message: tooManyAsks(c, until), status: 429 });
  return showResetTooSoon(c, until);
}

forgottenPassword.get('/courriel', (c) =>
  showMailSent(c, {
    title: words.sentTitle,
    sentences: [words.sent, words.openIt, words.second[c.get('settings').PROVISIONAL_PASSWORD_BY_MAIL]],
    again: AGAIN,
    tips: words.sentTips,
  }),
);

forgottenPassword.get('/provisoire', (c) =>
  showMailSent(c, {
    title: words.provisionalTitle,
    sentences: words.provisional,
    again: AGAIN,
    tips: words.provisionalTips,
  }),
);

function showForm(c: PortalContext, typed: Typed, refusal?: Refusal) {
  const { IDENTIFIER_PREFIX } = c.get('settings');
  const body = (
    <>
      <p>{words.intro}</p>
      <form method="post" action={PATHS.forgottenPassword} novalidate>
        <StarLegend />
        <Field
          name="identifiant"
          label={words.identifier}
          hint={text.signIn.identifierHint(identifierStems(IDENTIFIER_PREFIX))}
          capitals="characters"
          typed={typed}
          errors={refusal?.errors}
        />
        <p class="hint">{words.remark}</p>
        <Actions caps submit={words.submit} back={{ href: PATHS.signIn, label: words.cancel }} />
      </form>
      <OtherWays ways={[WAYS.lostIdentifier]} />
    </>
  );
  return showPage(c, { title: words.title, refusal, body });
}
