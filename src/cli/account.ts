// npm run account -- IDENTIFIER-OR-REFERENCE-OR-HELP-CODE [--close --reason TEXT] [--lift] [--remote]: an answer for who calls.

import { hasReference } from '../client/reference.ts';
import { SettingsError } from '../env.ts';
import { openDatabase } from '../platform/db.ts';
import { supportText as words } from '../words/support.ts';
import { answerCall } from './answer-call.ts';
import { withPortal } from './database.ts';
import { readPlainSettings } from './readiness.ts';
import { endOnSignals, stop } from './terminal.ts';
import { readTyped } from './typed.ts';

const { values, positionals, tokens } = readTyped(
  'account',
  {
    close: { type: 'boolean' },
    reason: { type: 'string' },
    lift: { type: 'boolean' },
    remote: { type: 'boolean' },
  },
  words,
);
const typed = positionals.join(' ');
const reason = values.reason?.trim() ?? '';
const isWhole = Boolean(values.close) === Boolean(reason) && !(values.close && values.lift);
if (!hasReference(typed) || !areTogether() || !isWhole) stop(words.usage);
endOnSignals();

const does = values.close ? 'close' : values.lift ? 'lift' : 'tell';
await withPortal(Boolean(values.remote), async (env) => {
  const { said, isDone } = await answerCall(openDatabase(env.DB), settingsOf(env), { typed, does, reason });
  if (!isDone) stop(said);
  console.log(said);
});

/** The words of one number stand together: others are the rest of a reason without its quotes. */
function areTogether(): boolean {
  const places = tokens.filter(({ kind }) => kind === 'positional').map(({ index }) => index);
  return (places.at(-1) ?? 0) - (places[0] ?? 0) === places.length - 1;
}

function settingsOf(env: object) {
  try {
    return readPlainSettings(env as Record<string, unknown>);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return stop(error.message);
  }
}
