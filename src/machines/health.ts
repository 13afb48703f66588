// /sante: for machines that watch the portal.

import { Hono } from 'hono';
import { type Env, readSettings } from '../env.ts';
import { readOutbox } from '../mail/outbox.ts';
import { CRON_SILENCE } from '../numbers.ts';
import { openDatabase } from '../platform/db.ts';
import { lastRun } from '../platform/runs.ts';

type Part = 'ok' | 'failed';

export const health = new Hono<{ Bindings: Env }>();

health.get('/', async (c) => {
  const [outbox, tokens] = await Promise.all([lookAtOutbox(c.env), lookAtTokens(c.env)]);
  const wrongSettings = [...findWrongSettings(c.env), ...outbox.wrongSettings];
  const settings: Part = wrongSettings.length === 0 ? 'ok' : 'failed';
  const parts = { database: outbox.database, tokens, settings, cron: outbox.cron };
  const isWell = Object.values(parts).every((part) => part === 'ok');
  const { oldestOwedMailSeconds, cronSeconds } = outbox;
  const status = isWell ? 'ok' : 'failed';
  const answer = { status, ...parts, wrongSettings, oldestOwedMailSeconds, cronSeconds };
  return c.json(answer, isWell ? 200 : 503);
});

type Outbox = {
  database: Part;
  /** Failed when it ran before and no more. */
  cron: Part;
  oldestOwedMailSeconds: number | null;
  cronSeconds: number | null;
  wrongSettings: string[];
};

/** D1, by the questions that matter: how long has the oldest owed mail waited, does the provider let us in, is cron alive? */
async function lookAtOutbox(env: Env): Promise<Outbox> {
  try {
    const db = openDatabase(env.DB);
    const [{ oldest, isSetupRefused }, ran] = await Promise.all([
      readOutbox(db, Date.now()),
      lastRun(db, 'minute'),
    ]);
    return {
      database: 'ok',
      cron: ran !== null && ran < Date.now() - CRON_SILENCE ? 'failed' : 'ok',
      oldestOwedMailSeconds: secondsSince(oldest),
      cronSeconds: secondsSince(ran),
      wrongSettings: isSetupRefused ? ['MAIL_FROM or MAIL_API_KEY is refused by the mail provider'] : [],
    };
  } catch {
    return {
      database: 'failed',
      cron: 'ok',
      oldestOwedMailSeconds: null,
      cronSeconds: null,
      wrongSettings: [],
    };
  }
}

function secondsSince(time: number | null): number | null {
  return time === null ? null : Math.round((Date.now() - time) / 1000);
}

async function lookAtTokens(env: Env): Promise<Part> {
  try {
    await env.TOKENS.get('health');
    return 'ok';
  } catch {
    // Also when it is not bound.
    return 'failed';
  }
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
