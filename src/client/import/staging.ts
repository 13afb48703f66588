// The lines of a file, written to D1 part by part beside the clients they may mean.

import { sql } from 'drizzle-orm';
import { CLIENT_FILE } from '../../numbers.ts';
import { batch, type Db, statement } from '../../platform/db.ts';
import { hashSecret } from '../../platform/secrets.ts';
import { FileError } from './fault.ts';
import { ImportBusy, isRunning, renewal } from './lease.ts';
import { identical } from './pairing.ts';
import type { Reading } from './reading.ts';
import { type FileLine, readClientFile } from './text.ts';

/**
 * Stages every line; one part is written while the next is read.
 * @returns a digest of the lines' content, chained over the parts
 * @throws {FileError} also when the file is not as long as announced
 */
export async function stageFile(
  db: Db,
  id: number,
  bytes: AsyncIterable<Uint8Array>,
  reading: Reading,
  announced: { bytes?: number; lines?: number },
): Promise<string> {
  const read = { bytes: 0, lines: 0, last: 1 };
  let digest = '';
  let written: Promise<unknown> = Promise.resolve();
  for await (const part of parts(readClientFile(counted(bytes, read), reading), read)) {
    digest = await hashSecret(digest + part);
    await written;
    written = stagePart(db, id, part);
    // Awaited above; if the file breaks off first, the file's own fault is reported.
    written.catch(() => {});
  }
  await written;
  if ((announced.bytes ?? read.bytes) !== read.bytes) throw new FileError('cut', read.last);
  if ((announced.lines ?? read.lines) !== read.lines) throw new FileError('line_count', read.last);
  return digest;
}

/** The lines as JSON arrays of bounded length; counts in `read` the bytes and lines that went by. */
async function* parts(
  file: AsyncIterable<FileLine[]>,
  read: { lines: number; last: number },
): AsyncGenerator<string> {
  let lines: string[] = [];
  let length = 0;
  for await (const found of file) {
    read.lines += found.length;
    read.last = found.at(-1)?.line ?? read.last;
    for (const line of found) {
      const staged = JSON.stringify(stagedLine(line));
      length += lines.push(staged) && staged.length;
      if (length < CLIENT_FILE.partLength) continue;
      yield `[${lines.join(',')}]`;
      [lines, length] = [[], 0];
    }
  }
  if (lines.length > 0) yield `[${lines.join(',')}]`;
}

async function* counted(bytes: AsyncIterable<Uint8Array>, read: { bytes: number }) {
  for await (const chunk of bytes) {
    read.bytes += chunk.length;
    yield chunk;
  }
}

/** The cells in the order of `stagePart`. */
function stagedLine({ line, cells, read }: FileLine): (string | number | null)[] {
  if (!read.ok) {
    const what = read.problems.map(({ column, reason }) => `${column}:${reason}`);
    const detail = JSON.stringify({
      cells: cells.map((cell) => cell.slice(0, 200)),
      problems: read.problems,
      fault: [read.kind, read.referenceKey, ...what].join(' '),
    });
    return [line, read.kind, null, read.referenceKey, null, null, null, null, null, detail];
  }
  const { kind, reference, referenceKey, nameKey, givenName, email, sector } = read.row;
  const [name, proof] = [read.row.familyName ?? read.row.companyName, read.row.birthDate ?? read.row.siret];
  return [line, kind, reference, referenceKey, nameKey, name, givenName, proof, email, null, sector];
}

/**
 * One JSON parameter per part, whatever its lines. A line meets its identical client as it is written, so that an
 * unchanged night writes each line once. The same batch renews the lease.
 */
async function stagePart(db: Db, id: number, part: string): Promise<void> {
  const { held } = await batch(db, {
    held: renewal(db, id),
    staged: statement(
      db,
      sql`
      -- The lines of this part, if the lease is still held; taken apart once.
      WITH s AS MATERIALIZED (SELECT value->>0 AS line, value->>1 AS kind, value->>2 AS reference,
          value->>3 AS reference_key, value->>4 AS name_key, value->>5 AS name, value->>6 AS given_name,
          value->>7 AS proof, value->>8 AS email, value->>9 AS detail, value->>10 AS sector
        FROM json_each(${part}) WHERE ${isRunning(id)})
      -- Each is written with the client that is identical to it, if any, and what becomes of the two.
      INSERT INTO staged_lines (import_id, line, kind, reference, reference_key, name_key, name, given_name, proof,
        email, detail, sector, client_id, verdict)
      SELECT ${id}, s.line, s.kind, s.reference, s.reference_key, s.name_key, s.name, s.given_name, s.proof, s.email,
        s.detail, s.sector, c.id, ${identical.verdict}
      FROM s LEFT JOIN clients AS c ON ${identical.client}`,
    ),
  });
  if (held.length === 0) throw new ImportBusy();
}
