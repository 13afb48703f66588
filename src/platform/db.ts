// The database as the rest of the core sees it: one handle, statements of our own, and batches of named steps.

import { type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { drizzle } from 'drizzle-orm/d1';
import { oncePer } from './cache.ts';

export type Db = ReturnType<typeof openDatabase>;

/** Drizzle over one D1 binding. */
export const openDatabase = oncePer((d1: D1Database) => drizzle(d1));

/**
 * A statement in raw SQL for `batch`: the conditional writes are made of these.
 * Rows come back under the names the SQL gives them.
 */
export function statement<Row>(db: Db, query: SQL) {
  const raw = db.all<Row>(query);
  // drizzle 0.45 binds parameters to a prepared `stmt` and does not prepare raw statements itself.
  return Object.assign(raw, { stmt: db.$client.prepare(raw.getQuery().sql) });
}

type Statement = BatchItem<'sqlite'>;

/** A step: one statement, or some that belong together. */
type Steps = Record<string, Statement | readonly Statement[]>;

type RowsOf<S> = S extends Statement ? S['_']['result'] : never;

/** The answer of each step, under its name: the rows of its statement, or a list of them. */
type Results<S extends Steps> = {
  [Name in keyof S]: S[Name] extends readonly Statement[]
    ? { [Nth in keyof S[Name]]: RowsOf<S[Name][Nth]> }
    : RowsOf<S[Name]>;
};

/**
 * Runs steps in one transaction and one round trip, in the order in which they are written: all of it happens, or nothing.
 * D1 has no other transaction, and no step can read in TypeScript the answer of an earlier one. So the first step decides, in
 * one conditional statement, and the later ones ask in SQL whether it did.
 *
 * Decide first, owe second, then do the rest that hangs on it:
 *
 *     const mail = newMail('password_changed');
 *     const { changed } = await batch(db, {
 *       // Decides: of two requests at once, only one still finds the old hash.
 *       changed: statement(db, sql`UPDATE accounts SET password_hash = ${hash}
 *         WHERE id = ${id} AND password_hash = ${old} RETURNING id`),
 *       // Owes the mail if the step before changed a row.
 *       owed: oweMail(db, mail, sql`a.id = ${id} AND ${previousChanged}`, now),
 *       // By now another step is the one before. From here on, the owed mail is the sign that the first one decided.
 *       noted: noteEvent(db, 'password_changed', device, isOwed(mail, 'a'), now),
 *       ended: db.delete(sessions).where(sql`account_id = ${id} AND ${isOwed(mail)}`),
 *     });
 *     return changed.length > 0 ? mail : undefined;
 *
 * @returns the rows of each step, under its name
 */
export async function batch<S extends Steps>(db: Db, steps: S): Promise<Results<S>> {
  const [first, ...others] = Object.values(steps).flat() as Statement[];
  const rows = first ? await db.batch([first, ...others]) : [];
  let at = 0;
  const named = Object.entries(steps).map(([name, step]) => [
    name,
    Array.isArray(step) ? step.map(() => rows[at++]) : rows[at++],
  ]);
  return Object.fromEntries(named) as Results<S>;
}

/**
 * Condition: the step before changed a row. SQLite counts the rows of the last statement that writes, and those that read
 * in between do not alter it. Only the very next write may ask; a later step asks whether the mail is owed
 * (`isOwed` in src/mail/owe.ts).
 */
export const previousChanged: SQL = sql`changes() > 0`;
