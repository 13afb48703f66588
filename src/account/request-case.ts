// A help request as the desk sees it: what was typed, beside the rows of the file it may mean. Who saw those rows, birth dates
// included, is written down before they are shown.

import { and, eq, inArray, ne } from 'drizzle-orm';
import { isAlike } from '../client/alike.ts';
import { type Candidate, findCandidates } from '../client/candidates.ts';
import { groupHelpCode } from '../client/help-code.ts';
import { type HelpRequest, listRequests } from '../client/help-requests.ts';
import { DESK } from '../numbers.ts';
import { batch, type Db } from '../platform/db.ts';
import { type AccountState, accounts, helpRequests, mails } from '../schema.ts';
import { noteLook } from '../staff/acts.ts';

/** A row of the file, and how its open account stands. */
export type SeenCandidate = Candidate & { account: AccountState | null };

export type RequestCase = {
  request: HelpRequest;
  /** The newest mail to its person. */
  mail: Pick<typeof mails.$inferSelect, 'kind' | 'state' | 'lastError'> | null;
  /** None once it is decided: nothing of the file is shown without need. */
  candidates: SeenCandidate[];
  /** Other requests that nobody has decided. */
  alike: HelpRequest[];
};

/** Whether staff may still decide it. */
export function isUndecidedYet({ state }: HelpRequest): boolean {
  return state === 'open' || state === 'waiting';
}

/** One request; undefined when there is none, or it was erased. */
export async function seeRequest(
  db: Db,
  agent: string,
  id: number,
  now: number,
): Promise<RequestCase | undefined> {
  const [row] = await db
    .select({
      request: helpRequests,
      mail: { kind: mails.kind, state: mails.state, lastError: mails.lastError },
    })
    .from(helpRequests)
    .leftJoin(mails, eq(mails.id, helpRequests.mailId))
    .where(eq(helpRequests.id, id));
  if (!row) return undefined;
  const { request, mail } = row;
  if (!isUndecidedYet(request)) return { request, mail, candidates: [], alike: [] };
  const [candidates, { waiting }] = await Promise.all([
    findCandidates(db, request),
    listRequests(db, DESK.listed),
  ]);
  const others = waiting.map((one) => one.request).filter((one) => one.id !== id);
  return {
    request,
    mail,
    candidates: await withAccounts(db, agent, request, candidates, now),
    alike: others.filter((one) => isAlike(one, request)),
  };
}

async function withAccounts(
  db: Db,
  agent: string,
  { code }: HelpRequest,
  candidates: Candidate[],
  now: number,
): Promise<SeenCandidate[]> {
  const ids = candidates.map(({ client }) => client.id);
  const { open } = await batch(db, {
    looked: ids.map((clientId) => noteLook(db, agent, clientId, now, groupHelpCode(code))),
    open: db
      .select({ clientId: accounts.clientId, state: accounts.state })
      .from(accounts)
      .where(and(inArray(accounts.clientId, ids), ne(accounts.state, 'closed'))),
  });
  const states = new Map(open.map(({ clientId, state }) => [clientId, state]));
  return candidates.map((one) => ({ ...one, account: states.get(one.client.id) ?? null }));
}
