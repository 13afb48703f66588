// The page of a help request: what became of it, who else asked the same, and the form while it is open.

import { isUndecidedYet, type RequestCase } from '../account/request-case.ts';
import { groupHelpCode } from '../client/help-code.ts';
import { showPage } from '../web/layout.tsx';
import { Done, NextStep } from '../web/parts.tsx';
import { moment, type PortalContext } from '../web/portal.ts';
import type { Refusal, Typed } from '../web/read-form.ts';
import { caseText } from '../words/case.ts';
import { deskHelpText } from '../words/desk-help.ts';
import { TypedFacts } from './candidate.tsx';
import { DecisionForm } from './request-form.tsx';

const words = deskHelpText.request;

type Around = { done?: string; typed?: Typed; refusal?: Refusal };

export function showRequest(c: PortalContext, seen: RequestCase, { done, typed = {}, refusal }: Around) {
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

/** The request that an address names is not there, or no longer. */
export function showGone(c: PortalContext) {
  const body = (
    <>
      <p>{words.goneTip}</p>
      <NextStep way={{ href: '/guichet/demandes', label: deskHelpText.list.title }} />
    </>
  );
  return showPage(c, { title: words.gone, status: 404, body });
}
