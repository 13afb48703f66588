// « Votre gestionnaire peut vérifier »: the offer under a sign-up that found nobody. What was typed goes along, hidden.

import { PATHS } from '../paths.ts';
import { text } from '../words/pages.ts';
import { Field } from './form.tsx';
import type { Errors, Typed } from './read-form.ts';

const words = text.askHelp;

/** What goes along: the fields of the sign-up. */
const CARRIED = [
  'profil',
  'reference',
  'nom',
  'prenom',
  'date_naissance',
  'raison_sociale',
  'siret',
  'email',
  'email_confirmation',
];

/** @param isMain whether it is the next step of its page, or stands under another form */
export function HelpOffer({ typed, isMain }: { typed: Typed; isMain: boolean }) {
  return (
    <section aria-labelledby="verifier">
      <h2 id="verifier">{words.offerTitle}</h2>
      <p>{words.offer}</p>
      <form method="post" action={PATHS.askHelp} novalidate>
        {CARRIED.filter((name) => name in typed).map((name) => (
          <input type="hidden" name={name} value={typed[name]} />
        ))}
        <PhoneField typed={typed} />
        <p class="hint">{words.privacy}</p>
        <div class="actions">
          <button type="submit" class={isMain ? undefined : 'second'}>
            {words.submit}
          </button>
        </div>
      </form>
    </section>
  );
}

/** The number to call back, if its person likes. */
export function PhoneField({ typed, errors }: { typed: Typed; errors?: Errors }) {
  return (
    <Field
      name="telephone"
      label={words.phone}
      hint={words.phoneHint}
      inputmode="tel"
      required={false}
      typed={typed}
      errors={errors}
    />
  );
}
