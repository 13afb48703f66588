// The parts of the password pages: whose account it is, the current password, the new one with its rule.

import * as z from 'zod/mini';
import { groupIdentifier } from '../account/identifier.ts';
import { drawPhrase } from '../account/password/phrase.ts';
import { isPasswordTooLong, missingPasswordLines, PASSWORD_LINES } from '../account/password/rule.ts';
import { LENGTHS } from '../numbers.ts';
import { text } from '../words/pages.ts';
import { Field } from './form.tsx';
import { Identifier, OtherWays, Surface } from './parts.tsx';
import type { Errors } from './read-form.ts';
import { WAYS } from './ways.ts';

/** A new password and its confirmation, by the leaflet's rule. */
export const newPasswordForm = z
  .object({
    mot_de_passe: z.string({ error: text.errors.newPasswordEmpty }).check(
      z.minLength(1, { error: text.errors.newPasswordEmpty }),
      z.refine((password) => !isPasswordTooLong(password), {
        error: text.errors.passwordTooLong(LENGTHS.passwordMost),
      }),
      z.refine((password) => missingPasswordLines(password).length === 0, {
        error: ({ input }) => text.errors.passwordMisses(missingPasswordLines(input as string)),
      }),
    ),
    confirmation: z
      .string({ error: text.errors.confirmationEmpty })
      .check(z.minLength(1, { error: text.errors.confirmationEmpty })),
  })
  .check(
    z.refine((form) => !form.confirmation || form.mot_de_passe === form.confirmation, {
      path: ['confirmation'],
      error: text.errors.passwordsDiffer,
      when: () => true,
    }),
  );

/** The leaflet's rule for those that make passwords (Safari, 1Password): https://developer.apple.com/password-rules/ */
const RULES = `minlength: ${LENGTHS.passwordLeast}; maxlength: ${LENGTHS.passwordMost}; required: lower; required: upper; required: digit; required: [-!#$%&*.?];`;

/**
 * The rule's lines and both fields. The identifier stands beside them so that phones save the pair; an account that is not
 * opened yet has none.
 */
export function NewPasswordFields({ identifier, errors }: { identifier?: string; errors?: Errors }) {
  return (
    <>
      {identifier && <Username identifier={identifier} />}
      <Rule />
      <Field
        name="mot_de_passe"
        label={text.activation.password}
        type="password"
        autocomplete="new-password"
        describedby="regle"
        passwordrules={RULES}
        errors={errors}
      />
      <Field
        name="confirmation"
        label={text.activation.confirmation}
        hint={text.activation.confirmationHint}
        type="password"
        passwordrules={RULES}
        errors={errors}
      />
    </>
  );
}

function Username({ identifier }: { identifier: string }) {
  return (
    <>
      <label class="offscreen" for="username">
        {text.signIn.identifier}
      </label>{' '}
      <input
        class="offscreen"
        type="text"
        id="username"
        name="username"
        value={identifier}
        autocomplete="username"
        readonly
        tabindex={-1}
      />
    </>
  );
}

/** The leaflet's lines and what is refused, before anything is typed, with an example drawn for this page. */
function Rule() {
  const { ruleIntro, ruleWords, example, missing, complete } = text.activation;
  return (
    <Surface class="rule">
      <p>{ruleIntro}</p>
      <ul id="regle" data-least={LENGTHS.passwordLeast} data-missing={missing} data-complete={complete}>
        {PASSWORD_LINES.map((line) => (
          <li data-line={line}>{text.passwordLines[line]}</li>
        ))}
      </ul>
      <p>{ruleWords}</p>
      <p>
        {example} <strong class="phrase">{drawPhrase()}</strong>
      </p>
    </Surface>
  );
}

/** The current password, asked again. */
export function CurrentPasswordField({ errors }: { errors?: Errors }) {
  return (
    <Field
      name="mot_de_passe_actuel"
      label={text.spacePassword.current}
      type="password"
      autocomplete="current-password"
      errors={errors}
    >
      <OtherWays ways={[WAYS.lostPassword]} />
    </Field>
  );
}

/** Whose account a mailed link opens, before a password is chosen for it. @param name as its reader may know it */
export function WhoseAccount({ name, identifier }: { name: string; identifier: string }) {
  return (
    <>
      <p class="lead">{text.activation.hello(name)}</p>
      <p>{text.activation.yourIdentifier}</p>
      <p class="keep">
        <Identifier groups={groupIdentifier(identifier)} />
      </p>
    </>
  );
}
