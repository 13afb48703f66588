// What a deployment says of passkeys: they work on the host they were made for, and on no other.

import { hostOf } from '../account/webauthn.ts';
import { readJson, tryWrangler } from './terminal.ts';

type Count = { host: string; passkeys: number };

/**
 * One line for each host of before that people still have passkeys for.
 * @param config the configuration that names the deployed database
 */
export async function passkeysOfOtherHosts(origin: string, config: string): Promise<string[]> {
  const query = 'SELECT host, count(*) AS passkeys FROM passkeys GROUP BY host';
  const words = ['d1', 'execute', 'DB', '--remote', '--json', '--command', query, '--config', config];
  const { isDone, said } = await tryWrangler(...words);
  const answer = isDone ? readJson<{ results?: Count[] }[]>(said) : undefined;
  if (!Array.isArray(answer))
    return ['whether PORTAL_ORIGIN has changed under them could not be read from D1'];
  const here = hostOf(origin);
  const others = answer.flatMap(({ results = [] }) => results).filter(({ host }) => host !== here);
  return others.map(
    ({ host, passkeys }) =>
      `${passkeys} made for ${host} no longer open anything: PORTAL_ORIGIN is ${here} now. Their holders sign in with identifier and password, and add their devices again`,
  );
}
