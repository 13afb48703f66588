// The files of public/, as pages link them: under a fingerprint of what they hold, so that a new page never meets an old
// style, and a browser keeps each for a year. `public/_redirects` serves them there; `npm run fix` writes both.

const FINGERPRINT = '5ae512dcd5';

/** Where a page finds a file of public/. */
export function publicFile(name: string): string {
  return `/v/${FINGERPRINT}/${name}`;
}
