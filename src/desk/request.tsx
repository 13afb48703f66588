// /guichet/demandes/:id: one help request, beside whom of the file it may mean; and what the agent decides of it.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { acceptRequest, type Decided, refuseRequest, waitForFile } from '../account/help-decisions.ts';
import { isUndecidedYet, type RequestCase, seeRequest } from '../account/request-case.ts';
import { groupHelpCode } from '../client/help-code.ts';
import { DESK } from '../numbers.ts';
import type { ActKind, IdentityProof } from '../schema.ts';
import { newAct, noteDecision, readActs } from '../staff/acts.ts';
import { lineOrNothing } from '../web/fields.ts';
import { deliverAfterAnswer, type Portal, type PortalContext } from '../web/portal.ts';
import { form, type Refusal, type Typed } from '../web/read-form.ts';
import { deskHelpText } from '../words/desk-help.ts';
import { agentIn } from './entry.tsx';
import { CHANGED } from './form-parts.tsx';
import { showGone, showRequest } from './request-page.tsx';

const words = deskHelpText.request;

const PROOFS = Object.keys(deskHelpText.proofs) as [IdentityProof, ...IdentityProof[]];
type Answer = keyof typeof words.decisions;
const ANSWERS = Object.keys(words.decisions) as [Answer, ...Answer[]];
const KINDS: Record<Answer, ActKind> = {
  oui: 'accept_request',
  fichier: 'wait_for_file',
  non: 'refuse_request',
};

const isFor = (answer: Answer, field: 'client' | 'preuve', error: string) =>
  z.refine<{ reponse?: unknown; client?: unknown; preuve?: unknown }>(
    (sent) => sent.reponse !== answer || /\w/.test(String(sent[field] ?? '')),
    { path: [field], error },
  );
const schema = z
  .object({
    // When it was last decided, as the page showed it; nothing for never.
    version: z.string().check(z.regex(/^\d{0,15}$/)),
    client: z._default(z.string().check(z.regex(/^\d{0,15}$/, { error: words.clientMissing })), ''),
    reponse: z.enum(ANSWERS, { error: words.decisionMissing }),
    preuve: z._default(z.enum([...PROOFS, ''], { error: deskHelpText.proofMissing }), ''),
    precision: z._default(lineOrNothing('', DESK.words), ''),
  })
  .check(isFor('oui', 'client', words.clientMissing), isFor('oui', 'preuve', deskHelpText.proofMissing));
type Sent = z.infer<typeof schema>;

export const deskRequest = new Hono<Portal>();

deskRequest.get('/:id', async (c) => {
  const seen = await see(c);
  if (!seen) return showGone(c);
  return showRequest(c, seen, { done: await readDone(c, seen) });
});

deskRequest.post('/:id', form(schema, showRefused), async (c) => {
  const seen = await see(c);
  if (!seen) return showGone(c);
  const sent = c.req.valid('form');
  const chosen = seen.candidates.find(({ client }) => String(client.id) === sent.client);
  // Only who stands on the page can be meant.
  if (sent.reponse === 'oui' && isUndecidedYet(seen.request) && !chosen)
    return showRequest(c, seen, { typed: sent, refusal: { errors: { client: words.clientMissing } } });
  const { noted, decided } = await decide(c, seen, sent, chosen?.client.id ?? null);
  if (!decided.ok) return showUndone(c, sent, decided.reason);
  deliverAfterAnswer(c, decided.mailIds);
  return c.redirect(`/guichet/demandes/${seen.request.id}?fait=${noted.id}`, 303);
});

/** One decision, and its row in the journal in the same batch. */
async function decide(c: PortalContext, { request }: RequestCase, sent: Sent, clientId: number | null) {
  const [db, now, agent] = [c.get('db'), Date.now(), agentIn(c).email];
  const noted = newAct({
    agent,
    kind: KINDS[sent.reponse],
    clientId: sent.reponse === 'non' ? null : clientId,
    reason: sent.preuve || null,
    words: [groupHelpCode(request.code), sent.precision].filter(Boolean).join(', '),
  });
  const deciding = {
    requestId: request.id,
    agent,
    decidedAt: sent.version === '' ? null : Number(sent.version),
    audit: (isDone: Parameters<typeof noteDecision>[2]) => [noteDecision(db, noted, isDone, now)],
    now,
  };
  const { IDENTIFIER_PREFIX: prefix, CLIENT_LEFT_GRACE_DAYS: graceDays } = c.get('settings');
  if (sent.reponse === 'non') return { noted, decided: await refuseRequest(db, deciding) };
  if (sent.reponse === 'fichier') return { noted, decided: await waitForFile(db, { ...deciding, clientId }) };
  const proof = sent.preuve as IdentityProof;
  const accepting = { ...deciding, clientId: clientId ?? 0, proof, prefix, graceDays };
  return { noted, decided: await acceptRequest(db, accepting) };
}

/** Why nothing was done: another agent or an import was first, or the client cannot have an account now. */
async function showUndone(c: PortalContext, typed: Sent, reason: (Decided & { ok: false })['reason']) {
  const seen = await see(c);
  if (!seen) return showGone(c);
  if (reason !== 'decided' && reason !== 'gone')
    return showRequest(c, seen, { typed, refusal: { errors: { client: words.refused[reason] } } });
  return showRequest(c, seen, { refusal: CHANGED });
}

async function showRefused(c: PortalContext, typed: Typed, refusal: Refusal) {
  const seen = await see(c);
  return seen ? showRequest(c, seen, { typed, refusal }) : showGone(c);
}

async function see(c: PortalContext): Promise<RequestCase | undefined> {
  const [, id] = /^([1-9]\d{0,14})$/.exec(c.req.param('id') ?? '') ?? [];
  return id ? seeRequest(c.get('db'), agentIn(c).email, Number(id), Date.now()) : undefined;
}

/** What was just done, as its own row says: an address alone must not claim it. */
async function readDone(c: PortalContext, { request }: RequestCase): Promise<string | undefined> {
  const id = c.req.query('fait');
  if (!id) return undefined;
  const [act] = await readActs(c.get('db'), { id, agent: agentIn(c).email }, 1);
  if (!act?.words?.startsWith(groupHelpCode(request.code))) return undefined;
  return words.done[act.act as keyof typeof words.done];
}
