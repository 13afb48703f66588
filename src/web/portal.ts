// What every request carries, and the few words handlers use about it.

import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { deviceOf } from '../account/device.ts';
import { readIdentifier } from '../account/identifier.ts';
import type { SignedIn } from '../account/signed-in.ts';
import { type Env, readSettings, type Settings } from '../env.ts';
import { deliver } from '../mail/deliver.ts';
import { AFTER_ANSWER, NEUTRAL_PAUSE } from '../numbers.ts';
import { type Db, openDatabase } from '../platform/db.ts';
import { logLine } from '../platform/log.ts';
import { networkOf } from '../platform/network.ts';
import type { Device } from '../schema.ts';
import type { Agent } from '../staff/members.ts';
import { frenchMoment } from '../words/times.ts';

export type Portal = {
  Bindings: Env;
  Variables: {
    db: Db;
    settings: Settings;
    /** Set by the `signedIn` guard only. */
    session: SignedIn;
    /** Who came to the desk through Access: set on its addresses only, `nameless` when nobody could be named. */
    agent?: Agent | 'nameless';
    /** Whom a form is about, as far as it says so: the log makes a pseudonym of it. */
    who?: string;
  };
};
export type PortalContext = Context<Portal>;

/** Opens the settings and the database for a request. */
export const openPortal = createMiddleware<Portal>(async (c, next) => {
  c.set('settings', readSettings(c.env));
  c.set('db', openDatabase(c.env.DB));
  await next();
});

/** Tells the log whom a form is about: an identifier, however it was typed. A page that is only read has no line. */
export function aboutIdentifier(c: PortalContext, identifier: string): void {
  if (c.req.method !== 'POST') return;
  c.set('who', readIdentifier(identifier, c.get('settings').IDENTIFIER_PREFIX).fingerprint);
}

/** The network of the request (see `networkOf`). Cloudflare sets this header; no other one is believed. */
export function requestNetwork(c: PortalContext): string {
  return networkOf(c.req.header('cf-connecting-ip') ?? 'unknown');
}

/** A time (ms) as it is said to a reader, in the landlord's zone: « à 14 h 35 » (see `frenchMoment`). */
export function moment(c: PortalContext, time: number): string {
  return frenchMoment(time, Date.now(), c.get('settings').TIME_ZONE);
}

/** When to come back (ms), in `Retry-After` for machines. @returns the same for a reader */
export function retryAt(c: PortalContext, time: number): string {
  c.header('retry-after', String(Math.ceil((time - Date.now()) / 1000)));
  return moment(c, time);
}

/** The coarse kind of the browser's device. */
export function requestDevice(c: PortalContext): Device {
  return deviceOf(c.req.header('user-agent'));
}

/**
 * Delivers mails after the answer has left: nobody waits for the provider, nobody can time it. Without the pause the
 * delivery would begin first, and an answer that owes a mail would come later than one that owes none.
 */
export function deliverAfterAnswer(c: PortalContext, mailIds: string[]): void {
  const delivery = async () => {
    await scheduler.wait(AFTER_ANSWER);
    await deliver(c.env, c.get('settings'), mailIds);
  };
  afterAnswer(c, 'delivery', delivery());
}

/** The same for an answer that must not tell whether a mail is owed. */
export function deliverQuietly(c: PortalContext, mailIds: string[]): void {
  afterQuietPause(c, 'delivery', () => deliver(c.env, c.get('settings'), mailIds));
}

/** Lets work begin at a time drawn at random after the answer: the next request must not be slowed by it, or it tells. */
export function afterQuietPause(c: PortalContext, work: AfterAnswer, act: () => Promise<unknown>): void {
  const { least, most } = NEUTRAL_PAUSE;
  const later = async () => {
    await scheduler.wait(least + Math.random() * (most - least));
    await act();
  };
  afterAnswer(c, work, later());
}

type AfterAnswer = 'delivery' | 'last_seen' | 'pauses' | 'tries';

/**
 * Lets work go on after the answer. What fails then changes nothing for the visitor, and only the fact is logged:
 * left uncaught, the platform would log the error whole, and a database error quotes its parameters.
 */
export function afterAnswer(c: PortalContext, work: AfterAnswer, done: Promise<unknown>): void {
  const note = (error: unknown) => logLine('after_answer_failed', { work, error: (error as Error).name });
  c.executionCtx.waitUntil(done.catch(note));
}
