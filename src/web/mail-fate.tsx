// Where a mail is on its way, told to the person who waits for it, and only to them.

import type { MailFate } from '../mail/fate.ts';
import { text } from '../words/pages.ts';
import { moment, type PortalContext } from './portal.ts';

const words = text.mailFates;

/** The mail did not arrive and will not by itself: something must be mended. */
export function isLost({ state }: MailFate): boolean {
  return state === 'refused' || state === 'failed';
}

/** What failed may do so no more: asked for again, the mail can arrive at the same address. */
export function isWorthResending({ state, reason }: MailFate): boolean {
  return state === 'failed' || (state === 'refused' && reason === 'mailbox_full');
}

/** The mail has not left although it was tried. */
export function isDelayed({ state, reason }: MailFate): boolean {
  return state === 'queued' && reason !== null;
}

/** The provider waits before it writes to this address again: its mailbox may be full, or it may be another's. */
export function isSuppressed({ state, reason }: MailFate): boolean {
  return state === 'queued' && reason === 'address_suppressed';
}

/**
 * One line, and the button that asks again. While the line may still change, a script refreshes it quietly.
 * @param page where the line stands: the button opens it anew
 */
export function MailFateLine({ c, fate, page }: { c: PortalContext; fate: MailFate; page: string }) {
  const sentence = sayFate(c, fate);
  if (!sentence) return null;
  const isSettled = isLost(fate) || fate.state === 'delivered';
  return (
    <div class="fate" data-refresh={isSettled ? undefined : page}>
      <p class={isLost(fate) ? 'fate-line lost' : 'fate-line'} role="status">
        {sentence}
      </p>
      {!isSettled && (
        <form method="get" action={page}>
          <button type="submit" class="second">
            {words.ask}
          </button>
        </form>
      )}
    </div>
  );
}

function sayFate(c: PortalContext, fate: MailFate): string | undefined {
  switch (fate.state) {
    case 'queued':
      if (!isDelayed(fate)) return words.queued;
      return (fate.reason && words.delayedFor[fate.reason]) ?? words.delayed;
    case 'sent':
      return words.sent(moment(c, fate.sentAt ?? Date.now()));
    case 'deferred':
      return words.deferred(moment(c, fate.sentAt ?? Date.now()));
    case 'delivered':
      return words.delivered(moment(c, fate.reportedAt));
    case 'refused':
      return (fate.reason && words.refusedFor[fate.reason]) ?? words.refused;
    case 'failed':
      return words.failed;
  }
}
