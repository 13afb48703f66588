// The pages of /espace/cles: the list with the form that adds this device, and the form that removes one.

import type { listPasskeys } from '../../account/passkeys.ts';
import { PATHS } from '../../paths.ts';
import { clearFlash, type Happened, readFlash } from '../../web/cookies.ts';
import { Actions, Hidden, StarLegend } from '../../web/form.tsx';
import { showPage } from '../../web/layout.tsx';
import { Done, OtherWays } from '../../web/parts.tsx';
import { hostHere } from '../../web/passkey.tsx';
import { HolderProofFields } from '../../web/passkey-proof.tsx';
import type { PortalContext } from '../../web/portal.ts';
import type { Refusal } from '../../web/read-form.ts';
import { WAYS } from '../../web/ways.ts';
import { sayDevice } from '../../words/device.ts';
import { text } from '../../words/pages.ts';
import { passkeyText } from '../../words/passkeys.ts';
import { frenchDateTime } from '../../words/times.ts';
import { AddForm, KeepForm } from './key-forms.tsx';

export type Passkey = Awaited<ReturnType<typeof listPasskeys>>[number];

type ListProps = {
  list: Passkey[];
  /** What the browser may still offer, as JSON for the script. */
  known: string;
  refusal?: Refusal;
  /** Who was said to use this device, in a form that comes back. */
  appareil?: string;
};

const words = passkeyText.list;

const DONE: Partial<Record<Happened, string>> = { key_added: words.wasAdded, key_removed: words.wasRemoved };

export async function showPasskeys(c: PortalContext, { list, known, refusal, appareil }: ListProps) {
  const flash = await readFlash(c);
  const done = flash && DONE[flash.happened];
  if (done) clearFlash(c);
  const isSuspended = list.some((passkey) => passkey.isSuspended);
  const body = (
    <>
      {done && <Done>{done}</Done>}
      {isSuspended && <KeepForm c={c} />}
      {!isSuspended && (
        <>
          <p class="lead">{words.intro}</p>
          <p>{words.atWill}</p>
        </>
      )}
      <div data-known={known}>{list.length > 0 && <Devices c={c} list={list} />}</div>
      {!isSuspended && (
        <AddForm c={c} hasPasskeys={list.length > 0} errors={refusal?.errors} appareil={appareil} />
      )}
      <OtherWays ways={[{ href: PATHS.spaceSessions, label: text.space.sessions }, WAYS.backToSpace]} />
    </>
  );
  return showPage(c, { title: words.title, isDocument: true, refusal, body });
}

function Devices({ c, list }: { c: PortalContext; list: Passkey[] }) {
  const at = momentOf(c);
  return (
    <>
      <h2>{words.devices}</h2>
      <ul class="cards">
        {list.map(({ id, device, host, createdAt, lastUsedAt }) => (
          <li>
            <strong>{sayDevice(device)}</strong>
            <span>{words.added(at(createdAt))}</span>
            <span>{sayUse(host === hostHere(c), lastUsedAt && at(lastUsedAt))}</span>
            <a class="button second" href={`${PATHS.spaceKeys}?retirer=${id}`}>
              {words.remove}{' '}
              <span class="offscreen">{`${sayDevice(device)}, ${words.added(at(createdAt))}`}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function sayUse(isOfThisHost: boolean, usedAt: string | null | 0): string {
  if (!isOfThisHost) return words.oldHost;
  return usedAt ? words.used(usedAt) : words.neverUsed;
}

export function showRemoval(c: PortalContext, { id, device, createdAt }: Passkey, refusal?: Refusal) {
  const { removal } = passkeyText;
  const body = (
    <>
      <p class="lead">{removal.which(sayDevice(device), momentOf(c)(createdAt))}</p>
      <p>{removal.after}</p>
      <form method="post" action={PATHS.spaceKeys} novalidate>
        <StarLegend />
        <Hidden name="compte" value={c.get('session').identifier} />
        <Hidden name="retirer" value={id} />
        <HolderProofFields errors={refusal?.errors} hasPasskeys />
        <Actions isFinal submit={removal.submit} back={{ href: PATHS.spaceKeys, label: removal.back }} />
      </form>
    </>
  );
  return showPage(c, { title: removal.title, refusal, body });
}

function momentOf(c: PortalContext) {
  return (time: number) => frenchDateTime(time, c.get('settings').TIME_ZONE);
}
