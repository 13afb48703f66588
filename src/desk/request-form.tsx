// The form in which an agent decides a help request.

import type { RequestCase } from '../account/request-case.ts';
import type { HelpRequest } from '../client/help-requests.ts';
import { Actions, FieldError } from '../web/form.tsx';
import type { Errors, Typed } from '../web/read-form.ts';
import { deskHelpText } from '../words/desk-help.ts';
import { CandidateCard, TypedFacts } from './candidate.tsx';
import { Pick, ProofField, WordsField } from './form-parts.tsx';

const words = deskHelpText.request;

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
