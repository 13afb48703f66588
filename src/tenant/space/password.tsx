// /espace/mot-de-passe: another password; the one thing open to who came with a provisional one.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { changePassword } from '../../account/password/change.ts';
import { PATHS } from '../../paths.ts';
import { hashPassword } from '../../platform/password-hash.ts';
import { setFlash, setSessionCookie } from '../../web/cookies.ts';
import { Actions, Hidden, StarLegend } from '../../web/form.tsx';
import { rememberDevice } from '../../web/known-device.ts';
import { showPage } from '../../web/layout.tsx';
import { Calm } from '../../web/parts.tsx';
import { currentPassword, currentPasswordFault, weaknessOf } from '../../web/password-check.ts';
import { CurrentPasswordField, NewPasswordFields, newPasswordForm } from '../../web/password-fields.tsx';
import { deliverAfterAnswer, type Portal, type PortalContext, requestDevice } from '../../web/portal.ts';
import { form, type Refusal } from '../../web/read-form.ts';
import { WAYS } from '../../web/ways.ts';
import { text } from '../../words/pages.ts';

const words = text.spacePassword;
const schema = z.safeExtend(newPasswordForm, { mot_de_passe_actuel: z.optional(currentPassword) });

export const spacePassword = new Hono<Portal>();

spacePassword.get('/', (c) => showForm(c));

spacePassword.post(
  '/',
  form(schema, (c, _, refusal) => showForm(c, refusal)),
  async (c) => {
    const { mot_de_passe, mot_de_passe_actuel = '' } = c.req.valid('form');
    const { accountId, id, identifier, passwordHash, mustChoose } = c.get('session');
    if (!mustChoose && mot_de_passe_actuel === '') return refuse(c, text.errors.currentEmpty);
    const fault = mustChoose ? undefined : await currentPasswordFault(c, mot_de_passe_actuel);
    if (fault) return refuse(c, fault);
    const weakness = weaknessOf(c, mot_de_passe, c.get('session'));
    if (weakness) return showForm(c, { errors: weakness });
    const newHash = await hashPassword(mot_de_passe);
    const changed = await changePassword(c.get('db'), {
      accountId,
      sessionId: id,
      currentHash: passwordHash,
      passwordHash: newHash,
      device: requestDevice(c),
      now: Date.now(),
    });
    if (!changed) return refuse(c, text.errors.currentWrong);
    deliverAfterAnswer(c, [changed.mail.id]);
    setSessionCookie(c, changed.token);
    await rememberDevice(c, identifier, newHash);
    await setFlash(c, 'changed', identifier);
    return c.redirect(PATHS.space, 303);
  },
);

function refuse(c: PortalContext, sentence: string) {
  return showForm(c, { errors: { mot_de_passe_actuel: sentence } });
}

function showForm(c: PortalContext, refusal?: Refusal) {
  const { identifier, mustChoose } = c.get('session');
  const body = (
    <>
      {mustChoose && <Calm>{words.mustChoose}</Calm>}
      <form method="post" action={PATHS.spacePassword} novalidate>
        <StarLegend />
        <Hidden name="compte" value={identifier} />
        {!mustChoose && <CurrentPasswordField errors={refusal?.errors} />}
        <NewPasswordFields identifier={identifier} errors={refusal?.errors} />
        <Actions submit={words.submit} back={mustChoose ? undefined : WAYS.backToSpace} />
      </form>
    </>
  );
  return showPage(c, { title: words.title, refusal, body });
}
