// The landlord's staff close an account at the desk, and let nobody open another one: « retenir ».

import { type SQL, sql } from 'drizzle-orm';
import { newMail, oweMail } from '../mail/owe.ts';
import { batch, type Db, statement } from '../platform/db.ts';
import { sessions } from '../schema.ts';
import { type Act, accountOf, isActOn, isNoted, noteAct } from '../staff/acts.ts';
import { closed } from './closing.ts';
import { voidCode } from './code/void.ts';
import { type Done, done, isAsShown, noteLandlordEvent, type Shown } from './landlord-acts.ts';
import { dropPasskeys } from './passkeys.ts';

/**
 * Closes the open account; its address, where it was proved, is told.
 * @param isHeld whether nobody may open another one from the web until the landlord lets it
 */
export async function closeAtDesk(
  db: Db,
  act: Act,
  shown: Shown,
  isHeld: boolean,
  now: number,
): Promise<Done> {
  const mail = newMail('account_closed');
  const { noted } = await batch(db, {
    noted: noteAct(db, act, isAsShown(shown), now),
    // Before it closes: then its address is gone.
    owed: oweMail(db, mail, sql`${isActOn(act)} AND a.state = 'active'`, now),
    told: noteLandlordEvent(db, 'closed_by_landlord', isActOn(act), now, act.words),
    closed: statement(db, sql`UPDATE accounts SET ${closed(now)} WHERE id = ${accountOf(act)}`),
    ended: db.delete(sessions).where(sql`${sessions.accountId} = ${accountOf(act)}`),
    keys: dropPasskeys(db, accountOf(act), isNoted(act)),
    code: voidCode(db, act.clientId, isNoted(act)),
    held: setHeld(db, act, isHeld ? now : null, sql`${isHeld ? 1 : 0}`),
  });
  return done(noted, [mail]);
}

/** Lets nobody open an account for a client that has none, until it is released. */
export async function hold(db: Db, act: Act, now: number): Promise<Done> {
  const { noted } = await batch(db, {
    noted: noteAct(db, act, sql`c.held_at IS NULL AND a.id IS NULL`, now),
    held: setHeld(db, act, now),
  });
  return done(noted, []);
}

/** Lets the client open an account again. */
export async function release(db: Db, act: Act, now: number): Promise<Done> {
  const { noted } = await batch(db, {
    noted: noteAct(db, act, sql`c.held_at IS NOT NULL`, now),
    released: setHeld(db, act, null),
  });
  return done(noted, []);
}

function setHeld(db: Db, act: Act, heldAt: number | null, when: SQL = sql`1`) {
  return statement(
    db,
    sql`UPDATE clients SET held_at = ${heldAt} WHERE id = ${act.clientId} AND ${isNoted(act)} AND ${when}`,
  );
}
