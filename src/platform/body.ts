// The body of a request that is too large to be held: read chunk by chunk, and to its end even when nobody wants it.

/** The bytes as they come in; a reader that stops half-way leaves the rest to `readAway`. */
export async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* body.values({ preventCancel: true });
}

/**
 * Reads the rest of what was refused: a sender that is cut off while it sends never reads the answer.
 * @param most bytes; of more the sender must have known
 */
export async function readAway(chunks: AsyncIterable<Uint8Array>, most: number): Promise<void> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > most) return;
  }
}

/** The length that its sender announced, of a body as it is: what is packed on its way is shorter than announced. */
export function announcedBytes(headers: Headers): number | undefined {
  const length = headers.get('content-length');
  return length && !headers.get('content-encoding') ? Number(length) : undefined;
}
