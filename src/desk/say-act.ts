// An act in words: what was done, why, and what the agent added.

import type { ActRow } from '../staff/acts.ts';
import { deskText } from '../words/desk.ts';
import { deskHelpText } from '../words/desk-help.ts';
import { seenText } from './typed-text.ts';

/** « a levé la pause » with its reason behind it. */
export function sayAct(act: Pick<ActRow, 'act' | 'reason' | 'words'>): string {
  return [deskText.actNames[act.act], sayReason(act)].filter(Boolean).join('\u00a0: ');
}

const REASONS = { ...deskText.reasons, ...deskHelpText.proofs };

/** Why, in the words of the list and the agent's own; empty when nobody was asked. */
export function sayReason({ reason, words }: Pick<ActRow, 'reason' | 'words'>): string {
  return [reason && REASONS[reason], words && seenText(words)].filter(Boolean).join(', ');
}
