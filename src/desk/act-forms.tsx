// The acts of the desk as addresses, buttons and forms.

import type { ActKind } from '../schema.ts';
import type { Way } from '../web/parts.tsx';
import { deskText } from '../words/desk.ts';
import type { Seen } from './seen.tsx';

/** The acts on a client that have a page of their own. */
export type ClientAct = keyof typeof deskText.acts;

/** The last part of each act's address. */
export const SLUGS: Record<ClientAct, string> = {
  send_link: 'lien',
  lift_pause: 'pause',
  secure: 'connexions',
  correct_email: 'adresse',
  close: 'fermeture',
  unblock: 'blocage',
  give_code: 'code',
  print_letter: 'lettre',
  hold: 'retenue',
  release: 'liberation',
};

export function addressOf(id: number, kind: ClientAct): string {
  return `/guichet/clients/${id}/${SLUGS[kind]}`;
}

/** The page of an act, which asks why. */
export function wayToAct(id: number, kind: ActKind): Way {
  const act = kind as ClientAct;
  return { href: addressOf(id, act), label: deskText.acts[act].title };
}

/** What the form carries of the account as the page shows it. */
export function versionOf({ one }: Seen): string {
  return `${one.linkVersion ?? 0}.${one.emailVersion ?? 0}`;
}

/** What a button says, where it depends on the account. */
export function submitOf({ one }: Seen, kind: ClientAct): string {
  const { submit } = deskText.acts[kind];
  return typeof submit === 'string' ? submit : submit[one.state === 'pending' ? 'pending' : 'active'];
}

/** What needs nothing but a press: it is asked for on the phone, or so the journal says. */
const AT_ONCE: ActKind[] = ['send_link', 'lift_pause'];

/** The one button of a client's page: acts at once, or leads to the form that asks for more. */
export function HelpButton({ seen, kind }: { seen: Seen; kind: ActKind }) {
  const act = kind as ClientAct;
  if (!AT_ONCE.includes(kind))
    return (
      <p class="actions">
        <a class="button next-step" href={addressOf(seen.id, act)}>
          {deskText.acts[act].title}
        </a>
      </p>
    );
  return (
    <form method="post" action={addressOf(seen.id, act)} class="help-now">
      <input type="hidden" name="version" value={versionOf(seen)} />
      <input type="hidden" name="motif" value="asked_by_phone" />
      <button type="submit">{submitOf(seen, act)}</button>
    </form>
  );
}
