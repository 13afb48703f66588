// The sheet with a code: one A4 in large print, for who sees badly and has never opened the portal.

import { groupCode } from '../account/code/signs.ts';
import { PATHS } from '../paths.ts';
import { showPage } from '../web/layout.tsx';
import { Calm, PhoneLink, PrintButton } from '../web/parts.tsx';
import type { PortalContext } from '../web/portal.ts';
import { deskHelpText } from '../words/desk-help.ts';
import { frenchDay } from '../words/times.ts';
import { QrCode } from './qr.tsx';
import { nameOf, type Seen } from './seen.tsx';
import { SheetSteps } from './sheet-steps.tsx';

const words = deskHelpText.sheet;
const DRAWINGS = ['code.svg', 'password.svg', 'identifier.svg'];

/** Shows the sheet of a code that was just made; a reload makes no other (see `give-code.tsx`). */
export function showSheet(c: PortalContext, seen: Seen, minted: { code: string; expiresAt: number }) {
  const { giveCode } = deskHelpText;
  const body = (
    <>
      <Calm>{giveCode.shown}</Calm>
      <PrintButton label={giveCode.print} />
      <Sheet c={c} seen={seen} {...minted} />
      <p class="actions">
        <a class="button second" href={`/guichet/clients/${seen.id}`}>
          {giveCode.back}
        </a>
      </p>
    </>
  );
  return showPage(c, { title: giveCode.sheetTitle, isDocument: true, body });
}

type SheetProps = { c: PortalContext; seen: Seen; code: string; expiresAt: number };

function Sheet({ c, seen, code, expiresAt }: SheetProps) {
  const settings = c.get('settings');
  return (
    <article class="sheet">
      <p class="sheet-from">{settings.ORGANISATION_NAME}</p>
      <h2>{words.title}</h2>
      <p>{words.for(nameOf(seen))}</p>
      <Where address={`${settings.PORTAL_ORIGIN}${PATHS.code}`} />
      <dl class="sheet-keys">
        <div>
          <dt>{words.reference}</dt> <dd>{seen.one.reference}</dd>
        </div>
        <div>
          <dt>{words.code}</dt> <dd>{groupCode(code)}</dd>
        </div>
      </dl>
      <p>{words.until(dayOf(expiresAt, settings.TIME_ZONE))}</p>
      <SheetSteps steps={words.steps.map((step, nth) => [step, DRAWINGS[nth] ?? ''])} height={115} />
      <p>
        <strong>{words.keep}</strong>
      </p>
      <p class="sheet-phone">
        {words.phone} <PhoneLink settings={settings} />
      </p>
    </article>
  );
}

/** The address in letters, and the square that phones read. */
function Where({ address }: { address: string }) {
  const shown = address.replace(/^https?:\/\//, '');
  return (
    <div class="sheet-where">
      <div>
        <p>{words.address}</p>
        <p class="sheet-address">{shown}</p>
        <p>{words.qr}</p>
      </div>
      <QrCode address={address} name={words.qrName(shown)} />
    </div>
  );
}

/** The day on which a time (ms) falls: before it begins, the code is surely good. */
function dayOf(time: number, timeZone: string): string {
  return frenchDay(new Date(time).toLocaleDateString('sv-SE', { timeZone }));
}
