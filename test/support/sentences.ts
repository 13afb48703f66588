// Every sentence of the portal, by where it stands.

/** Every sentence of a text file, functions called with examples. */
export function sentences(node: unknown, path = 'text'): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node === 'function') return sentences(node(example(path)), path);
  return Object.entries(node ?? {}).flatMap(([key, value]) => sentences(value, `${path}.${key}`));
}

function example(path: string): unknown {
  if (path.startsWith('legal.')) return { organisation: 'exemple', graceDays: 90, isProvisional: true };
  if (path.endsWith('passwordMisses')) return ['upper', 'digit'];
  return /toMend|wrongFew|tooLong|TooLong/.test(path) ? 2 : 'exemple';
}
