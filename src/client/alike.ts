// Which help requests look alike: one person who tried twice, or somebody who tries to be that person.

import type { HelpRequest } from './help-requests.ts';

/** Whether two of the three are the same: reference, names, birth date (or SIRET). A couple shares only the first. */
export function isAlike(one: HelpRequest, other: HelpRequest): boolean {
  if (one.kind !== other.kind) return false;
  const keys: string[] = JSON.parse(other.referenceKeys);
  const same = [
    (JSON.parse(one.referenceKeys) as string[]).some((key) => keys.includes(key)),
    one.nameKey === other.nameKey,
    one.kind === 'tenant' ? one.birthDate === other.birthDate : one.siret === other.siret,
  ];
  return same.filter(Boolean).length >= 2;
}

/** Rows in their order, but each behind the first that it looks like. */
export function groupAlike<Row extends { request: HelpRequest }>(rows: Row[]): Row[][] {
  const groups: Row[][] = [];
  for (const row of rows) {
    const group = groups.find((members) => members.some(({ request }) => isAlike(request, row.request)));
    if (group) group.push(row);
    else groups.push([row]);
  }
  return groups;
}
