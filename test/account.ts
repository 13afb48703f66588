// An active account, made as a tenant makes one: sign-up, mail, link, password.

import { lastMail, linkIn } from './mailbox.ts';
import { emails, MARIE, PASSWORD, passwords, Visitor } from './visitor.ts';

export type Holder = { visitor: Visitor; identifier: string; email: string };

/** Walks the road up to the information page. */
export async function createAccount(client: Partial<typeof MARIE> = {}): Promise<Holder> {
  const email = `${client.reference ?? MARIE.reference}@holder.example.fr`;
  const visitor = new Visitor();
  await visitor.post('/inscription', { ...MARIE, ...client, ...emails(email) });
  await visitor.post(linkIn(lastMail(email)), passwords(PASSWORD));
  const identifier = /NHCAPA[LF]\d{6}/.exec(lastMail(email).text)?.[0];
  if (!identifier) throw new Error('No identifier in the second mail');
  return { visitor, identifier, email };
}
