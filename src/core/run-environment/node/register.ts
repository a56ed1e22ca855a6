import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { chooseProgram } from './choose-program';

// Loaded by every Node.js process of a run, before its program: what is no application must not notice it.
// Deno and Bun read NODE_OPTIONS as well, and Deno lets nobody look at the environment who was not allowed to.
const isNode = process.versions.deno === undefined && process.versions.bun === undefined;
const choice =
  isNode && isMainThread && process.env.WATCHTOWER_RUN_ID !== undefined
    ? chooseProgram(process.argv[1], process.cwd(), isTsx())
    : { instrument: false as const };
if (choice.instrument) {
  try {
    const { startSdk } = createRequire(__filename)('./sdk.cjs') as typeof import('./start-sdk');
    startSdk(choice);
  } catch (error) {
    process.stderr.write(`watchtower: this Node.js program is not instrumented: ${(error as Error).message}\n`);
  }
}

/** It hands itself on to the process that it starts as `--require` and `--import`. */
function isTsx(): boolean {
  return process.execArgv.some((argument) => /[\\/]tsx[\\/]|^tsx(?:\/|$)|=tsx(?:\/|$)/.test(argument));
}
