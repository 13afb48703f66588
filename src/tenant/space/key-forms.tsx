// The forms of /espace/cles: adding this device, and keeping the passkeys after a new password by mail.

import { PATHS } from '../../paths.ts';
import { Actions, FieldError, Hidden, Star, StarLegend } from '../../web/form.tsx';
import { Calm } from '../../web/parts.tsx';
import { HolderProofFields } from '../../web/passkey-proof.tsx';
import type { PortalContext } from '../../web/portal.ts';
import type { Errors } from '../../web/read-form.ts';
import { isShared } from '../../web/shared-device.tsx';
import { passkeyText } from '../../words/passkeys.ts';

const words = passkeyText.list;

/** After a new password by mail: none opens anything until its holder says that they are all known. */
export function KeepForm({ c }: { c: PortalContext }) {
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

/** The form that adds this device; on a device of several people, only its other half. */
export async function AddForm({ c, hasPasskeys, errors, appareil }: AddProps) {
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
