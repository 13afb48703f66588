// How a code on paper is written and read.

import { CODE } from '../../numbers.ts';
import { areSigns, bareSigns, groupSigns } from '../../platform/signs.ts';
import type { CodeKind } from '../../schema.ts';

/** The first sign tells how a code reached its person. */
export const FIRST: Record<CodeKind, string> = { counter: 'G', post: 'P' };
const LENGTH = 1 + CODE.drawn;

/** What was typed as a code, in capitals and without what stands between its signs; undefined when it is none. */
export function readCode(typed: string): string | undefined {
  const code = bareSigns(typed);
  return areSigns(code, LENGTH) ? code : undefined;
}

/** `GK7P42MQXR` → `GK7P4-2MQXR`: easier to copy. */
export function groupCode(code: string): string {
  return groupSigns(code, 5);
}
