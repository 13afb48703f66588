// A letter that invites to sign up: one A4 in large print, whose top shows the name in a window envelope.

import type { Invited } from '../account/invited.ts';
import { fullName } from '../client/names.ts';
import type { Settings } from '../env.ts';
import { PATHS } from '../paths.ts';
import { PhoneLink } from '../web/parts.tsx';
import { invitationText } from '../words/invitation.ts';
import { type Mask, maskFor, QrCode } from './qr.tsx';
import { SheetSteps } from './sheet-steps.tsx';

const words = invitationText.letter;
const DRAWINGS = ['letter.svg', 'mail.svg', 'password.svg'];

/** Letters, one on each sheet; the screen shows the first. */
export function Letters({ settings, letters }: { settings: Settings; letters: Invited[] }) {
  const mask = maskFor(addressFor(settings, letters[0]?.reference ?? ''));
  return (
    <div class="letters">
      {letters.map((one) => (
        <Letter settings={settings} one={one} mask={mask} />
      ))}
    </div>
  );
}

/** What the square leads to: the form, with the reference in it. */
function addressFor({ PORTAL_ORIGIN }: Settings, reference: string): string {
  return `${PORTAL_ORIGIN}${PATHS.signUp}?reference=${encodeURIComponent(reference)}`;
}

type LetterProps = { settings: Settings; one: Invited; mask: Mask };

function Letter({ settings, one, mask }: LetterProps) {
  return (
    <article class="sheet letter">
      <p class="sheet-from">{settings.ORGANISATION_NAME}</p>
      <p class="letter-to">
        <strong>{fullName(one)}</strong>
        {one.sector && <br />}
        {one.sector}
      </p>
      <h2>{words.title}</h2>
      <p class="letter-words">{settings.LETTER_WORDS || words.words}</p>
      <Where settings={settings} reference={one.reference} mask={mask} />
      <SheetSteps steps={words.steps.map((step, nth) => [step, DRAWINGS[nth] ?? ''])} height={131} />
      <p class="sheet-phone">
        {words.phone} <PhoneLink settings={settings} />
      </p>
      <p>{words.free}</p>
    </article>
  );
}

/** The reference and the address in letters, and the square that has both. */
function Where({ settings, reference, mask }: { settings: Settings; reference: string; mask: Mask }) {
  const host = settings.PORTAL_ORIGIN.replace(/^https?:\/\//, '');
  return (
    <div class="sheet-where">
      <dl class="letter-keys">
        <div>
          <dt>{words.address}</dt>{' '}
          <dd class="sheet-address">
            {host}
            <wbr />
            {PATHS.signUp}
          </dd>
        </div>
        <div>
          <dt>{words.reference}</dt> <dd class="letter-reference">{reference}</dd>
        </div>
      </dl>
      <div class="letter-qr">
        <QrCode
          address={addressFor(settings, reference)}
          name={words.qrName(host + PATHS.signUp)}
          mask={mask}
        />
        <p>{words.qr}</p>
      </div>
    </div>
  );
}
