// What was typed behind a command: read as it was meant, or not at all.

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { stop } from './terminal.ts';

type Options = Record<string, { type: 'boolean' | 'string'; multiple?: boolean }>;

/** What a command says to a typing error: its usage, and where `--` belongs. */
type Words = { usage: string; dashes: (line: string) => string };

/** The words of the commands for the IT person. */
export const english = (usage: string): Words => ({
  usage: `Usage: ${usage}`,
  dashes: (line) => `Write -- before the options, or npm keeps them:\n  ${line}`,
});

/**
 * Reads the options and words typed behind `npm run SCRIPT --`. Whatever is not understood ends the command before it
 * does anything: an option that is not known, has no value or one too many, stands without its dashes, or that npm kept.
 * @param code what the command then exits with
 */
export function readTyped<const T extends Options>(script: string, options: T, words: Words, code = 1) {
  const line = lineWithDashes(script, options);
  if (line) stop(words.dashes(line), code);
  try {
    const typed = parseArgs({ options, allowPositionals: true, tokens: true } satisfies ParseArgsConfig);
    if (typed.positionals.every((word) => !(word.replace(/^[-–—]+/, '') in options))) return typed;
  } catch {
    // Said below.
  }
  return stop(words.usage, code);
}

/** The line that was meant when npm kept options for itself, as without `--` it does: undefined when it kept none. */
function lineWithDashes(script: string, options: Options): string | undefined {
  const rest = process.argv.slice(2);
  const kept = Object.entries(options).flatMap(([name, { type, multiple }]) => {
    const value = keptByNpm(name);
    if (!value) return [];
    if (value !== 'true') return [`--${name} ${quoted(value)}`];
    if (type === 'boolean') return [`--${name}`];
    // npm 11 takes every option for a flag: what it was given stands last among the words.
    const given = rest.splice(multiple ? 0 : -1);
    return (given.length > 0 ? given : ['…']).map((word) => `--${name} ${quoted(word)}`);
  });
  if (kept.length === 0) return undefined;
  const run = script === 'start' ? 'npm start' : `npm run ${script}`;
  return [run, '--', ...rest.map(quoted), ...kept].join(' ');
}

/** npm hands an option on as `npm_config_dry_run`. Four letters tell it: `--dryrun` is kept too. */
function keptByNpm(name: string): string | undefined {
  const like = `npmconfig${plain(name).slice(0, 4)}`;
  return Object.entries(process.env).find(([kept, value]) => plain(kept).startsWith(like) && value)?.[1];
}

const plain = (name: string) => name.replace(/[-_]/g, '').toLowerCase();

const quoted = (word: string) => (/^[\w./:@-]+$/.test(word) ? word : `"${word}"`);
