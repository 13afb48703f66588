// An act in words: what was done, why, and what the agent added.

import type { ImportState } from '../schema.ts';
import type { ActRow } from '../staff/acts.ts';
import { deskText } from '../words/desk.ts';
import { deskFileText } from '../words/desk-file.ts';
import { deskHelpText } from '../words/desk-help.ts';
import { seenText } from './typed-text.ts';

/** « a levé la pause » with its reason behind it. */
export function sayAct(act: Pick<ActRow, 'act' | 'reason' | 'words'>): string {
  return [deskText.actNames[act.act], sayReason(act)].filter(Boolean).join('\u00a0: ');
}

const REASONS = { ...deskText.reasons, ...deskHelpText.proofs };

/** Why, in the words of the list and the agent's own; empty when nobody was asked. */
export function sayReason(act: Pick<ActRow, 'act' | 'reason' | 'words'>): string {
  return [act.reason && REASONS[act.reason], seenText(sayWords(act))].filter(Boolean).join(', ');
}

/** What the agent added; of a file that was sent, what became of it (`applied 12`). */
export function sayWords({ act, words }: Pick<ActRow, 'act' | 'words'>): string {
  const [, state, number] = (act === 'send_file' && /^(\w+) (\d+)$/.exec(words ?? '')) || [];
  if (!state || !number) return words ?? '';
  return deskFileText.sentNumber(deskFileText.sent[state as ImportState], number);
}
