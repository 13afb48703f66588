// The peer as the bench serves it: better-auth's own migrations, users who signed up through its own address.

import { getMigrations } from 'better-auth/db/migration';
import { peerOptions } from './better-auth.ts';
import { PASSWORD, type Post } from './portal.ts';
import { type Built, type Served, serve } from './workers.ts';

export async function servePeer(built: Built, compatibilityDate: string, isDirect: boolean): Promise<Served> {
  const options = (ORIGIN: string) => ({
    name: 'peer',
    compatibilityDate,
    compatibilityFlags: ['nodejs_compat'],
    bindings: { ORIGIN },
    d1Databases: ['DB'],
  });
  const served = await serve(built, options, isDirect);
  const { runMigrations } = await getMigrations(peerOptions({ DB: served.database, ORIGIN: served.origin }));
  await runMigrations();
  return served;
}

export function peerSignUp({ origin }: Served, nth: number): Post {
  const user = {
    email: `user${nth}@example.fr`,
    name: `User ${nth}`,
    username: `user${nth}`,
    password: PASSWORD,
  };
  return json(origin, '/api/auth/sign-up/email', user);
}

export function peerSignIn({ origin }: Served, nth: number): Post {
  return json(origin, '/api/auth/sign-in/username', { username: `user${nth}`, password: PASSWORD });
}

function json(origin: string, path: string, body: object): Post {
  const headers = { 'content-type': 'application/json', origin };
  return { path, method: 'POST', headers, body: JSON.stringify(body) };
}
