// The limits: what hono on this machine answers when a request needs nothing, one read, or one password hash.

import { Hono } from 'hono';
import { hashPassword, verifyPassword } from '../../src/platform/password-hash.ts';

/** The text of the portal's sign-in page, so that both answers are of one length, and its headers. */
type Bare = { Bindings: { PAGE: string; HEADERS: Record<string, string>; DB: D1Database } };

const PASSWORD = 'Maquis-2a!';
let hash: Promise<string> | undefined;

const app = new Hono<Bare>();

app.get('/page', (c) => c.html(c.env.PAGE));

/** With the portal's headers, whose price is paid outside of any JavaScript. */
app.get('/page-with-headers', (c) => c.html(c.env.PAGE, 200, c.env.HEADERS));

/** A constant page that waits for one row: the limit of any page that reads its session from D1. */
app.get('/page-after-a-read', async (c) => {
  await c.env.DB.prepare('SELECT value FROM rows WHERE id = ?').bind(1).all();
  return c.html(c.env.PAGE);
});

app.get('/argon2id', async (c) => {
  hash ??= hashPassword(PASSWORD);
  return c.text(String(await verifyPassword(PASSWORD, await hash)));
});

export default app;
