// What a help request states, beside each row of the file that it may mean: letter by letter.

import type { Child } from 'hono/jsx';
import type { SeenCandidate } from '../account/request-case.ts';
import { differences, type Shared } from '../client/candidates.ts';
import type { HelpRequest } from '../client/help-requests.ts';
import { fullName } from '../client/names.ts';
import { Address, Fact } from '../web/parts.tsx';
import type { Typed } from '../web/read-form.ts';
import { deskHelpText } from '../words/desk-help.ts';
import { Pick } from './form-parts.tsx';
import { seenText } from './typed-text.ts';

const words = deskHelpText.request;

/** What a request and a row of the file both state. */
type Stated = Pick<
  HelpRequest,
  'kind' | 'reference' | 'familyName' | 'givenName' | 'companyName' | 'birthDate' | 'siret'
>;

type Part = { name: string; shared: Shared; of: (stated: Stated) => string | null };

const REFERENCE: Part = {
  name: words.parts.reference,
  shared: 'reference',
  of: ({ reference }) => reference,
};
const PARTS: Record<HelpRequest['kind'], Part[]> = {
  tenant: [
    REFERENCE,
    { name: words.parts.name, shared: 'name', of: ({ familyName }) => familyName },
    { name: words.parts.given_name, shared: 'given_name', of: ({ givenName }) => givenName },
    { name: words.parts.birth_date, shared: 'birth_date', of: ({ birthDate }) => sayDate(birthDate) },
  ],
  supplier: [
    REFERENCE,
    { name: words.parts.company, shared: 'name', of: ({ companyName }) => companyName },
    { name: words.parts.siret, shared: 'siret', of: ({ siret }) => siret },
  ],
};

/** `1956-07-14` → `14/07/1956`. */
function sayDate(isoDate: string | null): string | null {
  return isoDate?.split('-').reverse().join('/') ?? null;
}

/** What was typed; `isBeside` when the identity stands beside each row of the file already. */
export function TypedFacts({ request, isBeside = false }: { request: HelpRequest; isBeside?: boolean }) {
  const parts = isBeside ? [] : PARTS[request.kind];
  return (
    <section>
      <h2>{isBeside ? words.reach : words.typed}</h2>
      <dl class="facts">
        {parts.map(({ name, of }) => (
          <Fact name={name}>{seenText(of(request) ?? '')}</Fact>
        ))}
        <Fact name={words.email}>
          <Address email={seenText(request.email)} />
        </Fact>
        {request.phone && <Fact name={words.phone}>{seenText(request.phone)}</Fact>}
      </dl>
    </section>
  );
}

type CardProps = { request: HelpRequest; candidate: SeenCandidate; id?: string; typed: Typed };

/** Somebody of the file who may be meant, beside what was typed. */
export function CandidateCard({ request, candidate, id, typed }: CardProps) {
  const { client } = candidate;
  return (
    <div class="candidate">
      <table class="beside">
        <caption>
          <a class="row" href={`/guichet/clients/${client.id}`}>
            {fullName(client)}
          </a>
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.heads.what}</th>
            <th scope="col">{words.heads.typed}</th>
            <th scope="col">{words.heads.file}</th>
          </tr>
        </thead>
        <tbody>
          {PARTS[request.kind].map((part) => (
            <Beside part={part} request={request} candidate={candidate} />
          ))}
        </tbody>
      </table>
      {notesOf(candidate).map((note) => (
        <p class="note">{note}</p>
      ))}
      <Pick name="client" value={String(client.id)} id={id} label={words.choose} typed={typed} />
    </div>
  );
}

/** One part on both sides. A reference, a date, a SIRET that is the same however it is written has no mark. */
function Beside({
  part: { name, shared, of },
  request,
  candidate,
}: {
  part: Part;
  request: HelpRequest;
  candidate: SeenCandidate;
}) {
  const [typed, known] = [seenText(of(request) ?? ''), of(candidate.client) ?? ''];
  const isSame = shared !== 'name' && shared !== 'given_name' && candidate.shared.includes(shared);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{isSame ? typed : marked(known, typed)}</td>
      <td>{isSame ? known : marked(typed, known)}</td>
    </tr>
  );
}

/** The second text; what the first has not in the same place is marked. */
function marked(other: string, shown: string): Child {
  return differences(other, shown).map((piece) => (piece.isSame ? piece.text : <mark>{piece.text}</mark>));
}

function notesOf({ client, account }: SeenCandidate): string[] {
  const { left, held, pending, active } = words.notes;
  const notes: [string, boolean][] = [
    [left, client.leftAt !== null],
    [held, client.heldAt !== null],
    [pending, account === 'pending'],
    [active, account === 'active'],
  ];
  return notes.flatMap(([note, is]) => (is ? [note] : []));
}
