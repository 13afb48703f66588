// What another site does for the landlord, as links that say so.

import type { Errand } from '../platform/errands.ts';
import { servicesText as words } from '../words/services.ts';

/** With nothing to list there is nothing to see. */
export function Errands({ title, errands }: { title: string; errands: Errand[] }) {
  if (errands.length === 0) return null;
  return (
    <section class="errands">
      <h2>{title}</h2>
      <p class="hint">{words.elsewhere}</p>
      <ul>
        {errands.map(({ label, address }) => (
          <li>
            <a class="button second" href={address} rel="external">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
