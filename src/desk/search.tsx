// /guichet: one box for whatever the caller says, and beneath it what waits.

import { Hono } from 'hono';
import { readIdentifier } from '../account/identifier.ts';
import { readHelpCode } from '../client/help-code.ts';
import { findRequestByCode } from '../client/help-requests.ts';
import { isAskable, readAsked, searchClients } from '../client/search.ts';
import { DESK } from '../numbers.ts';
import type { Portal, PortalContext } from '../web/portal.ts';
import { deskText } from '../words/desk.ts';
import { showHits, showRefused, showStart } from './search-pages.tsx';

const words = deskText.search;

export const deskSearch = new Hono<Portal>();

deskSearch.get('/', async (c) => {
  const typed = (c.req.query('q') ?? '').trim();
  if (typed === '') return showStart(c);
  if ([...typed].length > DESK.searched) return showRefused(c, '', words.tooLong(DESK.searched));
  const request = await findRequestIn(c, typed);
  if (request) return c.redirect(`/guichet/demandes/${request.id}`, 303);
  const { candidates } = readIdentifier(typed, c.get('settings').IDENTIFIER_PREFIX);
  const asked = readAsked(typed, candidates);
  if (!isAskable(asked)) return showRefused(c, typed, words.tooShort);
  const { hits, isMore } = await searchClients(c.get('db'), asked);
  const [only] = hits;
  // One person is meant: the agent is looking at somebody already.
  if (only && hits.length === 1) return c.redirect(`/guichet/clients/${only.id}`, 303);
  return showHits(c, typed, hits, isMore);
});

/** The request of a help code, however it is spelled. */
async function findRequestIn(c: PortalContext, typed: string) {
  const code = readHelpCode(typed);
  return code && findRequestByCode(c.get('db'), code);
}
