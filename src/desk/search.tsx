// /guichet: one box for whatever the caller says, and beneath it what waits.

import { Hono } from 'hono';
import { readIdentifier } from '../account/identifier.ts';
import { readNewestCounts, type SignUpCounts } from '../account/sign-up-counts.ts';
import { readHelpCode } from '../client/help-code.ts';
import { countRequests, findRequestByCode } from '../client/help-requests.ts';
import { type Hit, isAskable, readAsked, searchClients } from '../client/search.ts';
import { countLostMails } from '../mail/lost.ts';
import { DESK } from '../numbers.ts';
import { showPage } from '../web/layout.tsx';
import { OtherWays, Points } from '../web/parts.tsx';
import type { Portal, PortalContext } from '../web/portal.ts';
import { deskText } from '../words/desk.ts';
import { deskHelpText } from '../words/desk-help.ts';
import { sayFunnel, signUpsText } from '../words/sign-ups.ts';
import { ClientLink, ListTable, sayNumber } from './list.tsx';
import { seenText } from './typed-text.ts';

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

async function showStart(c: PortalContext) {
  const db = c.get('db');
  const [requests, lost, signUps] = await Promise.all([
    countRequests(db),
    countLostMails(db, Date.now()),
    readNewestCounts(db),
  ]);
  const ways = [
    ...(requests > 0 ? [{ href: '/guichet/demandes', label: deskHelpText.list.waiting(requests) }] : []),
    ...(lost > 0 ? [{ href: '/guichet/courriels', label: words.lostMails(lost) }] : []),
  ];
  const body = (
    <>
      <SearchBox />
      <h2>{words.waiting}</h2>
      {ways.length > 0 ? <OtherWays ways={ways} /> : <p>{words.nothingWaits}</p>}
      {signUps && <SignUps counts={signUps} />}
    </>
  );
  return showPage(c, { title: words.title, body });
}

/** The funnel in one line. */
function SignUps({ counts }: { counts: SignUpCounts }) {
  const way = { href: '/guichet/inscriptions', label: sayFunnel(counts) };
  return (
    <>
      <h2>{signUpsText.title}</h2>
      <OtherWays ways={[way]} />
    </>
  );
}

function showRefused(c: PortalContext, typed: string, sentence: string) {
  return showPage(c, {
    title: words.title,
    refusal: { errors: { q: sentence } },
    body: <SearchBox typed={typed} error={sentence} />,
  });
}

function showHits(c: PortalContext, typed: string, hits: Hit[], isMore: boolean) {
  const seen = seenText(typed);
  const body = (
    <>
      <SearchBox typed={typed} />
      {hits.length > 0 ? (
        <Hits title={words.found(seen)} hits={hits} />
      ) : (
        <div role="status">
          <p class="lead">{words.nothing(seen)}</p>
          <Points points={words.nothingTips} />
        </div>
      )}
      {isMore && <p>{words.isMore}</p>}
    </>
  );
  return showPage(c, { title: words.title, isDocument: true, body });
}

function SearchBox({ typed, error }: { typed?: string; error?: string }) {
  return (
    <search>
      <form method="get" action="/guichet" class="search">
        <label for="q">{words.label}</label>
        <p class="hint" id="q-hint">
          {words.hint}
        </p>
        {error && (
          <p class="error" id="q-error">
            {error}
          </p>
        )}
        <div class="search-row">
          <input
            class="input"
            id="q"
            name="q"
            type="text"
            value={typed}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            autofocus={typed === undefined}
            aria-invalid={error ? 'true' : undefined}
            aria-describedby={error ? 'q-hint q-error' : 'q-hint'}
          />
          <button type="submit">{words.submit}</button>
        </div>
      </form>
    </search>
  );
}

function Hits({ title, hits }: { title: string; hits: Hit[] }) {
  return (
    <ListTable title={title} heads={[words.client, words.reference, words.account]}>
      <tbody>
        {hits.map((hit) => (
          <tr>
            <td>
              <ClientLink client={hit} />
            </td>
            <td>
              {sayNumber(hit)}
              {hit.leftAt !== null && ` (${words.left})`}
            </td>
            <td>{[words.states[hit.state ?? 'none'], hit.identifier].filter(Boolean).join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  );
}
