// Each test file starts with a fresh D1 that holds the demo client file, read as the real one is.

import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { parse } from 'csv-parse/sync';
import { readClientLine } from '../src/rules/client-file.ts';
import { addClients } from '../src/store/clients.ts';
import { openDatabase } from '../src/store/db.ts';
import demo from './demo/clients.csv?raw';

await applyD1Migrations(env.DB, env.MIGRATIONS);
const lines: Record<string, string>[] = parse(demo, { columns: true, delimiter: ';' });
await addClients(openDatabase(env.DB), lines.map(readClientLine), Date.now());
