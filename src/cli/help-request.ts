// A help code at the terminal: what was typed, and whom of the landlord's file it may mean.

import { type Candidate, findCandidates, type Shared } from '../client/candidates.ts';
import { groupHelpCode } from '../client/help-code.ts';
import type { HelpRequest } from '../client/help-requests.ts';
import type { Db } from '../platform/db.ts';
import { text } from '../words/pages.ts';
import { supportText } from '../words/support.ts';
import { frenchMoment } from '../words/times.ts';
import { mask } from './case.ts';

const words = supportText.request;

/** What a request and a row of the file have in common to be told. */
type Facts = Pick<
  HelpRequest,
  'kind' | 'reference' | 'familyName' | 'givenName' | 'companyName' | 'birthDate' | 'siret'
>;

/** The lines for whoever answers the phone. Of the address only the beginning: it is the caller who says it. */
export async function tellRequest(db: Db, request: HelpRequest, timeZone: string): Promise<string[]> {
  const candidates = await findCandidates(db, request);
  const when = frenchMoment(request.createdAt, Date.now(), timeZone);
  const phone = request.phone ? words.phone(request.phone) : '';
  return [
    '',
    `${words.made(groupHelpCode(request.code), when)} ${words.states[request.state]}`,
    `\n${words.typed}`,
    `  ${[sayFacts(request), mask(request.email), phone].filter(Boolean).join(' · ')}`,
    `\n${words.candidates}`,
    ...(candidates.length > 0 ? candidates.map(sayCandidate(request)) : [`  ${words.nobody}`]),
    ...(request.state === 'open' ? [`\n${supportText.next} ${words.next}`] : []),
  ];
}

function sayFacts(facts: Facts): string {
  const { kind, reference, familyName, givenName, companyName, birthDate, siret } = facts;
  return [
    `${text.space.reference[kind]} ${reference}`,
    companyName ?? [familyName, givenName].filter(Boolean).join(' '),
    birthDate && words.born(birthDate.split('-').reverse().join('/')),
    siret && words.siret(siret),
  ]
    .filter(Boolean)
    .join(' · ');
}

const ASKED: Record<HelpRequest['kind'], Shared[]> = {
  tenant: ['reference', 'name', 'given_name', 'birth_date'],
  supplier: ['reference', 'name', 'siret'],
};

function sayCandidate({ kind }: HelpRequest) {
  return ({ client, shared }: Candidate): string => {
    const other = ASKED[kind].filter((part) => !shared.includes(part)).map((part) => words.parts[part]);
    const left = client.leftAt === null ? '' : ` · ${words.left}`;
    return `  ${sayFacts(client)}${left} · ${other.length > 0 ? words.differs(other.join(', ')) : words.same}`;
  };
}
