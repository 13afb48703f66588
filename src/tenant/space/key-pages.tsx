// The pages of /espace/cles: the list with the form that adds this device, and the form that removes one.

import type { listPasskeys } from '../../account/passkeys.ts';
import { PATHS } from '../../paths.ts';
import { clearFlash, type Happened, readFlash } from '../../web/cookies.ts';
import { Actions, FieldError, Hidden, Star, StarLegend } from '../../web/form.tsx';
import { showPage } from '../../web/layout.tsx';
import { Calm, Done, OtherWays } from '../../web/parts.tsx';
import { hostHere } from '../../web/passkey.tsx';
import { HolderProofFields } from '../../web/passkey-proof.tsx';
import type { PortalContext } from '../../web/portal.ts';
import type { Errors, Refusal } from '../../web/read-form.ts';
import { isShared } from '../../web/shared-device.tsx';
import { WAYS } from '../../web/ways.ts';
import { sayDevice } from '../../words/device.ts';
import { text } from '../../words/pages.ts';
import { passkeyText } from '../../words/passkeys.ts';
import { frenchDateTime } from '../../words/times.ts';

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

/** After a new password by mail: none opens anything until its holder says that they are all known. */
function KeepForm({ c }: { c: PortalContext }) {
  return (
    <>
      <Calm>{words.suspended}</Calm>
      <form method="post" action={PATHS.spaceKeys}>
        <Hidden name="compte" value={c.get('session').identifier} />
        <Hidden name="garder" value="oui" />
        <button type="submit">{words.keep}</button>
      </form>
      <p>{words.doubt}</p>
    </>
  );
}

type AddProps = { c: PortalContext; hasPasskeys: boolean; errors?: Errors; appareil?: string };

async function AddForm({ c, hasPasskeys, errors, appareil }: AddProps) {
  const whose = <Hidden name="compte" value={c.get('session').identifier} />;
  if (await isShared(c)) return <SharedDevice whose={whose} />;
  const { add } = passkeyText;
  return (
    <>
      <p class="no-passkey">{words.cannot}</p>
      <section class="passkey" hidden>
        <h2>{add.title}</h2>
        <form method="post" action={PATHS.spaceKeys} novalidate>
          <StarLegend />
          {whose}
          <fieldset id="appareil" tabindex={-1} aria-describedby={errors?.appareil && 'appareil-error'}>
            <legend>
              {add.who}
              <Star />
            </legend>
            <FieldError name="appareil" sentence={errors?.appareil} />
            <input
              class="pick"
              type="radio"
              id="appareil-moi"
              name="appareil"
              value="moi"
              checked={appareil === 'moi'}
            />
            <label class="choice" for="appareil-moi">
              {add.alone}
            </label>{' '}
            <input class="pick" type="radio" id="appareil-autres" name="appareil" value="autres" />
            <label class="choice" for="appareil-autres">
              {add.others}
            </label>
            <p class="hint">{add.why}</p>
          </fieldset>
          <HolderProofFields errors={errors} hasPasskeys={hasPasskeys} />
          <Actions submit={add.submit} />
        </form>
      </section>
    </>
  );
}

function SharedDevice({ whose }: { whose: unknown }) {
  return (
    <>
      <Calm>{passkeyText.add.shared}</Calm>
      <form method="post" action={PATHS.spaceKeys}>
        {whose}
        <Hidden name="partage" value="non" />
        <button type="submit" class="second">
          {passkeyText.add.notShared}
        </button>
      </form>
    </>
  );
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
