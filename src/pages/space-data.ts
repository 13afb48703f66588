// /espace/donnees: all the portal holds about who is signed in, as a file.

import { Hono } from 'hono';
import { ownData } from '../store/own-data.ts';
import type { Portal } from '../web/portal.ts';

export const spaceData = new Hono<Portal>();

spaceData.get('/', async (c) => {
  const data = await ownData(c.get('db'), c.get('session').accountId);
  c.header('content-disposition', 'attachment; filename="mes-donnees.json"');
  return c.json(data);
});
