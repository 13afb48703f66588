// An active account, made as a tenant makes one: sign-up, mail, link, password.

import { addClient } from './client-row.ts';
import { identifierIn, lastMail, linkIn } from './mailbox.ts';
import { emails, MARIE, PASSWORD, passwords, Visitor } from './visitor.ts';

let tenants = 0;

/** Another tenant at each call, new in the client file: a line of one's own, with a name nobody else has. */
export async function newTenant() {
  const nth = ++tenants;
  // A name of letters only, as names are.
  const nom = `VESCOVATO${[...String(nth)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('')}`;
  const tenant = { reference: String(70_000 + 10 * nth), nom, prenom: 'LUCIE', date_naissance: '12/05/1951' };
  await addClient({ profil: 'locataire', ...tenant });
  return tenant;
}

export type Holder = { visitor: Visitor; identifier: string; email: string };

/** Walks the road up to the information page. */
export async function createAccount(client: Partial<typeof MARIE> = {}): Promise<Holder> {
  const email = `${client.reference ?? MARIE.reference}@holder.example.fr`;
  const visitor = new Visitor();
  await visitor.post('/inscription', { ...MARIE, ...client, ...emails(email) });
  await visitor.post(linkIn(lastMail(email)), passwords(PASSWORD));
  const identifier = identifierIn(lastMail(email));
  if (!identifier) throw new Error('No identifier in the second mail');
  return { visitor, identifier, email };
}
