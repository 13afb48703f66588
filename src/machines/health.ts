// /sante: for machines that watch the portal.

import { Hono } from 'hono';
import { lastAppliedFile } from '../client/import/reports.ts';
import { type Env, readSettings } from '../env.ts';
import { type PortalRefused, readOutbox } from '../mail/outbox.ts';
import { CRON_SILENCE, DAY, MAIL_OVERDUE } from '../numbers.ts';
import { openDatabase } from '../platform/db.ts';
import { lastRun } from '../platform/runs.ts';

type Part = 'ok' | 'failed';

export const health = new Hono<{ Bindings: Env }>();

health.get('/', async (c) => {
  const [database, tokens] = await Promise.all([lookAtDatabase(c.env), lookAtTokens(c.env)]);
  const { parts: inDatabase, refused, ...ages } = database;
  const wrongSettings = [...findWrongSettings(c.env), ...refused.map((reason) => REFUSED[reason])];
  const settings: Part = wrongSettings.length === 0 ? 'ok' : 'failed';
  const parts = { ...inDatabase, tokens, settings };
  const isWell = Object.values(parts).every((part) => part === 'ok');
  const answer = { status: isWell ? 'ok' : 'failed', ...parts, wrongSettings, ...ages };
  return c.json(answer, isWell ? 200 : 503);
});

const REFUSED: Record<PortalRefused, string> = {
  setup_refused: 'MAIL_FROM or MAIL_API_KEY is refused by the mail provider',
  ip_refused:
    'The mail provider refuses unknown IP addresses, and a Worker has no fixed one: switch Brevo’s « Block unknown IP addresses » off (Security, Authorized IPs)',
};

type FromDatabase = {
  parts: {
    database: Part;
    /** Failed when a mail has been owed for too long. */
    mails: Part;
    /** Failed when it ran before and no more. */
    cron: Part;
    /** Failed when the last applied one is older than CLIENT_FILE_DAYS, or there is none. */
    clientFile: Part;
  };
  oldestOwedMailSeconds: number | null;
  cronSeconds: number | null;
  clientFileSeconds: number | null;
  refused: PortalRefused[];
};

/** D1, by the questions that matter: do mails leave, does the provider let us in, is cron alive, does the client file come? */
async function lookAtDatabase(env: Env): Promise<FromDatabase> {
  try {
    const [db, now] = [openDatabase(env.DB), Date.now()];
    const [{ oldest, refused }, ran, applied] = await Promise.all([
      readOutbox(db, now),
      lastRun(db, 'minute'),
      lastAppliedFile(db),
    ]);
    return {
      parts: {
        database: 'ok',
        mails: failedIf(isOlder(oldest, MAIL_OVERDUE, now)),
        cron: failedIf(isOlder(ran, CRON_SILENCE, now)),
        clientFile: failedIf(isFileLate(env, applied, now)),
      },
      oldestOwedMailSeconds: secondsSince(oldest, now),
      cronSeconds: secondsSince(ran, now),
      clientFileSeconds: secondsSince(applied, now),
      refused,
    };
  } catch {
    const parts = { database: 'failed', mails: 'ok', cron: 'ok', clientFile: 'ok' } as const;
    return { parts, oldestOwedMailSeconds: null, cronSeconds: null, clientFileSeconds: null, refused: [] };
  }
}

const failedIf = (isIll: boolean): Part => (isIll ? 'failed' : 'ok');

function isOlder(time: number | null, span: number, now: number): boolean {
  return time !== null && time < now - span;
}

/** Who watches the file without ever having sent one is told so: nobody can open an account. */
function isFileLate(env: Env, applied: number | null, now: number): boolean {
  const days = watchedDays(env);
  return days !== null && (applied === null || isOlder(applied, days * DAY, now));
}

/** Null when the file is not watched, or when a wrong setting is what to tell. */
function watchedDays(env: Env): number | null {
  try {
    return readSettings(env).CLIENT_FILE_DAYS;
  } catch {
    return null;
  }
}

function secondsSince(time: number | null, now: number): number | null {
  return time === null ? null : Math.round((now - time) / 1000);
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
