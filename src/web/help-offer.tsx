// « Votre gestionnaire peut vérifier »: the offer under a sign-up that found nobody. What was typed goes along, hidden.

import { askHelpText as words } from '../words/ask-help.ts';
import { type Errors, Field, type Typed } from './form.tsx';

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
      <form method="post" action="/inscription/aide" novalidate>
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
