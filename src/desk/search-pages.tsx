// The pages of the search: the box with what waits beneath it, and whom it found.

import { readNewestCounts, type SignUpCounts } from '../account/sign-up-counts.ts';
import { countRequests } from '../client/help-requests.ts';
import type { Hit } from '../client/search.ts';
import { countLostMails } from '../mail/lost.ts';
import { showPage } from '../web/layout.tsx';
import { OtherWays, Points } from '../web/parts.tsx';
import type { PortalContext } from '../web/portal.ts';
import { deskText } from '../words/desk.ts';
import { deskHelpText } from '../words/desk-help.ts';
import { sayFunnel, signUpsText } from '../words/sign-ups.ts';
import { ClientLink, ListTable, sayNumber } from './list.tsx';
import { seenText } from './typed-text.ts';

const words = deskText.search;

/** The empty box, and what waits. */
export async function showStart(c: PortalContext) {
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

export function showRefused(c: PortalContext, typed: string, sentence: string) {
  return showPage(c, {
    title: words.title,
    refusal: { errors: { q: sentence } },
    body: <SearchBox typed={typed} error={sentence} />,
  });
}

export function showHits(c: PortalContext, typed: string, hits: Hit[], isMore: boolean) {
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
