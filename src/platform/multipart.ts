// A form with a file, as browsers send it (multipart/form-data, RFC 7578): its fields, then the file as it comes in. The
// file is never held. (The libraries for this hold each part whole, or call their streaming interface unstable.)

import { FORM_BODY_BYTES } from '../numbers.ts';
import { joined } from './bytes.ts';

/** The form is broken, or its end is missing: nothing of it may be kept. */
export class BrokenUpload extends Error {}

export type Upload = {
  /** The fields that stand before the file. */
  fields: Map<string, string>;
  /** The form's last part; undefined when there is none, or no file was chosen. */
  file: { name: string; bytes: AsyncGenerator<Uint8Array> } | undefined;
};

/** Of a Content-Type; undefined when it is no such form. */
export function boundaryOf(contentType: string): string | undefined {
  const found = /^multipart\/form-data\s*;\s*boundary=(?:"([^"]{1,70})"|([^\s";,]{1,70}))\s*$/i.exec(
    contentType,
  );
  return found?.[1] ?? found?.[2];
}

/**
 * Reads a form up to where its file begins. The file's bytes come chunk by chunk, and end only where the form ends whole.
 * @param chunks are left open: whoever refuses the file reads them away
 * @param announced the length of the whole, where the sender told it
 * @throws {BrokenUpload} here, or while the file is read
 */
export async function openUpload(
  chunks: AsyncIterator<Uint8Array>,
  boundary: string,
  announced?: number,
): Promise<Upload> {
  // The first line has no line break before it; with one it is like the others.
  const source = { chunks, held: CRLF, read: 0, announced };
  const mark = bytesOf(`\r\n--${boundary}`);
  const fields = new Map<string, string>();
  if ((await upTo(source, mark)).length > 0) throw new BrokenUpload('Something before the first part');
  while (await isPartNext(source)) {
    const { name, filename } = readHead(textOf(await upTo(source, BLANK_LINE)));
    if (name === undefined || fields.has(name)) throw new BrokenUpload('A part without a name of its own');
    if (filename) return { fields, file: { name: filename, bytes: fileBytes(source, mark) } };
    fields.set(name, textOf(await upTo(source, mark)));
    if (fields.size > MOST_FIELDS) throw new BrokenUpload('More fields than a form has');
  }
  await untilEnd(source);
  return { fields, file: undefined };
}

type Source = {
  chunks: AsyncIterator<Uint8Array>;
  held: Uint8Array;
  read: number;
  announced: number | undefined;
};

const MOST_FIELDS = 20;
const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const [CR, CRLF, BLANK_LINE] = [13, bytesOf('\r\n'), bytesOf('\r\n\r\n')];

/** Adds the next chunk to what is held. @returns false at the end of the body, which may be a broken one */
async function more(source: Source): Promise<boolean> {
  const { done, value } = await source.chunks.next().catch(() => {
    throw new BrokenUpload('The connection broke off');
  });
  if (done) return false;
  source.read += value.length;
  source.held = joined(source.held, value);
  return true;
}

/** The few bytes before a mark, which is passed over. */
async function upTo(source: Source, mark: Uint8Array): Promise<Uint8Array> {
  for (;;) {
    const { at, isWhole } = find(source.held, mark);
    if (isWhole) return take(source, at, mark.length);
    if (source.held.length > FORM_BODY_BYTES) throw new BrokenUpload('A field longer than any form');
    if (!(await more(source))) throw new BrokenUpload('The end is missing');
  }
}

/** The bytes before a mark, given on as they come; what may be the beginning of the mark waits for the rest of it. */
async function* fileBytes(source: Source, mark: Uint8Array): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { at, isWhole } = find(source.held, mark);
    const bytes = take(source, at, isWhole ? mark.length : 0);
    if (bytes.length > 0) yield bytes;
    if (isWhole) break;
    if (!(await more(source))) throw new BrokenUpload('The end is missing');
  }
  if (await isPartNext(source)) throw new BrokenUpload('Something behind the file');
  await untilEnd(source);
}

/** Behind a boundary: a line break, and a part; or two dashes, and the end. */
async function isPartNext(source: Source): Promise<boolean> {
  while (source.held.length < 2) if (!(await more(source))) throw new BrokenUpload('The end is missing');
  const sign = textOf(take(source, 2));
  if (sign !== '\r\n' && sign !== '--') throw new BrokenUpload('Neither a part nor the end');
  return sign === '\r\n';
}

/** Nothing but a line break may follow, and all that was announced must have come. */
async function untilEnd(source: Source): Promise<void> {
  while (source.held.length <= CRLF.length) if (!(await more(source))) break;
  if (source.held.length > 0 && textOf(source.held) !== '\r\n')
    throw new BrokenUpload('Something behind the end');
  if ((source.announced ?? source.read) !== source.read)
    throw new BrokenUpload('Another length than announced');
}

/** Takes the first bytes off, and passes over some more. */
function take(source: Source, length: number, skipped = 0): Uint8Array {
  const bytes = source.held.subarray(0, length);
  source.held = source.held.subarray(length + skipped);
  return bytes;
}

/** Where a mark stands, or may begin at the end of the bytes. */
function find(bytes: Uint8Array, mark: Uint8Array): { at: number; isWhole: boolean } {
  for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1)) {
    const length = Math.min(mark.length, bytes.length - at);
    let same = 1;
    while (same < length && bytes[at + same] === mark[same]) same += 1;
    if (same === length) return { at, isWhole: length === mark.length };
  }
  return { at: bytes.length, isWhole: false };
}

/** `Content-Disposition: form-data; name="fichier"; filename="clients.csv"`: browsers write a quote in a name as %22. */
function readHead(head: string): { name?: string; filename?: string } {
  const [, disposition = ''] = /^content-disposition:\s*form-data\s*(;[^\r\n]*)$/im.exec(head) ?? [];
  const told = [...disposition.matchAll(/;\s*(name|filename)="((?:[^"\\]|\\.)*)"/gi)];
  const { name, filename } = Object.fromEntries(
    told.map(([, key = '', value = '']) => [key.toLowerCase(), value.replace(/%22|\\"/g, '"')]),
  );
  return { name, filename };
}
