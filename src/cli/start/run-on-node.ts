import { spawnEngineFrom } from '../../core/backends/embedded/spawn-engine';
import type { CommandRuntime } from '../../core/cli-runtime';
import { runProgram } from '../run-program';

/** Runs any command line in a process of plain Node. */
export async function runOnNode(argv: readonly string[], runtime: CommandRuntime): Promise<void> {
  await runProgram(argv, { ...runtime, spawnEngine: spawnEngineFrom });
}
