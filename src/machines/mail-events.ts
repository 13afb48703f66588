// /api/mail-events/brevo: the mail provider tells what became of the mails it took.

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type Env, readSettings } from '../env.ts';
import { keepReports } from '../mail/outbox.ts';
import { readBrevoReports } from '../mail/transports/brevo-reports.ts';
import { REPORT_BODY_BYTES } from '../numbers.ts';
import { openDatabase } from '../platform/db.ts';
import { bearerIs } from '../web/bearer.ts';

export const mailEvents = new Hono<{ Bindings: Env }>();

const smallBody = bodyLimit({ maxSize: REPORT_BODY_BYTES, onError: (c) => c.body(null, 413) });

mailEvents.post('/brevo', smallBody, async (c) => {
  const { MAIL_WEBHOOK_SECRET } = readSettings(c.env);
  if (!MAIL_WEBHOOK_SECRET) return c.body(null, 404);
  if (!(await bearerIs(c.req.header('authorization'), MAIL_WEBHOOK_SECRET))) return c.body(null, 401);
  const reports = readBrevoReports(await c.req.json().catch(() => undefined), Date.now());
  if (!reports) return c.body(null, 400);
  await keepReports(openDatabase(c.env.DB), reports);
  return c.body(null, 204);
});
