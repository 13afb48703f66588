// /espace/fermeture: closes the account, with the password asked again.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { closeAccount } from '../../account/closing.ts';
import { PATHS } from '../../paths.ts';
import { clearSessionCookie, setFlash } from '../../web/cookies.ts';
import { Actions, Hidden, StarLegend } from '../../web/form.tsx';
import { showPage } from '../../web/layout.tsx';
import { currentPassword, currentPasswordFault } from '../../web/password-check.ts';
import { CurrentPasswordField } from '../../web/password-fields.tsx';
import { deliverAfterAnswer, type Portal, type PortalContext, requestDevice } from '../../web/portal.ts';
import { form, type Refusal } from '../../web/read-form.ts';
import { WAYS } from '../../web/ways.ts';
import { text } from '../../words/pages.ts';

const words = text.spaceClosing;
const schema = z.object({ mot_de_passe_actuel: currentPassword });

export const spaceClosing = new Hono<Portal>();

spaceClosing.get('/', (c) => showForm(c));

spaceClosing.post(
  '/',
  form(schema, (c, _, refusal) => showForm(c, refusal)),
  async (c) => {
    const { accountId, id, identifier, passwordHash } = c.get('session');
    const fault = await currentPasswordFault(c, c.req.valid('form').mot_de_passe_actuel);
    if (fault) return refuse(c, fault);
    const closing = {
      accountId,
      sessionId: id,
      passwordHash,
      device: requestDevice(c),
      now: Date.now(),
    };
    const mail = await closeAccount(c.get('db'), closing);
    if (!mail) return refuse(c, text.errors.currentWrong);
    deliverAfterAnswer(c, [mail.id]);
    clearSessionCookie(c);
    await setFlash(c, 'closed', identifier);
    return c.redirect(PATHS.signIn, 303);
  },
);

function refuse(c: PortalContext, sentence: string) {
  return showForm(c, { errors: { mot_de_passe_actuel: sentence } });
}

function showForm(c: PortalContext, refusal?: Refusal) {
  const body = (
    <>
      <p>{words.intro}</p>
      <form method="post" action={PATHS.spaceClosing} novalidate>
        <StarLegend />
        <Hidden name="compte" value={c.get('session').identifier} />
        <CurrentPasswordField errors={refusal?.errors} />
        <Actions isFinal submit={words.submit} back={WAYS.backToSpace} />
      </form>
    </>
  );
  return showPage(c, { title: words.title, refusal, body });
}
