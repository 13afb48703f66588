// Every method and address of the map, src/index.tsx, machines left out.

import type { Hono } from 'hono';
import map from '../../src/index.tsx?raw';

const modules = import.meta.glob('../../src/{tenant,desk,machines}/**/*', { import: '*', eager: true });
const pages: Record<string, Hono> = Object.assign({}, ...Object.values(modules));

export const addresses = [...map.matchAll(/app\.route\('([^']*)', (\w+)\)/g)]
  .flatMap(([, base = '', name = '']) =>
    (pages[name]?.routes ?? []).map(({ method, path }) => ({ method, path: `${base}${path}` })),
  )
  .map(({ method, path }) => ({ method, path: path.replace(/^\/\//, '/').replace(/(?<=.)\/$/, '') }))
  .filter(({ method, path }) => method !== 'ALL' && !/^\/(api|sante)\b/.test(path));
