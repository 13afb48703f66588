// What was typed beside each row of the file, letter by letter; and the form in which an agent decides.

import type { Child } from 'hono/jsx';
import type { RequestCase, SeenCandidate } from '../account/request-case.ts';
import { differences, type Shared } from '../client/candidates.ts';
import type { HelpRequest } from '../client/help-requests.ts';
import { fullName } from '../client/names.ts';
import { Actions, FieldError } from '../web/form.tsx';
import { Address, Fact } from '../web/parts.tsx';
import type { Errors, Typed } from '../web/read-form.ts';
import { deskHelpText } from '../words/desk-help.ts';
import { Pick, ProofField, WordsField } from './form-parts.tsx';
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

type FormProps = { seen: RequestCase; typed: Typed; errors?: Errors };

/** Whom it is, what is answered, how the identity was proven. Who looks at it decides for one person on the page, or none. */
export function DecisionForm({ seen: { request, candidates }, typed, errors }: FormProps) {
  return (
    <form method="post" action={`/guichet/demandes/${request.id}`} novalidate class="request">
      <input type="hidden" name="version" value={typed.version ?? String(request.decidedAt ?? '')} />
      <div class="sides">
        <fieldset>
          <legend class="offscreen">{words.candidates}</legend>
          <h2>{words.candidates}</h2>
          <FieldError name="client" sentence={errors?.client} />
          {candidates.length === 0 ? <p>{words.nobody}</p> : <p class="hint">{words.candidatesHint}</p>}
          {candidates.map((one, nth) => (
            <CandidateCard
              request={request}
              candidate={one}
              id={nth === 0 ? 'client' : undefined}
              typed={typed}
            />
          ))}
          {candidates.length > 0 && <Pick name="client" value="" label={words.noneOfThem} typed={typed} />}
        </fieldset>
        <div>
          <TypedFacts request={request} isBeside={candidates.length > 0} />
          <AnswerFields request={request} isAnybody={candidates.length > 0} typed={typed} errors={errors} />
        </div>
      </div>
    </form>
  );
}

type CardProps = { request: HelpRequest; candidate: SeenCandidate; id?: string; typed: Typed };

function CandidateCard({ request, candidate, id, typed }: CardProps) {
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

type AnswerProps = { request: HelpRequest; isAnybody: boolean; typed: Typed; errors?: Errors };

function AnswerFields({ request: { state }, isAnybody, typed, errors }: AnswerProps) {
  const { oui, fichier, non } = words.decisions;
  return (
    <section class="answer">
      <fieldset aria-describedby={errors?.reponse && 'reponse-error'}>
        <legend>{words.answer}</legend>
        <FieldError name="reponse" sentence={errors?.reponse} />
        {isAnybody && <Pick name="reponse" value="oui" id="reponse" {...oui} typed={typed} />}
        {state === 'open' && (
          <Pick
            name="reponse"
            value="fichier"
            id={isAnybody ? undefined : 'reponse'}
            {...fichier}
            typed={typed}
          />
        )}
        <Pick name="reponse" value="non" {...non} typed={typed} />
      </fieldset>
      <ProofField typed={typed} error={errors?.preuve} empty={deskHelpText.noProof} />
      <WordsField typed={typed} errors={errors} />
      <Actions submit={words.submit} back={{ href: '/guichet/demandes', label: words.back }} />
    </section>
  );
}
