// /activation/:token: the mailed link. Opening it changes nothing (mail scanners open links); the POST that
// carries the new password is the activation.

import { Hono } from 'hono';
import { activate, renewActivation } from '../account/activation.ts';
import type { LinkFacts } from '../account/link-facts.ts';
import { givenNameShown } from '../client/greeting.ts';
import { PATHS } from '../paths.ts';
import { hashPassword } from '../platform/password-hash.ts';
import { clearSessionCookie, sessionToken, setFlash } from '../web/cookies.ts';
import { Actions, StarLegend } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import { showMailSent } from '../web/mail-sent.tsx';
import { type BadLink, type GoodLink, readLink, showDeadLink } from '../web/mailed-link.tsx';
import { weaknessOf } from '../web/password-check.ts';
import { NewPasswordFields, newPasswordForm, WhoseAccount } from '../web/password-fields.tsx';
import { deliverAfterAnswer, type Portal, type PortalContext, requestDevice } from '../web/portal.ts';
import { form, type Refusal } from '../web/read-form.ts';
import { isSecondTap } from '../web/second-tap.ts';
import { WAYS } from '../web/ways.ts';
import { text } from '../words/pages.ts';

const words = text.activation;

export const activation = new Hono<Portal>();

activation.get('/courriel', (c) =>
  showMailSent(c, {
    title: words.sentTitle,
    sentences: [words.sent],
    again: PATHS.signUp,
    tips: words.sentTips,
  }),
);

activation.get('/:token', (c) => showLink(c));

activation.post(
  '/:token',
  form(newPasswordForm, (c, _, refusal) => showLink(c, refusal)),
  async (c) => {
    const link = await readLink(c, 'activation');
    const { mot_de_passe } = c.req.valid('form');
    if (!link.ok) return showUsed(c, mot_de_passe, link);
    const weakness = weaknessOf(c, mot_de_passe, link.facts);
    if (weakness) return showPasswordPage(c, link.facts, { errors: weakness });
    const mail = await activate(c.get('db'), {
      entry: link.entry,
      passwordHash: await hashPassword(mot_de_passe),
      device: requestDevice(c),
      formerToken: sessionToken(c),
      now: Date.now(),
    });
    // Another use of the same link was first: perhaps an earlier tap of this very form.
    if (!mail) return showUsed(c, mot_de_passe, await readLink(c, 'activation'));
    deliverAfterAnswer(c, [mail.id]);
    return showCreated(c, link);
  },
);

async function showCreated(c: PortalContext, { facts }: Pick<GoodLink, 'facts'>) {
  clearSessionCookie(c);
  await setFlash(c, 'created', facts.identifier);
  return c.redirect(PATHS.accountCreated, 303);
}

/** What became of a link that this form does not open any more: the page with the identifier, when it did a moment ago. */
async function showUsed(c: PortalContext, password: string, link: GoodLink | BadLink<'activation'>) {
  if (link.ok) return showPasswordPage(c, link.facts);
  if ('facts' in link && (await isSecondTap(c, link, password))) return showCreated(c, link);
  return showDeadLink(c, 'activation', link);
}

activation.post('/:token/nouveau-lien', async (c) => {
  const link = await readLink(c, 'activation');
  if (link.ok || link.reason !== 'expired') return showLink(c);
  const { mailId, version } = link.entry;
  const renewal = { mailId, version, device: requestDevice(c), now: Date.now() };
  const { account, isMailed, mailIds } = await renewActivation(c.get('db'), renewal);
  if (!account || !isMailed) return showLink(c);
  deliverAfterAnswer(c, mailIds);
  // Whoever holds an old link learns nothing here, and may correct no address: the mail goes where the account says.
  return c.redirect(PATHS.activationSent, 303);
});

/** The form of a good link; or what became of a dead one. */
async function showLink(c: PortalContext, refusal?: Refusal) {
  const link = await readLink(c, 'activation');
  return link.ok ? showPasswordPage(c, link.facts, refusal) : showDeadLink(c, 'activation', link);
}

function showPasswordPage(c: PortalContext, facts: LinkFacts, refusal?: Refusal) {
  const body = (
    <>
      <WhoseAccount name={givenNameShown(facts.givenName)} identifier={facts.identifier} />
      <p>{text.activation.useful}</p>
      <form method="post" novalidate>
        <StarLegend />
        <NewPasswordFields identifier={facts.identifier} errors={refusal?.errors} />
        <Actions caps submit={text.activation.submit} back={WAYS.back} />
      </form>
    </>
  );
  return showPage(c, { title: text.activation.title, step: 3, refusal, body });
}
