// /espace/cles: the devices that open the account by the way they are unlocked: the list, one more, one less.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { holderHandle, keepPasskeys, listPasskeys, removePasskey } from '../../account/passkeys.ts';
import { PASSKEYS } from '../../numbers.ts';
import { PATHS } from '../../paths.ts';
import { setFlash } from '../../web/cookies.ts';
import { askForPasskey, giveChallenge, hostHere } from '../../web/passkey.tsx';
import { holderProof } from '../../web/passkey-proof.tsx';
import { type Portal, type PortalContext, requestDevice } from '../../web/portal.ts';
import { form, type Refusal } from '../../web/read-form.ts';
import { isShared, setShared } from '../../web/shared-device.tsx';
import { passkeyText } from '../../words/passkeys.ts';
import { type Passkey, showPasskeys, showRemoval } from './key-pages.tsx';

const optional = z._default(z.string(), '');

/** One form for each button: `garder` the list, `retirer` one, `partage` takes back what was said, else one is added. */
const schema = z.object({
  garder: optional,
  retirer: optional,
  partage: optional,
  appareil: optional,
  mot_de_passe_actuel: optional,
  cle: optional,
});

type Posted = z.infer<typeof schema>;

export const spaceKeys = new Hono<Portal>();

spaceKeys.get('/', async (c) => {
  const list = await listPasskeys(c.get('db'), c.get('session').accountId);
  const chosen = list.find(({ id }) => id === c.req.query('retirer'));
  return chosen ? showRemoval(c, chosen) : showList(c, { list });
});

spaceKeys.post(
  '/',
  form(schema, (c, _, refusal) => showList(c, { refusal })),
  async (c) => {
    const posted = c.req.valid('form');
    if (posted.garder) return keep(c);
    if (posted.retirer) return remove(c, posted);
    if (posted.partage) {
      await setShared(c, false);
      return c.redirect(PATHS.spaceKeys, 303);
    }
    return begin(c, posted);
  },
);

/** What a passkey of this account must sign to prove again who is signed in. */
spaceKeys.post('/defi', async (c) => {
  const { accountId, id: sessionId } = c.get('session');
  const list = await listPasskeys(c.get('db'), accountId);
  const challenge = await giveChallenge(c, { purpose: 'prove', sessionId });
  return c.json(
    askForPasskey(
      c,
      challenge,
      list.map(({ id }) => id),
    ),
  );
});

async function keep(c: PortalContext) {
  const { accountId, id } = c.get('session');
  await keepPasskeys(c.get('db'), accountId, id);
  return c.redirect(PATHS.space, 303);
}

async function remove(c: PortalContext, posted: Posted) {
  const { accountId, id: sessionId, identifier } = c.get('session');
  const list = await listPasskeys(c.get('db'), accountId);
  const chosen = list.find(({ id }) => id === posted.retirer);
  // Removed already, by another tap: what was asked for holds.
  if (!chosen) return c.redirect(PATHS.spaceKeys, 303);
  const proved = await holderProof(c, posted);
  if (!proved.ok) return showRemoval(c, chosen, { errors: proved.errors });
  const removal = { accountId, sessionId, id: chosen.id, device: requestDevice(c), now: Date.now() };
  const isRemoved = await removePasskey(c.get('db'), { ...removal, proof: proved.proof });
  if (!isRemoved) return showRemoval(c, chosen, { errors: NOT_CONFIRMED });
  await setFlash(c, 'key_removed', identifier);
  return c.redirect(PATHS.spaceKeys, 303);
}

const NOT_CONFIRMED = { mot_de_passe_actuel: passkeyText.add.notConfirmed };

/** Once it is proved who asks, the next page makes the passkey; its challenge is the proof that this one was passed. */
async function begin(c: PortalContext, posted: Posted) {
  const { appareil } = posted;
  if (appareil !== 'moi' && appareil !== 'autres')
    return showList(c, { refusal: { errors: { appareil: passkeyText.add.whoEmpty } } });
  if (appareil === 'autres' || (await isShared(c))) {
    await setShared(c, true);
    return c.redirect(PATHS.spaceKeys, 303);
  }
  const { accountId, id: sessionId } = c.get('session');
  const list = await listPasskeys(c.get('db'), accountId);
  if (list.length >= PASSKEYS.most)
    return showList(c, { list, refusal: { message: passkeyText.add.tooMany } });
  const proved = await holderProof(c, posted, 'spent');
  if (!proved.ok) return showList(c, { list, refusal: { errors: proved.errors }, appareil });
  await giveChallenge(c, { purpose: 'make', sessionId });
  return c.redirect(PATHS.spaceNewKey, 303);
}

type Around = { list?: Passkey[]; refusal?: Refusal; appareil?: string };

/** The page of the list, which is read when nobody has read it yet. */
async function showList(c: PortalContext, { list: read, refusal, appareil }: Around) {
  const { accountId } = c.get('session');
  const list = read ?? (await listPasskeys(c.get('db'), accountId));
  const here = list.filter(({ host }) => host === hostHere(c)).map(({ id }) => id);
  const known = { rpId: hostHere(c), userId: await holderHandle(accountId), allAcceptedCredentialIds: here };
  return showPasskeys(c, { list, known: JSON.stringify(known), refusal, appareil });
}
