import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
import type { RunProgram } from '../../core/cli-runtime';
import { spawnEngineUtility } from '../spawn-engine-utility';

/** Runs `watchtower ARGUMENTS` in this process instead of the app; `before` is what stood before them on the command line. */
export async function runCli(argv: readonly string[], before: readonly string[]): Promise<void> {
  app.setActivationPolicy?.('prohibited');
  // From here on a command's own handlers of signals replace Electron's.
  await app.whenReady();
  const program = pathToFileURL(join(app.getAppPath(), 'out', 'node', 'program.mjs')).href;
  const { runProgram } = (await import(program)) as { runProgram: RunProgram };
  await runProgram(argv, {
    spawnEngine: spawnEngineUtility,
    // A mounted AppImage is gone when this process ends.
    self: { command: process.env.APPIMAGE ?? process.execPath, args: before },
  });
  // What was written to a pipe on Windows is not there yet.
  process.stdout.write('', () => app.exit(Number(process.exitCode ?? 0)));
}
