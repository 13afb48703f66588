// Work done once for each thing it depends on, and kept for as long as that thing lives.

/**
 * A function that makes something from an object, and gives the same again for the same object.
 * A failure is not kept.
 */
export function oncePer<Key extends object, Made extends object>(make: (key: Key) => Made) {
  const made = new WeakMap<Key, Made>();
  return (key: Key): Made => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
