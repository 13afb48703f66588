// /espace/donnees: all the portal holds about who is signed in, as a file.

import { Hono } from 'hono';
import { ownData } from '../../account/own-data.ts';
import type { Device } from '../../schema.ts';
import type { Portal } from '../../web/portal.ts';
import { sayDevice } from '../../words/device.ts';

export const spaceData = new Hono<Portal>();

spaceData.get('/', async (c) => {
  const data = await ownData(c.get('db'), c.get('session').accountId);
  c.header('content-disposition', 'attachment; filename="mes-donnees.json"');
  c.header('content-type', 'application/json');
  return c.body(JSON.stringify(data, readable, 2));
});

/** Times are kept in ms and devices as codes, which nobody reads: written as dates (ISO 8601, UTC) and in words. */
function readable(name: string, value: unknown): unknown {
  if (name === 'device') return value && sayDevice(value as Device);
  return typeof value === 'number' && /(At|Since|^at)$/.test(name) ? new Date(value).toISOString() : value;
}
