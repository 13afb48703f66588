// An active account, made as a tenant makes one: sign-up, mail, link, password.

import { identifierIn, lastMail, linkIn } from './mailbox.ts';
import { emails, MARIE, PASSWORD, passwords, Visitor } from './visitor.ts';

// Tenants of the demo file whose names are written plainly; one account each, for ever.
const TENANTS = [
  ['471', 'ORSONI', 'MARIE-DOMINIQUE', '14/07/1956'],
  ['472', 'CASANOVA', 'JEAN-BAPTISTE', '03/11/1948'],
  ['474', "D'ORNANO", 'PIERRE-PAUL', '08/01/1961'],
  ['475', 'MARTIN', 'JEANNE', '21/09/1939'],
  ['477', 'DE LA FOATA', 'ANNE MARIE', '17/06/1944'],
  ['480', 'SUSINI', 'ANGE', '02/02/1933'],
  ['481', 'ŒUVRARD', 'HÉLÈNE', '25/12/1970'],
  ['483', 'DA SILVA', 'MARIA', '13/05/1967'],
  ['484', 'SANTONI', 'TOUSSAINT', '01/11/1955'],
  ['485', 'GIACOMETTI', 'SERAPHINE', '05/03/1931'],
  ['487', "M'BAYE", 'AÏSSATOU', '16/03/1987'],
  ['488', 'PAOLI', 'PASCAL', '06/04/1975'],
  ['489', 'PAOLI', 'PASCALE', '06/04/1975'],
  ['490', 'MATTEI', 'DON JACQUES', '09/09/1951'],
  ['491', 'ROSSI', 'LAETITIA', '22/07/1978'],
  ['492', 'MÜLLER', 'JÜRGEN', '11/11/1946'],
  ['493', 'EL-KHOURY', 'NOUR', '04/12/1993'],
  ['494', 'QUILICHINI', 'SAVERIA', '31/01/1958'],
  ['495', 'POZZO DI BORGO', 'CHARLES-ANDRÉ', '08/03/1964'],
  ['499', 'GARCIA-LOPEZ', 'CARMEN', '07/10/1960'],
  ['501', 'CECCALDI', 'MARIE', '15/08/1936'],
  ['1025', 'SEBASTIANI', 'ÉLODIE', '14/02/1996'],
].values();

/** Another tenant at each call. @throws when this test file has used them all */
export function nextTenant() {
  const [reference, nom, prenom, date_naissance] = TENANTS.next().value ?? [];
  if (!reference || !nom || !prenom || !date_naissance)
    throw new Error('No tenant is left for this test file');
  return { reference, nom, prenom, date_naissance };
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
