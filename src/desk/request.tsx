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
import { showPage } from '../web/layout.tsx';
import { Done, NextStep } from '../web/parts.tsx';
import { deliverAfterAnswer, moment, type Portal, type PortalContext } from '../web/portal.ts';
import { form, type Refusal, type Typed } from '../web/read-form.ts';
import { caseText } from '../words/case.ts';
import { deskHelpText } from '../words/desk-help.ts';
import { agentIn } from './entry.tsx';
import { CHANGED } from './form-parts.tsx';
import { DecisionForm, TypedFacts } from './request-form.tsx';

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

type Around = { done?: string; typed?: Typed; refusal?: Refusal };

function showRequest(c: PortalContext, seen: RequestCase, { done, typed = {}, refusal }: Around) {
  const { request, alike } = seen;
  const isOpen = isUndecidedYet(request);
  const body = (
    <>
      {done && <Done>{done}</Done>}
      <State c={c} seen={seen} />
      {alike.length > 0 && <Alike requests={alike} />}
      {isOpen ? (
        <DecisionForm seen={seen} typed={typed} errors={refusal?.errors} />
      ) : (
        <TypedFacts request={request} />
      )}
    </>
  );
  return showPage(c, { title: words.title(groupHelpCode(request.code)), isDocument: true, refusal, body });
}

function State({ c, seen: { request, mail } }: { c: PortalContext; seen: RequestCase }) {
  const { decidedBy, decidedAt } = request;
  const why = mail?.lastError ? ` (${caseText.mailReasons[mail.lastError]})` : '';
  return (
    <div class="state request-state">
      <p>
        <strong>{deskHelpText.states[request.state]}</strong>
      </p>
      <p>{words.received(moment(c, request.createdAt))}</p>
      {decidedBy !== null && decidedAt !== null && <p>{words.decidedBy(decidedBy, moment(c, decidedAt))}</p>}
      {mail && (
        <p>{words.mail(`${caseText.mailKinds[mail.kind]}, ${caseText.mailStates[mail.state]}${why}`)}</p>
      )}
    </div>
  );
}

function Alike({ requests }: { requests: RequestCase['alike'] }) {
  return (
    <div class="callout calm">
      <p>{words.alike}</p>
      <ul class="ways">
        {requests.map(({ id, code }) => (
          <li>
            <a href={`/guichet/demandes/${id}`}>{words.title(groupHelpCode(code))}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function showGone(c: PortalContext) {
  const body = (
    <>
      <p>{words.goneTip}</p>
      <NextStep way={{ href: '/guichet/demandes', label: deskHelpText.list.title }} />
    </>
  );
  return showPage(c, { title: words.gone, status: 404, body });
}
