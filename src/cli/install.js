// Before npm start and npm test: installs what is missing, here or in the folder that is named. Runs on Node 20, so
// built-ins only and no TypeScript.

import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = process.argv[2] ?? '.';
const INSTALLED = join(FOLDER, 'node_modules/.package-lock.json');
const WANTED = join(FOLDER, 'package-lock.json');
const LEAST_NODE = 22;

const isFresh = existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(WANTED).mtimeMs;
if (!isFresh) {
  console.log(`Installing the packages${FOLDER === '.' ? '' : ` of ${FOLDER}`} (once)…`);
  const { status } = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: FOLDER,
    stdio: 'inherit',
  });
  if (status !== 0) stop('The packages could not be installed: see npm’s message above.');
}

// wrangler needs a newer Node than the machine may have; the package `node` brings it.
const { stdout } = spawnSync('node_modules/.bin/node', ['--version'], { encoding: 'utf8' });
const major = Number(/^v(\d+)/.exec(stdout ?? '')?.[1] ?? 0);
if (major < LEAST_NODE) {
  stop('Node 24 is missing from node_modules: run `npm rebuild node`, or install Node 24 on this machine.');
}

/** @param {string} sentence */
function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
