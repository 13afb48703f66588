// The network a request comes from: one household, office or phone operator's line.

/**
 * An IPv4 address as it is; an IPv6 one by its /56, the smallest that providers hand to a household: counted by the /64,
 * one line would be 256 networks.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail.split(':').filter(Boolean);
  const zeros = Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0');
  const [one, two, three, fourth] = [...groups, ...zeros, ...rest].map(shortGroup);
  return [one, two, three, fourth?.padStart(4, '0').slice(0, 2)].join(':');
}

/** `0db8` and `db8` are one group. */
function shortGroup(group: string): string {
  return group.replace(/^0+(?=.)/, '');
}
