// What hashing costs. Each password that is verified, at what cost: seen where argon2 is started, which a workerd does
// once. So `setup.ts` loads this file before any test.

import { PASSWORD_COST } from '../../src/platform/password-hash.ts';

type Argon2 = { memory: WebAssembly.Memory; argon2_verify: (...words: number[]) => number };

const costs: string[] = [];
const instantiate = WebAssembly.instantiate;

WebAssembly.instantiate = (async (module: WebAssembly.Module) => {
  const { exports } = (await instantiate(module)) as unknown as { exports: Argon2 };
  const argon2_verify: Argon2['argon2_verify'] = (encoded, ...others) => {
    const memory = new Uint8Array(exports.memory.buffer, encoded, 200);
    costs.push(/m=\d+,t=\d+,p=\d+/.exec(new TextDecoder().decode(memory))?.[0] ?? '');
    return exports.argon2_verify(encoded, ...others);
  };
  return { exports: { ...exports, argon2_verify } };
}) as never;

/** The costs of what was verified since the last call. */
export function takeCosts(): string[] {
  return costs.splice(0);
}

const FULL = { ...PASSWORD_COST };
const LOW = { memoryCost: 256, timeCost: 1 };

/** Hashes as the portal does, in this file's tests: those that are about hashes. */
export function payFullCost(): void {
  Object.assign(PASSWORD_COST, FULL);
}

/** Hashes at a hundredth of the cost: argon2 would take half of the tests' time. */
export function payLowCost(): void {
  Object.assign(PASSWORD_COST, LOW);
}
