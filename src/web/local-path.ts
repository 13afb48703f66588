// Addresses of this portal: where a sign-in, or the page of a form, may lead.

import { PATHS } from '../paths.ts';
import { text } from '../words/pages.ts';
import type { Way } from './parts.tsx';
import type { PortalContext } from './portal.ts';

/** Whether a page of this portal may follow the sign-in: a local path, never another site. */
export function isLocalPath(path: string, origin: string): boolean {
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return false;
  return URL.parse(path, origin)?.origin === origin;
}

/** Addresses that are posted to only: their button stands on the page above. */
const BUTTON_ONLY = /\/(renvoi|nouveau-lien|provisoire|deconnexion)$/;

/** The page whose form was posted, as a way on; the sign-in page when the address is none of ours. */
export function wayToPage(c: PortalContext, label: string = text.form.toPage): Way {
  const path = c.req.path.replace(BUTTON_ONLY, '') || '/';
  const isOurs = isLocalPath(path, c.get('settings').PORTAL_ORIGIN);
  return { href: isOurs ? path : PATHS.signIn, label };
}
