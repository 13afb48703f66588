// The bytes of a client file as text, in parts that end where a line ends; refused whole when they are no text.

import { CLIENT_FILE } from '../../numbers.ts';
import { joined } from '../../platform/bytes.ts';
import { decodeBytes, encodingOf, type SingleByte } from './encodings.ts';
import { FileError } from './fault.ts';

/** How the bytes were read. */
export type BytesRead = { encoding: SingleByte | 'utf-8' | 'utf-16'; endsOpen: boolean };

type Bytes = AsyncIterable<Uint8Array>;

const [CR, LF, CTRL_Z] = [13, 10, 26];

/** So many bytes show a file's kind: its marks, the NULs of UTF-16, and where its lines end, as a rule. */
const HEAD_BYTES = 1024;

/**
 * Decodes a file part by part; nothing but the part is held in memory, but for the first letters that are not ASCII.
 * @param read is filled in as the file is read
 * @throws {FileError} when it is no text, or in an encoding that cannot be recognised for sure
 */
export async function* readText(bytes: Bytes, read: BytesRead): AsyncGenerator<string> {
  const chunks = withHead(bytes);
  yield* decoded(wholeLines(withLineFeeds(asUtf8(chunks, read)), read), read);
}

/** The first chunk holds enough to recognise the file, however it is cut on its way. */
async function* withHead(bytes: Bytes): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array();
  for await (const chunk of bytes) {
    if (!head) yield chunk;
    else head = joined(head, chunk);
    if (!head || head.length < HEAD_BYTES) continue;
    yield head;
    head = undefined;
  }
  if (head) yield head;
}

/** ZIP and XLSX, XLS, gzip, PDF. */
const MAGIC = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x1f, 0x8b],
  [0x25, 0x50, 0x44, 0x46],
];

/** UTF-16, with its mark or by its NULs, becomes UTF-8: all that follows cuts at bytes. */
async function* asUtf8(chunks: Bytes, read: BytesRead): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | undefined;
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst && MAGIC.some((magic) => magic.every((byte, at) => chunk[at] === byte)))
      throw new FileError('not_text', 1);
    if (isFirst) decoder = utf16Decoder(chunk);
    isFirst = false;
    if (!decoder) {
      yield chunk;
      continue;
    }
    read.encoding = 'utf-16';
    yield new TextEncoder().encode(decoder.decode(chunk, { stream: true }));
  }
}

function utf16Decoder(head: Uint8Array): TextDecoder | undefined {
  const [one, other] = head;
  const nuls = [0, 1].map((odd) => head.filter((byte, at) => byte === 0 && at % 2 === odd).length);
  const [even = 0, odd = 0] = nuls.map((count) => count / (head.length / 2));
  if ((one === 0xff && other === 0xfe) || (odd > 0.5 && even < 0.1)) return new TextDecoder('utf-16le');
  if ((one === 0xfe && other === 0xff) || (even > 0.5 && odd < 0.1)) return new TextDecoder('utf-16be');
  return undefined;
}

/** The lines of an old Mac end with CR alone, every one of them. */
async function* withLineFeeds(chunks: Bytes): AsyncGenerator<Uint8Array> {
  let isOldMac: boolean | undefined;
  for await (const chunk of chunks) {
    const at = chunk.indexOf(CR);
    // The first line end shows it; a CR as the last byte may be half of one.
    if (isOldMac === undefined && (at !== -1 || chunk.includes(LF)))
      isOldMac = at !== -1 && !chunk.includes(LF) && at < chunk.length - 1;
    yield isOldMac ? chunk.map((byte) => (byte === CR ? LF : byte)) : chunk;
  }
}

/** The bytes in parts that end where a line ends: an accent or a cell is never cut in two. */
async function* wholeLines(chunks: Bytes, read: BytesRead): AsyncGenerator<Part> {
  let left: Uint8Array = new Uint8Array();
  let total = 0;
  let line = 1;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > CLIENT_FILE.bytes) throw new FileError('too_large', line);
    const end = chunk.lastIndexOf(LF) + 1;
    if (
      left.length + (end > 0 ? chunk.indexOf(LF) : chunk.length) > CLIENT_FILE.lineBytes &&
      !isPadding(chunk)
    )
      throw new FileError('line_too_long', line);
    if (end === 0) {
      left = withoutPadding(joined(left, chunk));
      continue;
    }
    const bytes = joined(left, chunk.subarray(0, end));
    left = withoutPadding(chunk.slice(end));
    yield { bytes, line };
    for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) line += 1;
  }
  read.endsOpen = left.length > 0;
  if (left.length > 0) yield { bytes: left, line };
}

type Part = { bytes: Uint8Array; line: number };

/** The bytes that copying programs fill a file up with, and the sign with which DOS ended one. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && isPad(bytes[end - 1])) end -= 1;
  return bytes.subarray(0, end);
}

const isPad = (byte: number | undefined) => byte === 0 || byte === CTRL_Z;
const isPadding = (bytes: Uint8Array) => isPad(bytes[0]) && bytes.every(isPad);

/** So many signs are enough to recognise an encoding, and so many bytes are held at most to find them. */
const ENOUGH = { signs: 200, bytes: 1024 * 1024 };

/**
 * UTF-8 until a part proves the file something else: then parts are held until their letters show the encoding. Once an accent was
 * read as UTF-8 the file stays so; in the other direction the wrong letters (`Ã©`) show in the lines, and those are rejected.
 */
async function* decoded(parts: AsyncIterable<Part>, read: BytesRead): AsyncGenerator<string> {
  const readUtf8 = utf8Reader();
  let encoding: SingleByte | undefined;
  let held: Uint8Array = new Uint8Array();
  let heldFrom = 1;
  for await (const part of parts) {
    const text = held.length > 0 || encoding ? undefined : readUtf8(part);
    if (text !== undefined) yield text;
    else if (encoding) yield decodeBytes(part.bytes, encoding);
    else {
      if (held.length === 0) heldFrom = part.line;
      held = joined(held, part.bytes);
      if (!isEnough(held)) continue;
      read.encoding = encoding = told(held, heldFrom);
      yield decodeBytes(held, encoding);
      held = new Uint8Array();
    }
  }
  if (held.length === 0) return;
  read.encoding = told(held, heldFrom);
  yield decodeBytes(held, read.encoding);
}

/** The text of a part, undefined when it is no UTF-8. */
function utf8Reader(): (part: Part) => string | undefined {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  let isSure = false;
  return ({ bytes, line }) => {
    try {
      const text = utf8.decode(bytes);
      isSure ||= text.length !== bytes.length;
      return text;
    } catch {
      if (isSure || bytes[0] === 0xef) throw new FileError('mixed_encodings', line + firstFaulty(bytes));
      return undefined;
    }
  };
}

function told(bytes: Uint8Array, line: number): SingleByte {
  const encoding = encodingOf(bytes);
  if (!encoding) throw new FileError('unsure_encoding', line + firstFaulty(bytes));
  return encoding;
}

function isEnough(bytes: Uint8Array): boolean {
  let signs = 0;
  for (const byte of bytes) if (byte > 127) signs += 1;
  return signs >= ENOUGH.signs || bytes.length >= ENOUGH.bytes;
}

/** How many lines stand before the first one that is no UTF-8. */
function firstFaulty(bytes: Uint8Array): number {
  const lines = new TextDecoder().decode(bytes).split('\n');
  return lines.findIndex((line) => line.includes('\u{FFFD}'));
}
