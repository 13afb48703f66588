// /identifiant-oublie: the identifier goes by mail to the address on file. One answer in every case.

import { Hono } from 'hono';
import type * as z from 'zod/mini';
import { oweReminders } from '../account/reminder.ts';
import { findClientsToRemind, type PartialIdentity } from '../client/matching.ts';
import { clientsUnder } from '../client/rows.ts';
import { PATHS } from '../paths.ts';
import { askingNetwork } from '../web/asks.ts';
import { Actions } from '../web/form.tsx';
import { IdentityFields } from '../web/identity-fields.tsx';
import { lostIdentifierForm } from '../web/identity-form.ts';
import { showPage } from '../web/layout.tsx';
import { showMailSent, tooManyAsks } from '../web/mail-sent.tsx';
import { deliverQuietly, type Portal, type PortalContext, requestDevice } from '../web/portal.ts';
import { form, type Refusal, type Typed, typedIn } from '../web/read-form.ts';
import { logNetworkLimit } from '../web/security-log.ts';
import { WAYS } from '../web/ways.ts';
import { text } from '../words/pages.ts';

const words = text.forgottenIdentifier;

export const forgottenIdentifier = new Hono<Portal>();

forgottenIdentifier.get('/', (c) => showForm(c, {}));

forgottenIdentifier.post('/', form(lostIdentifierForm, showForm), async (c) => {
  const typed = partialIdentityOf(c.req.valid('form'));
  const db = c.get('db');
  const found = findClientsToRemind(typed, await clientsUnder(db, typed.kind, typed.reference));
  const ids = found.map(({ id }) => id);
  const asked = await oweReminders(db, await askingNetwork(c), ids, requestDevice(c), Date.now());
  if (asked.isLastOfNetwork) await logNetworkLimit(c, 'forgotten');
  if (!asked.isTaken) return showTooMany(c, asked.until);
  deliverQuietly(c, asked.mailIds);
  return c.redirect(PATHS.reminderSent, 303);
});

async function showTooMany(c: PortalContext, until: number) {
  return showForm(c, await typedIn(c), { message: tooManyAsks(c, until), status: 429 });
}

forgottenIdentifier.get('/courriel', (c) =>
  showMailSent(c, {
    title: words.sentTitle,
    sentences: [words.sent],
    again: PATHS.forgottenIdentifier,
    tips: [...text.forgottenPassword.sentTips, words.notYet],
  }),
);

function partialIdentityOf(form: z.output<typeof lostIdentifierForm>): PartialIdentity {
  const { reference } = form;
  if (form.profil === 'fournisseur') return { kind: 'supplier', reference, siret: form.siret };
  return { kind: 'tenant', reference, familyName: form.nom, birthDate: form.date_naissance };
}

function showForm(c: PortalContext, typed: Typed, refusal?: Refusal) {
  const body = (
    <>
      <p>{words.intro}</p>
      <form method="post" action={PATHS.forgottenIdentifier} novalidate>
        <IdentityFields typed={typed} errors={refusal?.errors} isLost />
        <Actions submit={words.submit} back={WAYS.back} />
      </form>
    </>
  );
  return showPage(c, { title: words.title, refusal, body });
}
