// The portal that the landlord's file goes to: that of `npm start`, or the one in production.

import { supportText } from '../words/support.ts';
import { readConfig } from './config.ts';
import { DEMO_CLIENTS_KEY } from './demo-key.ts';
import { readPort, stop } from './terminal.ts';

/** What a command exits with when the portal did not do it, or when that is not known. */
export const NOT_DONE = 3;

const words = supportText.clientFile;

/** Ports that fetch refuses, names, connections and certificates: nothing was sent. */
const NOT_REACHED =
  /^(bad port|ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT|CERT_|ERR_TLS|ERR_SSL|.*SELF_SIGNED|UNABLE_TO)/;

type Asked = { method?: string; headers?: Record<string, string>; body?: AsyncIterable<Uint8Array> };

/**
 * Asks the portal, with the key of the client file. Ends the command in one sentence when there is no answer.
 * @param isRemote the one in production
 */
export async function askPortal(isRemote: boolean, address: string, asked: Asked): Promise<Response> {
  const { origin, key } = portalToAsk(isRemote);
  const init = {
    ...asked,
    headers: { ...asked.headers, authorization: `Bearer ${key}` },
    duplex: 'half',
    // Neither the key nor the file follows to another address.
    redirect: 'manual',
  };
  try {
    return await fetch(new URL(address, origin), init as unknown as RequestInit);
  } catch (error) {
    const { code, message = '' } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException;
    if (!NOT_REACHED.test(code ?? message)) return stop(`${words.cut} ${words.unsure}`, NOT_DONE);
    return stop(`${words.silent(origin)}${isRemote ? '' : ` ${words.startFirst}`}`, NOT_DONE);
  }
}

function portalToAsk(isRemote: boolean) {
  if (!isRemote) {
    return { origin: `http://localhost:${readPort(words.wrongPort, NOT_DONE)}`, key: DEMO_CLIENTS_KEY };
  }
  const key = process.env.CLIENTS_API_KEY;
  if (!key) stop(words.noKey, NOT_DONE);
  const origin = process.env.PORTAL_ORIGIN ?? String(readConfig(NOT_DONE).vars.PORTAL_ORIGIN);
  if (!/^https?:\/\//.test(origin) || !URL.canParse(origin)) stop(words.wrongOrigin, NOT_DONE);
  return { origin, key };
}
