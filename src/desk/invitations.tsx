// /guichet/lettres: letters for the clients of a sector who have no account yet, 500 at a time, printed by the browser.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { makeRun, type Run } from '../account/invited.ts';
import { readSectors } from '../client/sectors.ts';
import { LENGTHS, LETTERS } from '../numbers.ts';
import { mayDo } from '../staff/members.ts';
import { lineOrNothing } from '../web/fields.ts';
import { showPage } from '../web/layout.tsx';
import { Calm, Done, NextStep, OtherWays, PrintButton } from '../web/parts.tsx';
import type { Portal, PortalContext } from '../web/portal.ts';
import { form, type Refusal, type Typed } from '../web/read-form.ts';
import { invitationText } from '../words/invitation.ts';
import { agentIn, mayOnly } from './entry.tsx';
import { Choice } from './form-parts.tsx';
import { Letters } from './invitation.tsx';

const words = invitationText.desk;
const PATH = '/guichet/lettres';
const RUN = '/tirage';

const schema = z.object({
  // Nothing: the whole file.
  secteur: lineOrNothing(words.sectorMissing, LENGTHS.sector),
  // The last client of the run before.
  apres: z._default(z.string().check(z.regex(/^\d{0,15}$/)), ''),
});

export const deskInvitations = new Hono<Portal>();

deskInvitations.get('/', (c) => showForm(c, {}));
// Where somebody ends who reloads a run after Access asked to sign in again.
deskInvitations.get(RUN, mayOnly('print_letters'), (c) => showForm(c, {}));

deskInvitations.post(RUN, mayOnly('print_letters'), form(schema, showForm), async (c) => {
  const { secteur, apres } = c.req.valid('form');
  const run = await makeRun(c.get('db'), {
    agent: agentIn(c).email,
    sector: secteur || null,
    after: Number(apres),
    now: Date.now(),
  });
  return showRun(c, secteur, run);
});

async function showForm(c: PortalContext, typed: Typed, refusal?: Refusal) {
  const isManager = mayDo(agentIn(c), 'print_letters');
  const body = (
    <>
      <p class="lead">{words.intro}</p>
      {isManager ? (
        <RunForm sectors={await readSectors(c.get('db'))} typed={typed} refusal={refusal} />
      ) : (
        <Calm>{words.managers}</Calm>
      )}
      <h2>{words.oneTitle}</h2>
      <p>{words.one}</p>
      <OtherWays ways={[{ href: '/guichet', label: words.search }]} />
    </>
  );
  return showPage(c, { title: words.title, refusal, body });
}

type RunFormProps = { sectors: string[]; typed: Typed; refusal?: Refusal };

function RunForm({ sectors, typed, refusal }: RunFormProps) {
  const options = Object.fromEntries(sectors.map((sector) => [sector, sector]));
  return (
    <form method="post" action={`${PATH}${RUN}`} novalidate>
      <p>{words.who}</p>
      <Choice
        name="secteur"
        label={words.sector}
        options={options}
        empty={words.all}
        chosen={typed.secteur}
        error={refusal?.errors?.secteur}
      />
      <p class="hint">{words.most}</p>
      <div class="actions">
        <button type="submit">{words.submit}</button>
      </div>
    </form>
  );
}

/** The letters of a run, how many there are, and the way to the next ones. */
function showRun(c: PortalContext, sector: string, { letters, total, before }: Run) {
  if (letters.length === 0) return showNobody(c);
  const end = before + letters.length;
  const span = { from: before + 1, to: end, total };
  const body = (
    <>
      <div class="unprinted">
        {sector && <p class="lead">{sector}</p>}
        <Done>
          {words.span(span)} {letters.length > 1 && words.shown}{' '}
          {end >= total && end > LETTERS.perRun && words.last}
        </Done>
        <PrintButton label={words.print} isMain />
        {end < total && <NextForm sector={sector} after={letters.at(-1)?.id ?? 0} end={end} total={total} />}
        <OtherWays ways={[{ href: PATH, label: words.back }]} />
      </div>
      <Letters settings={c.get('settings')} letters={letters} />
    </>
  );
  return showPage(c, { title: words.title, isDocument: true, body });
}

type NextProps = { sector: string; after: number; end: number; total: number };

function NextForm({ sector, after, end, total }: NextProps) {
  const next = { from: end + 1, to: Math.min(end + LETTERS.perRun, total), total };
  return (
    <form method="post" action={`${PATH}${RUN}`}>
      <input type="hidden" name="secteur" value={sector} />
      <input type="hidden" name="apres" value={String(after)} />
      <button type="submit" class="second">
        {words.next(next)}
      </button>
    </form>
  );
}

function showNobody(c: PortalContext) {
  const body = (
    <>
      <Calm>{words.nobody}</Calm>
      <NextStep way={{ href: PATH, label: words.back }} />
    </>
  );
  return showPage(c, { title: words.title, body });
}
