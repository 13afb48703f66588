// Each test file starts with a fresh D1 that holds the demo client file, read as the real one is.

import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { importClients } from '../src/client/import/run.ts';
import { openDatabase } from '../src/platform/db.ts';
import demo from './demo/clients.csv?raw';

// Nothing waits for real seconds: a pause that the portal makes after an answer is over at once.
vi.spyOn(scheduler, 'wait').mockImplementation(async () => undefined);

await applyD1Migrations(env.DB, env.MIGRATIONS);
await importClients(openDatabase(env.DB), new Blob([demo]).stream());
