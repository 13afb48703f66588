// /guichet/clients/:id/lettre: a letter that invites one client to sign up.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { type Invited, makeLetter } from '../account/invited.ts';
import { newAct } from '../staff/acts.ts';
import { Actions } from '../web/form.tsx';
import { showPage } from '../web/layout.tsx';
import { Done, OtherWays, PrintButton } from '../web/parts.tsx';
import type { Portal, PortalContext } from '../web/portal.ts';
import { form } from '../web/read-form.ts';
import { deskText } from '../words/desk.ts';
import { invitationText } from '../words/invitation.ts';
import { text } from '../words/pages.ts';
import { addressOf, SLUGS } from './act-forms.tsx';
import { showChanged, showUnfit } from './client.tsx';
import { agentIn, mayOnly } from './entry.tsx';
import { Letters } from './invitation.tsx';
import { actsFor } from './possible-acts.ts';
import { nameOf, numberOf, see, showGone } from './seen.tsx';

const words = invitationText.desk;
const PATH = `/:id/${SLUGS.print_letter}`;

export const deskInvite = new Hono<Portal>();

deskInvite.get(PATH, mayOnly('print_letter'), async (c) => {
  const seen = await see(c);
  if (!seen) return showGone(c);
  if (!actsFor(c, seen).includes('print_letter')) return showUnfit(c, seen);
  const { title, body: about, submit } = deskText.acts.print_letter;
  const body = (
    <>
      <p class="lead">
        {nameOf(seen)}, {numberOf(seen)}
      </p>
      <p>{about}</p>
      <form method="post" action={addressOf(seen.id, 'print_letter')}>
        <Actions submit={submit} back={{ href: `/guichet/clients/${seen.id}`, label: text.form.back }} />
      </form>
    </>
  );
  return showPage(c, { title, body });
});

deskInvite.post(PATH, mayOnly('print_letter'), form(z.object({})), async (c) => {
  const seen = await see(c);
  if (!seen) return showGone(c);
  const [db, agent, clientId] = [c.get('db'), agentIn(c).email, seen.id];
  const act = newAct({ agent, kind: 'print_letter', clientId, reason: null, words: null });
  const letter = await makeLetter(db, act, Date.now());
  // Without one the account was opened, or the client left or was held, since the page that led here.
  return letter ? showLetter(c, letter) : showChanged(c, seen);
});

function showLetter(c: PortalContext, letter: Invited) {
  const body = (
    <>
      <div class="unprinted">
        <Done>{words.oneMade}</Done>
        <PrintButton label={words.print} isMain />
        <OtherWays ways={[{ href: `/guichet/clients/${letter.id}`, label: words.backToClient }]} />
      </div>
      <Letters settings={c.get('settings')} letters={[letter]} />
    </>
  );
  return showPage(c, { title: words.title, isDocument: true, body });
}
