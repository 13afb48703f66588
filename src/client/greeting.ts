// How a person or a company is greeted: the landlord's file shouts, the portal does not.

import { isBeside, isJoint, isNoGivenName, isParticle, partsOf, unlessNone, words } from './name-words.ts';

/** Particles that stay small inside a name: Maria de Fatima da Silva, Ange van der Berg. */
const SMALL_IN_GIVEN = new Set('de du des da di do dos d et ou'.split(' '));
const SMALL_IN_FAMILY = new Set([...SMALL_IN_GIVEN, ...'von van der den'.split(' ')]);

/** How a person or a company is greeted, from the landlord's file: without civility, by the first family name. */
export function fullName(client: {
  givenName: string | null;
  familyName: string | null;
  companyName: string | null;
}): string {
  if (client.companyName) return typographic(client.companyName);
  const [family, given] = [client.familyName ?? '', client.givenName ?? ''];
  return `${givenNameShown(given)} ${capitalised(firstFamilyName(family), SMALL_IN_FAMILY)}`.trim();
}

/** How the portal greets a person who may be somebody else: by the given name, empty when there is none. */
export function givenNameShown(givenName: string | null): string {
  return isNoGivenName(givenName ?? '') ? '' : capitalised(givenName ?? '', SMALL_IN_GIVEN);
}

/** `M. et Mme DUPONT (NÉE MARTIN)` → `DUPONT`; `FOATA (DE LA)` → `DE LA FOATA`. */
function firstFamilyName(field: string): string {
  const [, name, behind = ''] = /^([^()]+)\(([^()]+)\)\s*$/.exec(field) ?? [];
  if (name && words(behind).every(isParticle))
    return `${behind.trim()} ${name.trim()}`.replace(/(['’]) /, '$1');
  const all = field.replace(AND, ' / ').split(/\s+/).filter(Boolean);
  const named = all.filter((one) => one === CUT || !words(one).every(isBeside));
  const inside = named.slice(named.findIndex((one) => one !== CUT));
  const [first = inside] = partsOf(inside, (one) => one === CUT || words(one).every(isJoint));
  return unlessNone(first, (one) => /\p{L}/u.test(one)).join(' ') || field;
}

/** Words and signs between two people, or around a second name. */
const AND = /[/()]|(?<![\p{L}’'])(?:ET|OU)(?![\p{L}’'])/giu;
const CUT = '/';

/** `PIERRE D'ORNANO` → `Pierre d’Ornano`. Mixed case is left as it is; the last word is never a particle: Mr Du. */
function capitalised(name: string, small: Set<string>): string {
  const plain = typographic(name.trim());
  if (plain !== plain.toUpperCase()) return plain;
  const lower = plain.toLowerCase();
  const last = lower.search(/[\p{L}\p{M}]+[^\p{L}\p{M}]*$/u);
  return lower.replace(/[\p{L}\p{M}]+/gu, (word, at: number) => {
    const isElided = lower[at + 1] === '’';
    const isEnding = word.length === 1 && lower[at - 1] === '’';
    const isSmall = at !== last && small.has(word) && (word !== 'd' || isElided);
    return isSmall || isEnding ? word : word.charAt(0).toUpperCase() + word.slice(1);
  });
}

function typographic(name: string): string {
  return name.replace(/'/g, '’');
}
