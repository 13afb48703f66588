// The client that a line is about, as far as it can be read: the kind, and the key of the reference.

import { LENGTHS } from '../../numbers.ts';
import type { ClientKind } from '../../schema.ts';
import { foldName } from '../names.ts';
import { hasReference, referenceKey } from '../reference.ts';
import {
  bareCell,
  isAmbiguousAmount,
  isNoValue,
  isScientific,
  isSpreadsheetError,
  plainReference,
} from './cells.ts';
import type { Cells } from './columns.ts';

const words = (kind: ClientKind, list: string) =>
  list.split(' ').map((word): [string, ClientKind] => [word, kind]);
const KINDS = new Map([
  ...words('tenant', 'locataire LOCATAIRE LOCATAIRES LOC L TENANT TENANTS'),
  ...words('supplier', 'fournisseur FOURNISSEUR FOURNISSEURS FOUR FOURN FRS F SUPPLIER SUPPLIERS'),
]);
/** The kind that a profile names; null for none. */
export const kindOf = (profile: string): ClientKind | null =>
  KINDS.get(profile) ?? KINDS.get(foldName(profile)) ?? null;

/** The kind and reference of a rejected line: the clients under them are not treated as having left. */
export function whom(line: Cells) {
  const reference = plainReference(bareCell(line.reference ?? ''));
  const isLost =
    isNoValue(reference) ||
    isSpreadsheetError(reference) ||
    isScientific(reference) ||
    isAmbiguousAmount(reference);
  const isKnown = hasReference(reference) && !isLost;
  return {
    kind: kindOf(line.profil ?? ''),
    referenceKey: isKnown ? referenceKey(reference).slice(0, LENGTHS.reference) : null,
  };
}
