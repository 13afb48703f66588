// /guichet/clients/:id/code: a code for who has no mailbox. It is shown once, on the sheet, and kept nowhere.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { mintCode, readGivenCode } from '../account/code/give.ts';
import { DESK } from '../numbers.ts';
import type { ActKind, CodeKind, IdentityProof } from '../schema.ts';
import { newAct, noteAct } from '../staff/acts.ts';
import { lineOrNothing } from '../web/fields.ts';
import { Actions, FieldError } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import { Calm } from '../web/parts.tsx';
import { deliverAfterAnswer, moment, type Portal, type PortalContext } from '../web/portal.ts';
import { form, type Refusal, type Typed } from '../web/read-form.ts';
import { deskText } from '../words/desk.ts';
import { deskHelpText } from '../words/desk-help.ts';
import { text } from '../words/pages.ts';
import { addressOf, SLUGS } from './act-forms.tsx';
import { showChanged, showUnfit } from './client.tsx';
import { showSheet } from './code-sheet.tsx';
import { agentIn, mayOnly } from './entry.tsx';
import { Pick, ProofField, WordsField } from './form-parts.tsx';
import { actsFor } from './possible-acts.ts';
import { nameOf, numberOf, see, showGone } from './seen.tsx';

const words = deskHelpText.giveCode;
const PATH = `/:id/${SLUGS.give_code}`;

const KINDS = Object.keys(words.kinds) as [CodeKind, ...CodeKind[]];
const PROOFS = Object.keys(deskHelpText.proofs) as [IdentityProof, ...IdentityProof[]];
const ACTS: Record<CodeKind, ActKind> = { counter: 'give_code', post: 'post_code' };

const schema = z.object({
  // When the code before was given, as the page showed it; nothing for none.
  version: z.string().check(z.regex(/^\d{0,15}$/)),
  remise: z.enum(KINDS, { error: words.kindMissing }),
  preuve: z.enum(PROOFS, { error: deskHelpText.proofMissing }),
  precision: z._default(lineOrNothing('', DESK.words), ''),
});

export const deskGiveCode = new Hono<Portal>();

deskGiveCode.get(PATH, mayOnly('give_code'), (c) => showForm(c, {}));

deskGiveCode.post(PATH, mayOnly('give_code'), form(schema, showForm), async (c) => {
  const seen = await see(c);
  if (!seen) return showGone(c);
  const { version, remise, preuve, precision } = c.req.valid('form');
  const [db, now, agent] = [c.get('db'), Date.now(), agentIn(c).email];
  const act = newAct({
    agent,
    kind: ACTS[remise],
    clientId: seen.id,
    reason: preuve,
    words: precision || null,
  });
  const minted = await mintCode(db, {
    clientId: seen.id,
    kind: remise,
    agent,
    graceDays: c.get('settings').CLIENT_LEFT_GRACE_DAYS,
    givenAt: version === '' ? null : Number(version),
    audit: (isDone) => [noteAct(db, act, isDone, now)],
    now,
  });
  // Somebody gave another code, or the client left or was held: where a reload of the sheet ends too.
  if (!minted.ok) return showChanged(c, seen);
  deliverAfterAnswer(c, minted.mailIds);
  return showSheet(c, seen, minted);
});

async function showForm(c: PortalContext, typed: Typed, refusal?: Refusal) {
  const seen = await see(c);
  if (!seen) return showGone(c);
  if (!actsFor(c, seen).includes('give_code')) return showUnfit(c, seen);
  const given = await readGivenCode(c.get('db'), seen.id);
  const { title, body: about, submit } = deskText.acts.give_code;
  const errors = refusal?.errors;
  const body = (
    <>
      <p class="lead">
        {nameOf(seen)}, {numberOf(seen)}
      </p>
      <p>{about}</p>
      {given && <Calm>{words.earlier(moment(c, given.createdAt), given.givenBy)}</Calm>}
      <form method="post" action={addressOf(seen.id, 'give_code')} novalidate>
        <input type="hidden" name="version" value={typed.version ?? String(given?.createdAt ?? '')} />
        <fieldset aria-describedby={errors?.remise && 'remise-error'}>
          <legend>{words.kind}</legend>
          <FieldError name="remise" sentence={errors?.remise} />
          <Pick name="remise" value="counter" id="remise" label={words.kinds.counter} typed={typed} />
          <Pick name="remise" value="post" label={words.kinds.post} typed={typed} />
        </fieldset>
        <ProofField typed={typed} error={errors?.preuve} empty={deskHelpText.chooseProof} />
        <WordsField typed={typed} errors={errors} />
        <Actions submit={submit} back={{ href: `/guichet/clients/${seen.id}`, label: text.form.back }} />
      </form>
    </>
  );
  return showPage(c, { title, refusal, body });
}
