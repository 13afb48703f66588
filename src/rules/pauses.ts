// Why a client is stopped for a while, as codes.

import type { Guessed } from './identity.ts';

/** A full counter: of one thing guessed at, of the network the tries came from, or of the sign-in. */
export type PauseReason = Guessed | 'network' | 'sign_in';
