// /sante: for machines that watch the portal.

import { Hono } from 'hono';
import type { Env } from '../env.ts';
import { readSettings } from '../env.ts';
import { openDatabase } from '../store/db.ts';
import { oldestOwed } from '../store/mails.ts';

type Part = 'ok' | 'failed';

export const health = new Hono<{ Bindings: Env }>();

health.get('/', async (c) => {
  const [database, tokens, settings] = await Promise.all([
    readOutbox(c.env),
    tryPart(readTokens(c.env)),
    trySettings(c.env),
  ]);
  const parts: Record<string, Part> = { database: database.part, tokens, settings: settings.part };
  const isWell = Object.values(parts).every((part) => part === 'ok');
  const { oldestOwedMailSeconds } = database;
  const answer = {
    status: isWell ? 'ok' : 'failed',
    ...parts,
    wrongSettings: settings.wrong,
    oldestOwedMailSeconds,
  };
  return c.json(answer, isWell ? 200 : 503);
});

/** D1, by the question that matters: how long has the oldest owed mail been waiting? */
async function readOutbox(env: Env): Promise<{ part: Part; oldestOwedMailSeconds: number | null }> {
  try {
    const oldest = await oldestOwed(openDatabase(env.DB));
    return { part: 'ok', oldestOwedMailSeconds: oldest && Math.round((Date.now() - oldest) / 1000) };
  } catch {
    return { part: 'failed', oldestOwedMailSeconds: null };
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
function trySettings(env: Env): { part: Part; wrong: string[] } {
  try {
    readSettings(env);
    return { part: 'ok', wrong: [] };
  } catch (error) {
    return { part: 'failed', wrong: String((error as Error).message).split('\n') };
  }
}
