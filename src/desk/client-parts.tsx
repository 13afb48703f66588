// What stands on a client's page: the state and the one button, who may have asked, the other acts, the birth date to compare.

import { groupHelpCode } from '../client/help-code.ts';
import { mayDo } from '../staff/members.ts';
import { Field } from '../web/form.tsx';
import { OtherWays } from '../web/parts.tsx';
import { moment, type PortalContext } from '../web/portal.ts';
import type { Refusal, Typed } from '../web/read-form.ts';
import { deskText } from '../words/desk.ts';
import { HelpButton, wayToAct } from './act-forms.tsx';
import { agentIn } from './entry.tsx';
import { actsFor, helpFor } from './possible-acts.ts';
import { sayState, saySteps } from './say-state.ts';
import type { Seen } from './seen.tsx';

const words = deskText.client;

/** Where the account stands, what to do, and the one button that does it. */
export function State({ c, seen }: { c: PortalContext; seen: Seen }) {
  const help = helpFor(c, seen);
  return (
    <div class="state">
      <h2>{words.stateTitle}</h2>
      {sayState(c, seen).map((sentence) => (
        <p>
          <strong>{sentence}</strong>
        </p>
      ))}
      <h2>{words.nextTitle}</h2>
      {saySteps(c, seen).map((sentence) => (
        <p>{sentence}</p>
      ))}
      {help &&
        (mayDo(agentIn(c), help) ? <HelpButton seen={seen} kind={help} /> : <p>{deskText.managersOnly}</p>)}
    </div>
  );
}

/** Who could not sign up and asked may be this very person. */
export function Near({ c, seen: { near } }: { c: PortalContext; seen: Seen }) {
  if (near.length === 0) return null;
  const ways = near.map(({ id, code, at }) => ({
    href: `/guichet/demandes/${id}`,
    label: words.near.request(groupHelpCode(code), moment(c, at)),
  }));
  return (
    <>
      <h2>{words.near.title}</h2>
      <OtherWays ways={ways} />
    </>
  );
}

/** The other acts that fit and that the agent may do. */
export function OtherActs({ c, seen }: { c: PortalContext; seen: Seen }) {
  const help = helpFor(c, seen);
  const others = actsFor(c, seen).filter((kind) => kind !== help && mayDo(agentIn(c), kind));
  if (others.length === 0) return null;
  return (
    <>
      <h2>{words.otherActs}</h2>
      <OtherWays ways={others.map((kind) => wayToAct(seen.id, kind))} />
    </>
  );
}

/** The birth date a caller says, to be compared with the file's, which is never shown. */
export function Compare({ id, typed, refusal }: { id: number; typed: Typed; refusal?: Refusal }) {
  const { title, label, hint, submit } = deskText.compare;
  return (
    <form method="post" action={`/guichet/clients/${id}/date`} novalidate class="compare">
      <h2>{title}</h2>
      <Field
        name="date"
        label={label}
        hint={hint}
        typed={typed}
        errors={refusal?.errors}
        required={false}
        autocomplete="off"
      />
      <button type="submit" class="second">
        {submit}
      </button>
    </form>
  );
}
