// /sante: for machines that watch the portal.

import { Hono } from 'hono';
import type { Env } from '../env.ts';
import { readSettings } from '../env.ts';
import { openDatabase } from '../store/db.ts';
import { readOutbox } from '../store/outbox.ts';

type Part = 'ok' | 'failed';

export const health = new Hono<{ Bindings: Env }>();

health.get('/', async (c) => {
  const [outbox, tokens] = await Promise.all([lookAtOutbox(c.env), tryPart(readTokens(c.env))]);
  const wrongSettings = [...findWrongSettings(c.env), ...outbox.wrongSettings];
  const settings: Part = wrongSettings.length === 0 ? 'ok' : 'failed';
  const parts = { database: outbox.database, tokens, settings };
  const isWell = Object.values(parts).every((part) => part === 'ok');
  const { oldestOwedMailSeconds } = outbox;
  const answer = { status: isWell ? 'ok' : 'failed', ...parts, wrongSettings, oldestOwedMailSeconds };
  return c.json(answer, isWell ? 200 : 503);
});

type Outbox = { database: Part; oldestOwedMailSeconds: number | null; wrongSettings: string[] };

/** D1, by the questions that matter: how long has the oldest owed mail been waiting, and does the provider let us in? */
async function lookAtOutbox(env: Env): Promise<Outbox> {
  try {
    const { oldest, isSetupRefused } = await readOutbox(openDatabase(env.DB));
    return {
      database: 'ok',
      oldestOwedMailSeconds: oldest && Math.round((Date.now() - oldest) / 1000),
      wrongSettings: isSetupRefused ? ['MAIL_FROM or MAIL_API_KEY is refused by the mail provider'] : [],
    };
  } catch {
    return { database: 'failed', oldestOwedMailSeconds: null, wrongSettings: [] };
  }
}

function readTokens(env: Env): Promise<unknown> {
  return env.TOKENS.get('health');
}

async function tryPart(work: Promise<unknown>): Promise<Part> {
  return work.then(
    () => 'ok',
    () => 'failed',
  );
}

/** The names and shapes of wrong settings; never their values. */
function findWrongSettings(env: Env): string[] {
  try {
    const isBound = readSettings(env).MAIL_PROVIDER !== 'cloudflare' || env.EMAIL;
    return isBound ? [] : ['EMAIL is not bound: MAIL_PROVIDER cloudflare needs [[send_email]]'];
  } catch (error) {
    return String((error as Error).message).split('\n');
  }
}
