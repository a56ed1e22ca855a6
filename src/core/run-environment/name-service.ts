import { detectRuntimes, type Runtime } from './detect-runtimes';

/** Their SDKs call every program `unknown_service`, and a name that the program gives itself goes before the variable. */
const nameless: ReadonlySet<Runtime> = new Set<Runtime>(['deno', 'ruby', 'rust', 'cpp']);

/**
 * The service name for a command's programs where nobody gave one: the run's, where they would have none at all. Undefined where
 * they are told apart by what they are called otherwise: package, script, jar or executable.
 */
export function nameService(command: readonly string[], folder: string, runName: string): string | undefined {
  const runtimes = [...detectRuntimes(command, folder)];
  return runtimes.length > 0 && runtimes.every((runtime) => nameless.has(runtime)) ? runName : undefined;
}
