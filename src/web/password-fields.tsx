// A new password, twice, with the leaflet's rule shown before anything is typed.

import { PASSWORD_LINES } from '../rules/password.ts';
import { text } from '../text.ts';
import { type Errors, Field, StarLegend } from './form.tsx';

/** The rule's lines and both fields. The identifier stands beside them so that phones save the pair. */
export function NewPasswordFields({ identifier, errors }: { identifier: string; errors?: Errors }) {
  return (
    <>
      <input
        class="offscreen"
        type="text"
        name="username"
        value={identifier}
        autocomplete="username"
        readonly
        tabindex={-1}
        aria-label={text.signIn.identifier}
      />
      <StarLegend />
      <div class="rule" id="rule">
        <p>{text.activation.ruleIntro}</p>
        <ul>
          {PASSWORD_LINES.map((line) => (
            <li data-line={line}>{text.passwordLines[line]}</li>
          ))}
        </ul>
      </div>
      <Field
        name="mot_de_passe"
        label={text.activation.password}
        hint={text.activation.passwordHint}
        type="password"
        autocomplete="new-password"
        errors={errors}
      />
      <Field
        name="confirmation"
        label={text.activation.confirmation}
        hint={text.activation.confirmationHint}
        type="password"
        autocomplete="new-password"
        errors={errors}
      />
    </>
  );
}
