// What the guide is made of: its contents, and its parts.

import type { Child } from 'hono/jsx';
import { helpText as words } from '../words/help.ts';
import { Drawing, type DrawingName } from './drawing.tsx';
import { OtherWays, type Way } from './parts.tsx';

/** The parts of the guide, by the name of their place on the page. */
const PARTS = {
  creer: words.notice.title,
  activer: words.mail.title,
  'mot-de-passe': words.password.title,
  identifiant: words.identifier.title,
  'se-connecter': words.signIn.title,
  'mot-de-passe-oublie': words.forgottenPassword.title,
  'identifiant-oublie': words.forgottenIdentifier.title,
  'sans-adresse': words.noEmail.title,
};
type Place = keyof typeof PARTS;

/** The leaflet's road has five steps; what comes after it has no number. */
const ROAD = 5;

export function Contents() {
  return (
    <nav class="contents" aria-label={words.contents}>
      <a class="button second" href="#entrer">
        {words.stuck.title}
      </a>
      <OtherWays ways={Object.entries(PARTS).map(([place, label]) => ({ href: `#${place}`, label }))} />
    </nav>
  );
}

type PartProps = {
  place: Place;
  drawing?: { name: DrawingName; alt: string };
  steps: string[];
  way?: Way;
  children?: Child;
};

/** One part: its drawing, what to do, what to know. */
export function Part({ place, drawing, steps, way, children }: PartProps) {
  return (
    <section class="part" aria-labelledby={place}>
      <h2 id={place} class={Object.keys(PARTS).indexOf(place) < ROAD ? 'numbered' : undefined}>
        {PARTS[place]}
      </h2>
      {drawing && (
        <p class="surface drawing">
          <Drawing {...drawing} />
        </p>
      )}
      <ol class="tips">
        {steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      {children}
      {way && <OtherWays ways={[way]} />}
    </section>
  );
}
