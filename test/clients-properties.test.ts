// Any files, night after night: the table equals the last file, and no account ever changes hands.

import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { importClients } from '../src/client/import/run.ts';
import { openDatabase } from '../src/platform/db.ts';

const HEAD = 'profil;reference;nom;prenom;date_naissance;raison_sociale;siret;email';

type Person = { name: string; proof: string };
type Row = Person & { id: number; reference: string; left: number | null };

// Few values, so that references are reused, namesakes and twins meet, and people come back.
const line = fc.record({
  reference: fc.constantFrom('1', '01', '2'),
  name: fc.constantFrom('PAUL', 'Paul', 'PIERRE', 'ROSE'),
  proof: fc.constantFrom('01/02/1960', '03/04/1970', '00/00/1950'),
  email: fc.constantFrom('', 'a@example.fr'),
  isSupplier: fc.boolean(),
});
type Line = typeof line extends fc.Arbitrary<infer T> ? T : never;
const night = fc.array(line, { minLength: 1, maxLength: 7 });

const siret = (proof: string) => proof.replace(/\D/g, '').padEnd(14, '7');

function csv(lines: Line[]): string {
  const cells = lines.map(({ reference, name, proof, email, isSupplier }) =>
    isSupplier
      ? `fournisseur;${reference};;;;${name};${siret(proof)};${email}`
      : `locataire;${reference};LECCIA;${name};${proof};;;${email}`,
  );
  return `${[HEAD, ...cells].join('\n')}\n`;
}

/** Past the guards: most of these files would run into them. */
async function load(lines: Line[]) {
  const send = (request = {}) =>
    importClients(openDatabase(env.DB), new Blob([csv(lines)]).stream(), request);
  const { fingerprint } = await send({ isTrial: true });
  return send({ confirmed: fingerprint });
}

const SELECT = `SELECT id, kind || reference_key AS reference, coalesce(company_name, given_name) AS name,
  coalesce(siret, birth_date) AS proof, email, left_at AS left FROM clients ORDER BY id`;
const table = async () => (await env.DB.prepare(SELECT).all<Row>()).results;

/** A person of the file, as the table tells one from another. */
function key({ reference, name, proof, isSupplier }: Line): string {
  const date = isSupplier ? siret(proof) : proof.split('/').reverse().join('-');
  return [isSupplier ? 'supplier' : 'tenant', Number(reference), ' ', name.toUpperCase(), ' ', date].join('');
}
const rowKey = ({ reference, name, proof }: Row) => `${reference} ${name.toUpperCase()} ${proof}`;

/** One person: the same name, or the same whole date or SIRET. */
const isAlike = (a: Person, b: Person) =>
  a.name.toUpperCase() === b.name.toUpperCase() || (a.proof === b.proof && !a.proof.endsWith('-00'));

beforeEach(reset);

async function reset() {
  await env.DB.batch(
    ['clients', 'imports', 'staged_lines'].map((name) => env.DB.prepare(`DELETE FROM ${name}`)),
  );
}

it('applied twice, any file leaves the table equal to the file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(night, { maxLength: 2 }), night, async (before, last) => {
      await reset();
      for (const lines of before) await load(lines);
      const once = await load(last);
      const after = await table();
      const twice = await load(last);
      expect(await table()).toEqual(after);
      expect(twice.counts).toMatchObject({ created: 0, changed: 0, back: 0, left: 0 });
      const present = after.filter(({ left }) => left === null).map(rowKey);
      const wanted = new Set(last.map(key));
      // Ambiguous lines are told instead of applied, and hold back who stands under their reference.
      if (once.counts.rejected === 0) expect(new Set(present)).toEqual(wanted);
      expect(new Set(present).size).toBe(present.length);
    }),
    { numRuns: 25 },
  );
});

it('no client row, and so no account, ever passes to another person', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(night, { minLength: 2, maxLength: 4 }), async (nights) => {
      await reset();
      let before: Row[] = [];
      for (const lines of nights) {
        await load(lines);
        const after = await table();
        for (const was of before) {
          const is = after.find(({ id }) => id === was.id);
          expect(is && is.reference === was.reference && isAlike(was, is)).toBe(true);
          // Who left comes back as who it was.
          if (is && was.left !== null) expect(rowKey(is)).toBe(rowKey(was));
        }
        before = after;
      }
    }),
    { numRuns: 25 },
  );
});
