// /activation/:token: the mailed link. Opening it changes nothing (mail scanners open links); the POST that
// carries the new password is the activation.

import { Hono } from 'hono';
import { hashPassword } from '../rules/password-hash.ts';
import { activate, renewActivation } from '../store/accounts.ts';
import type { LinkFacts } from '../store/links.ts';
import { text } from '../text.ts';
import { giveFreshIdentifier, giveWaiting, sessionToken, takeSession } from '../web/cookies.ts';
import { Actions, form, type Refusal, StarLegend } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import { readLink, showDeadLink } from '../web/mailed-link.tsx';
import { weaknessOf } from '../web/password-check.ts';
import { NewPasswordFields, newPasswordForm, WhoseAccount } from '../web/password-fields.tsx';
import { deliverAfterAnswer, type Portal, type PortalContext, requestDevice } from '../web/portal.ts';

export const activation = new Hono<Portal>();

activation.get('/:token', (c) => showLink(c));

activation.post(
  '/:token',
  form(newPasswordForm, (c, _, refusal) => showLink(c, refusal)),
  async (c) => {
    const link = await readLink(c, 'activation');
    if (!link.ok) return showDeadLink(c, 'activation', link);
    const { mot_de_passe } = c.req.valid('form');
    const weakness = weaknessOf(c, mot_de_passe, link.facts);
    if (weakness) return showPasswordPage(c, link.facts, { errors: weakness });
    const mail = await activate(c.get('db'), {
      entry: link.entry,
      passwordHash: await hashPassword(mot_de_passe),
      device: requestDevice(c),
      formerToken: sessionToken(c),
      now: Date.now(),
    });
    // Another use of the same link was first: the page says what became of it.
    if (!mail) return showLink(c);
    deliverAfterAnswer(c, [mail.id]);
    takeSession(c);
    await giveFreshIdentifier(c, 'created', link.facts.identifier);
    return c.redirect('/activation/compte-cree', 303);
  },
);

activation.post('/:token/nouveau-lien', async (c) => {
  const link = await readLink(c, 'activation');
  if (link.ok || link.reason !== 'expired') return showLink(c);
  const { mailId, version } = link.entry;
  const renewal = { mailId, version, device: requestDevice(c), now: Date.now() };
  const { account, isMailed, mailIds } = await renewActivation(c.get('db'), renewal);
  if (!account || !isMailed) return showLink(c);
  deliverAfterAnswer(c, mailIds);
  await giveWaiting(c, account);
  return c.redirect('/inscription/courriel', 303);
});

/** The form of a good link; or what became of a dead one. */
async function showLink(c: PortalContext, refusal?: Refusal) {
  const link = await readLink(c, 'activation');
  return link.ok ? showPasswordPage(c, link.facts, refusal) : showDeadLink(c, 'activation', link);
}

function showPasswordPage(c: PortalContext, facts: LinkFacts, refusal?: Refusal) {
  const body = (
    <>
      <WhoseAccount facts={facts} />
      <p>{text.activation.useful}</p>
      <form method="post" novalidate>
        <StarLegend />
        <NewPasswordFields identifier={facts.identifier} errors={refusal?.errors} />
        <Actions
          caps
          submit={text.activation.submit}
          back={{ href: '/connexion', label: text.activation.back }}
        />
      </form>
    </>
  );
  return showPage(c, { title: text.activation.title, step: 3, refusal, body });
}
