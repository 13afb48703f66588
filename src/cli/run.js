// What npm's scripts begin with: `node src/cli/run.js [FOLDER/…] [PROGRAM [WORD…]]`. Installs the packages that are missing,
// here and in the folders that are named (a word that ends in /), then runs the program on a Node that can. Any Node from 20
// on reads this file, with or without a shell: built-ins only, no TypeScript.

import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import module from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The first Node that runs TypeScript as it is; wrangler wants 22. */
const LEAST_NODE = [22, 18];
const IS_WINDOWS = process.platform === 'win32';
/** The Node that the package `node` brings: the machine's may be too old. */
const OWN_NODE = join('node_modules/node/bin', IS_WINDOWS ? 'node.exe' : 'node');

const words = process.argv.slice(2);
const program = words.findIndex((word) => !word.endsWith('/'));
const folders = words.slice(0, program === -1 ? undefined : program);
useOwnFolders();
for (const folder of ['.', ...folders]) install(folder);
keepCompiled();
if (program !== -1) await run(words.slice(program));

/** A service account may have no home to write to: npm's cache and wrangler's notes then have a place of their own. */
function useOwnFolders() {
  try {
    accessSync(homedir(), constants.W_OK);
  } catch {
    process.env.npm_config_cache ??= join(tmpdir(), `npm-${process.getuid?.() ?? ''}`);
    process.env.XDG_CONFIG_HOME ??= resolve('.wrangler/home');
    mkdirSync(process.env.XDG_CONFIG_HOME, { recursive: true });
  }
}

/** Node keeps what it has compiled, wrangler's code above all: the next command starts in half the time. */
function keepCompiled() {
  process.env.NODE_COMPILE_CACHE ??= resolve('node_modules/.cache/node');
  // Older Nodes have none.
  module.enableCompileCache?.();
}

/** @param {string} folder with a package-lock.json */
function install(folder) {
  const installed = join(folder, 'node_modules/.package-lock.json');
  const wanted = join(folder, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  console.log(`Installing the packages${folder === '.' ? '' : ` of ${folder}`} (once)…`);
  const [npm, ...first] = npmCommand();
  const { status } = spawnSync(npm, [...first, 'ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    // Windows runs npm.cmd only through its shell; none of the words above is anybody’s.
    shell: IS_WINDOWS && first.length === 0,
  });
  if (status !== 0) stop('The packages could not be installed: see npm’s message above.');
}

/**
 * The npm that runs this script, as the program that it is; else whichever is found.
 * @returns {[string, ...string[]]}
 */
function npmCommand() {
  const path = process.env.npm_execpath ?? '';
  return path.endsWith('npm-cli.js') ? [process.execPath, path] : ['npm'];
}

/**
 * In this process where its Node will do: nothing then stands between a signal and the program.
 * @param {string[]} line
 */
async function run(line) {
  if (isNewEnough(process.version)) {
    process.argv = [process.execPath, ...line.map((word, n) => (n === 0 ? resolve(word) : word))];
    await import(pathToFileURL(resolve(line[0] ?? '')).href);
    return;
  }
  const { stdout } = spawnSync(OWN_NODE, ['--version'], { encoding: 'utf8' });
  if (!isNewEnough(stdout ?? '')) {
    stop(
      `Node 24 is missing: run \`npm rebuild node --ignore-scripts=false\`, or install it on this machine (here: ${process.version}).`,
    );
  }
  const child = spawn(OWN_NODE, line, { stdio: 'inherit' });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/** @param {string} version such as v24.11.0 */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** @param {string} sentence */
function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
