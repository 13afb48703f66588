// « Vouliez-vous dire …@orange.fr ? »: under the field, and where a mail is awaited. It never blocks.

import { suggestEmail } from '../../public/email-hint.js';
import { text } from '../text.ts';
import { Calm } from './layout.tsx';

/** Stands under every e-mail field, empty until there is something to suggest; the button is the script's. */
export function EmailFieldHint({ typed = '' }: { typed?: string }) {
  const suggestion = suggestEmail(typed);
  return (
    <div class="suggestion">
      <p role="status">
        <span hidden={!suggestion}>
          {text.emailHint.before} <strong>{suggestion}</strong>
          {text.emailHint.after}
        </span>
      </p>
      <button type="button" class="second" hidden>
        {text.emailHint.accept}
      </button>
    </div>
  );
}

/** The same where the mail has left, with the page that corrects the address. */
export function SentEmailHint({ email, way, label }: { email: string; way: string; label: string }) {
  const suggestion = suggestEmail(email);
  if (!suggestion) return null;
  return (
    <Calm>
      {text.emailHint.before} <strong>{suggestion}</strong>
      {text.emailHint.after} <a href={way}>{label}</a>
    </Calm>
  );
}
