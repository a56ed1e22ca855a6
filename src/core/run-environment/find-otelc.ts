import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findExecutable } from './find-executable';

/**
 * Whether Go programs of a folder can be built through `otelc`: `unprepared` where it is installed and `otelc setup` was not run
 * there, since it then fails each build.
 */
export function findOtelc(folder: string, variables: NodeJS.ProcessEnv): 'absent' | 'unprepared' | 'ready' {
  if (!findExecutable('otelc', variables)) return 'absent';
  return isPrepared(variables.OTELC_WORK_DIR || folder) ? 'ready' : 'unprepared';
}

/** `otelc` looks for what its setup wrote in a folder and those above it. */
function isPrepared(folder: string): boolean {
  return existsSync(join(folder, '.otelc-build')) || (folder !== dirname(folder) && isPrepared(dirname(folder)));
}
