// A form with a file, read as it comes in: however it is cut on its way, and whatever is missing of it.

import { describe, expect, it } from 'vitest';
import { BrokenUpload, boundaryOf, openUpload } from '../src/platform/multipart.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** A body in chunks of a few bytes each. */
async function* inChunks(text: string, size: number): AsyncGenerator<Uint8Array> {
  const whole = bytes(text);
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}

async function read(text: string, size = 1000, announced?: number) {
  const { fields, file } = await openUpload(inChunks(text, size), 'xyz', announced);
  const got: Uint8Array[] = [];
  if (file) for await (const chunk of file.bytes) got.push(chunk);
  const content = await new Blob(got).text();
  return { fields: Object.fromEntries(fields), file: file && { name: file.name, content } };
}

const field = (name: string, value: string) =>
  `--xyz\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const fileOf = (name: string, content: string) =>
  `--xyz\r\nContent-Disposition: form-data; name="fichier"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n${content}\r\n`;
const END = '--xyz--\r\n';
// What a boundary begins with, again and again.
const CONTENT = 'nom;é\r\n-\r\n--\r\n--x\r\n--xy\r\r\n\r\n--xyw;\u0000\r\n';
const WHOLE = field('a', '1') + field('b', '') + fileOf('clients.csv', CONTENT) + END;

describe('a whole form', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 11, 29, 1000])('in chunks of %s bytes', async (size) => {
    expect(await read(WHOLE, size)).toEqual({
      fields: { a: '1', b: '' },
      file: { name: 'clients.csv', content: CONTENT },
    });
  });

  it('with an empty file, and no line break behind its end', async () => {
    expect((await read(fileOf('c.csv', '') + END.trim())).file).toEqual({ name: 'c.csv', content: '' });
  });

  it('with no file chosen, or none at all', async () => {
    expect((await read(fileOf('', '') + END)).file).toBeUndefined();
    expect((await read(field('a', '1') + END)).file).toBeUndefined();
  });

  it.each([
    ['l’été "24" ; name=x.csv', 'l’été %2224%22 ; name=x.csv'],
    ['a"b.csv', 'a\\"b.csv'],
    ['C:\\clients.csv', 'C:\\clients.csv'],
  ])('with a file called %s', async (name, written) => {
    expect((await read(fileOf(written, 'x') + END)).file).toEqual({ name, content: 'x' });
  });

  it('is given on before it is all there', async () => {
    const [start, end] = [WHOLE.slice(0, -30), WHOLE.slice(-30)];
    let isEndAsked = false;
    async function* slowly() {
      yield bytes(start);
      isEndAsked = true;
      yield bytes(end);
    }
    const { file } = await openUpload(slowly(), 'xyz');
    const first = await file?.bytes.next();
    expect([first?.value?.length ?? 0, isEndAsked]).toEqual([expect.any(Number), false]);
    expect(first?.value?.length).toBeGreaterThan(10);
  });

  it('as long as it was announced', async () => {
    const length = bytes(WHOLE).length;
    expect((await read(WHOLE, 7, length)).file?.content).toBe(CONTENT);
    await expect(read(WHOLE, 7, length + 1)).rejects.toThrow(BrokenUpload);
    await expect(read(WHOLE, 7, length - 1)).rejects.toThrow(BrokenUpload);
  });
});

describe('a broken form', () => {
  it('cut anywhere', async () => {
    // Only the last line break may be missing.
    for (let end = 0; end < WHOLE.length - 2; end++)
      await expect(read(WHOLE.slice(0, end)), `cut at ${end}`).rejects.toThrow(BrokenUpload);
  });

  it.each([
    ['something before it', `x\r\n${WHOLE}`],
    ['another boundary', WHOLE.replaceAll('xyz', 'abc')],
    ['a field twice', field('a', '1') + WHOLE],
    ['a part without a name', `--xyz\r\nContent-Disposition: form-data\r\n\r\n1\r\n${END}`],
    ['a part behind the file', fileOf('c.csv', 'x') + field('z', '1') + END],
    ['something behind its end', `${WHOLE}x`],
    ['a boundary that goes on', fileOf('c.csv', 'x').replace(/\r\n$/, '\r\n--xyzz\r\n') + END],
    ['a field as long as a file', field('a', 'x'.repeat(40_000)) + END],
    ['more fields than a form has', Array.from({ length: 30 }, (_, n) => field(`f${n}`, '')).join('') + END],
  ])('with %s', async (_, text) => {
    await expect(read(text)).rejects.toThrow(BrokenUpload);
  });

  it('whose connection breaks off', async () => {
    async function* cut() {
      yield bytes(WHOLE.slice(0, -20));
      throw new Error('Network connection lost.');
    }
    const { file } = await openUpload(cut(), 'xyz');
    await expect(
      (async () => {
        for await (const _ of file?.bytes ?? []);
      })(),
    ).rejects.toThrow(BrokenUpload);
  });
});

it.each([
  ['multipart/form-data; boundary=----WebKitFormBoundaryx1', '----WebKitFormBoundaryx1'],
  ['Multipart/Form-Data; boundary="a b"', 'a b'],
  ['multipart/form-data', undefined],
  ['multipart/form-data; boundary=', undefined],
  ['multipart/mixed; boundary=x', undefined],
  ['application/x-www-form-urlencoded', undefined],
  ['', undefined],
])('the boundary of « %s »', (type, boundary) => {
  expect(boundaryOf(type)).toBe(boundary);
});
