// Where the client file is chosen: to be compared, then to be applied.

import { COLUMNS } from '../client/import/columns.ts';
import type { ImportReport } from '../client/import/guards.ts';
import { CLIENT_FILE } from '../numbers.ts';
import { Field, FieldError } from '../web/form.tsx';
import { OtherWays } from '../web/parts.tsx';
import type { Errors, Typed } from '../web/read-form.ts';
import { deskFileText } from '../words/desk-file.ts';
import { Download } from './file-report.tsx';

const words = deskFileText;
const ACTION = '/guichet/fichier';

/** The first form: nothing is changed by it. */
export function CompareForm({ errors }: { errors?: Errors }) {
  const hint = (
    <>
      {words.columns(COLUMNS.join(', '))} {words.optional} {words.most}{' '}
      <Download name="modele.csv" text={`${COLUMNS.join(';')}\r\n`} label={words.sample} />
    </>
  );
  return (
    <form method="post" action={ACTION} enctype="multipart/form-data" class="send-file" novalidate>
      <Chooser label={words.label} hint={hint} errors={errors} />
      <button type="submit">{words.compare}</button>
    </form>
  );
}

type ApplyProps = { report: ImportReport; typed: Typed; errors?: Errors };

/** The second: bound to the report above it. A browser keeps no file, so the same one is chosen again. */
export function ApplyForm({ report, typed, errors }: ApplyProps) {
  const { apply } = words;
  return (
    <section class="state apply">
      <h2>{apply.title}</h2>
      <p>{apply.body}</p>
      <form method="post" action={ACTION} enctype="multipart/form-data" class="send-file" novalidate>
        {/* Before the file, or its reader would meet them too late. */}
        <input type="hidden" name="empreinte" value={report.fingerprint} />
        {report.guards.length > 0 && <LeftField typed={typed} errors={errors} />}
        <Chooser
          label={apply.label}
          hint={<span data-kept={apply.kept}>{apply.hint}</span>}
          errors={errors}
        />
        <button type="submit">{apply.submit}</button>
      </form>
      <OtherWays ways={[{ href: ACTION, label: apply.another }]} />
    </section>
  );
}

function LeftField({ typed, errors }: { typed: Typed; errors?: Errors }) {
  return (
    <Field
      name="partants"
      label={words.apply.number}
      hint={words.apply.numberHint}
      typed={typed}
      errors={errors}
      inputmode="numeric"
      autocomplete="off"
      requiredBy="partants-hint"
      class="few"
    />
  );
}

type ChooserProps = { label: string; hint: unknown; errors?: Errors };

/** The file, and the bar that the script fills while it goes up. */
function Chooser({ label, hint, errors }: ChooserProps) {
  const error = errors?.fichier;
  return (
    <div class="field">
      <label for="fichier">{label}</label>
      <div class="hint" id="fichier-hint">
        {hint}
      </div>
      <FieldError name="fichier" sentence={error} />
      <input
        type="file"
        class="input"
        id="fichier"
        name="fichier"
        accept=".csv,.txt,text/csv,text/plain"
        data-most={CLIENT_FILE.bytes}
        required
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? 'fichier-hint fichier-error' : 'fichier-hint'}
      />
    </div>
  );
}
