// The peer: better-auth with its username plugin on D1, as its documentation sets it up. Everything is its default
// (scrypt N=16384 r=16 by the runtime's native code, no cookie cache, origin check) but for three things: rate
// limiting is off, or there would be nothing to measure; sign-up needs no verified mail, the default, so no mail
// leaves; and the instance is kept between requests, which is the faster way.

import { betterAuth } from 'better-auth';
import { username } from 'better-auth/plugins/username';

type Bindings = { DB: D1Database; ORIGIN: string };

/** D1 is passed as it is: better-auth brings the kysely dialect for it. */
export function peerOptions({ DB, ORIGIN }: Bindings): object {
  return {
    database: DB,
    baseURL: ORIGIN,
    secret: 'a7Kq2-vX9bLw4Rz8Tn6Ym3-Pc5Hd1Js0Gf',
    emailAndPassword: { enabled: true },
    rateLimit: { enabled: false },
    plugins: [username()],
  };
}

let auth: ReturnType<typeof betterAuth> | undefined;

export default {
  fetch(request, env) {
    auth ??= betterAuth(peerOptions(env));
    return auth.handler(request);
  },
} satisfies ExportedHandler<Bindings>;
