// Where a sign-in may lead.

/** Whether a page of this portal may follow the sign-in: a local path, never another site. */
export function isLocalPath(path: string, origin: string): boolean {
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return false;
  return URL.parse(path, origin)?.origin === origin;
}
