// The landlord's client file, read from disk on Node.

import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { type ClientRow, readClientLine } from '../rules/client-file.ts';

/**
 * The rows of a client file.
 * @throws when a line does not fit, naming its number
 */
export async function readClientFile(path: string): Promise<ClientRow[]> {
  const lines: Record<string, string>[] = parse(await readFile(path), {
    bom: true,
    columns: true,
    delimiter: ';',
  });
  return lines.map((line, index) => {
    try {
      return readClientLine(line);
    } catch (error) {
      throw new Error(`${path}, line ${index + 2}: ${(error as Error).message}`);
    }
  });
}
