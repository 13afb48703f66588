// /deconnexion: by POST only, at once and on the server.

import { Hono } from 'hono';
import { endSession } from '../account/sessions.ts';
import { PATHS } from '../paths.ts';
import { clearSessionCookie, sessionToken, setFlash } from '../web/cookies.ts';
import { type Portal, requestDevice } from '../web/portal.ts';

export const signOut = new Hono<Portal>();

signOut.post('/', async (c) => {
  const token = sessionToken(c);
  if (token) await endSession(c.get('db'), token, requestDevice(c), Date.now());
  clearSessionCookie(c);
  // Said once on the page that follows, and of nobody: the next person here must not read an identifier.
  await setFlash(c, 'signed_out', 'nobody');
  c.header('clear-site-data', '"cache", "storage"');
  return c.redirect(PATHS.signIn, 303);
});
