import { detectRuntimes, type Runtime } from './detect-runtimes';
import { findOtelc } from './find-otelc';

/** Their SDKs call every program `unknown_service`, and a name that the program gives itself goes before the variable. */
const nameless: ReadonlySet<Runtime> = new Set<Runtime>(['deno', 'ruby', 'rust', 'cpp']);

/**
 * The service name for a command's programs where nobody gave one: the run's, where they would have none at all. Undefined where
 * they are told apart by what they are called otherwise: package, script, jar or executable.
 */
export function nameService(
  command: readonly string[],
  folder: string,
  runName: string,
  variables: NodeJS.ProcessEnv,
): string | undefined {
  const runtimes = [...detectRuntimes(command, folder)];
  // The SDK of Go names the executable; what `otelc` builds into it does not.
  const hasNone = (runtime: Runtime) =>
    nameless.has(runtime) || (runtime === 'go' && findOtelc(folder, variables) === 'ready');
  return runtimes.length > 0 && runtimes.every(hasNone) ? runName : undefined;
}
