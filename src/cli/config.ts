// wrangler.toml, as every command reads it.

import { CRONS } from '../numbers.ts';
import { stop } from './terminal.ts';
import { type Wrangler, wranglerFunctions } from './wrangler.ts';

export const CONFIG = 'wrangler.toml';

type Config = ReturnType<Wrangler['unstable_readConfig']>;

/**
 * The portal's configuration, with all that the Worker lives by.
 * @param code what the command exits with when there is none
 */
export function readConfig(code = 1): Config {
  try {
    const config = wranglerFunctions().unstable_readConfig({ config: CONFIG });
    const lacks = lacksOf(config);
    if (lacks.length === 0) return config;
    return stop(`${CONFIG} is not whole: ${lacks.join(', ')} is missing.`, code);
  } catch (error) {
    return stop(`${CONFIG} cannot be read: ${firstWords(String((error as Error).message))}`, code);
  }
}

function lacksOf({ d1_databases, kv_namespaces, send_email, ratelimits, triggers, vars }: Config): string[] {
  const bound = [...d1_databases, ...kv_namespaces].map(({ binding }) => binding);
  const named = [...send_email, ...ratelimits].map(({ name }) => name);
  // With Brevo no mail goes through Cloudflare.
  const mail = vars.MAIL_PROVIDER === 'brevo' ? [] : ['EMAIL'];
  return [
    ...['DB', 'TOKENS', ...mail, 'SCREEN']
      .filter((name) => ![...bound, ...named].includes(name))
      .map((name) => `the binding ${name}`),
    ...Object.values(CRONS)
      .filter((cron) => !triggers.crons?.includes(cron))
      .map((cron) => `the cron "${cron}"`),
  ];
}

/** wrangler's first line; when it only announces a list, with what the list begins with. */
function firstWords(message: string): string {
  const [first = '', second = ''] = message.split('\n').map((line) => line.trim());
  return first.endsWith(':') ? `${first} ${second.replace(/^- /, '')}` : first;
}
