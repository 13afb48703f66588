// One client as the desk sees it; that somebody looked is written down in the same batch.

import { type Case, seeClient } from '../account/case.ts';
import type { CaseMail } from '../account/next-step.ts';
import { requestsNear } from '../client/help-requests.ts';
import { fullName } from '../client/names.ts';
import { batch } from '../platform/db.ts';
import type { PauseReason } from '../schema.ts';
import { type ActRow, noteLook, readActs } from '../staff/acts.ts';
import { showPage } from '../web/layout.tsx';
import { NextStep } from '../web/parts.tsx';
import type { PortalContext } from '../web/portal.ts';
import { deskText } from '../words/desk.ts';
import { agentIn } from './entry.tsx';
import { sayNumber } from './list.tsx';

export type Seen = {
  id: number;
  one: Case;
  pauses: { why: PauseReason; until: number }[];
  mails: (CaseMail & { createdAt: number })[];
  events: Awaited<ReturnType<typeof seeClient>['events']>;
  lastSignInAt: number | null;
  openSessions: number;
  /** What was done here, looks left out. */
  acts: ActRow[];
  /** The help requests that may be this client's. */
  near: { id: number; code: string; at: number }[];
};

/** The client that the address names; undefined when there is none, or it has gone. */
export async function see(c: PortalContext): Promise<Seen | undefined> {
  const [, id] = /^([1-9]\d{0,14})$/.exec(c.req.param('id') ?? '') ?? [];
  if (!id) return undefined;
  return seeOne(c, Number(id));
}

/** The same for an id. */
export async function seeOne(c: PortalContext, id: number): Promise<Seen | undefined> {
  const [db, now] = [c.get('db'), Date.now()];
  const { cases, pauses, mails, events, lastSignIn, sessions, acts, near } = await batch(db, {
    looked: noteLook(db, agentIn(c).email, id, now),
    ...seeClient(db, id, now),
    acts: readActs(db, { clientId: id, isDeed: true }, 10),
    near: requestsNear(db, id),
  });
  const [one] = cases;
  // What the portal erased is nobody any more.
  if (!one || one.reference === '') return undefined;
  const [lastSignInAt, openSessions] = [lastSignIn[0]?.at ?? null, sessions[0]?.open ?? 0];
  return { id, one, pauses, mails, events, lastSignInAt, openSessions, acts, near };
}

/** The client vanished, by tonight's file perhaps, or never was. */
export function showGone(c: PortalContext) {
  const words = deskText.client;
  const body = (
    <>
      <p>{words.goneTip}</p>
      <NextStep way={{ href: '/guichet', label: deskText.search.title }} />
    </>
  );
  return showPage(c, { title: words.gone, status: 404, body });
}

/** « Marie-Dominique Orsoni », and behind it « Locataire 471 ». */
export function nameOf({ one }: Seen): string {
  return fullName(one);
}

export function numberOf({ one }: Seen): string {
  return sayNumber(one);
}
