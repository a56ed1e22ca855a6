import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { CliRuntime } from '../cli-runtime';
import { quoteForPosix, quoteForPowerShell } from '../snippets/quote-for-shell';

interface Surroundings {
  /** The variable PATH. */
  path: string | undefined;
  platform: NodeJS.Platform;
}

/**
 * Program and first arguments that run `watchtower` on this machine, for programs that start it without a shell: the bare name where
 * it is found on the path, else the program that runs this one.
 */
export function findOwnWords(
  { command, args }: CliRuntime['self'],
  { path, platform }: Surroundings = { path: process.env.PATH, platform: process.platform },
): [string, ...string[]] {
  const named = (name: string) => findOnPath(platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name], path);
  if (named('watchtower') !== null) return ['watchtower'];
  const node = named('node');
  return [node !== null && realpathSync(node) === realpathSync(command) ? 'node' : command, ...args];
}

/**
 * What to write before the arguments of `watchtower` in a shell of this machine: the bare name where it is found on the
 * path, else the program that runs this host.
 */
export function findOwnCommand(
  self: CliRuntime['self'],
  surroundings: Surroundings = { path: process.env.PATH, platform: process.platform },
): string {
  const words = findOwnWords(self, surroundings);
  if (surroundings.platform !== 'win32') return words.map(quoteForPosix).join(' ');
  // PowerShell calls a quoted program only behind `&`.
  const quoted = words.map((word) => (/^[\w.-]+$/.test(word) ? word : quoteForPowerShell(word)));
  return quoted[0] === words[0] ? quoted.join(' ') : `& ${quoted.join(' ')}`;
}

/** The first file of these names that may be run; null where there is none. */
function findOnPath(names: readonly string[], path = ''): string | null {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    for (const name of names) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        if (statSync(file).isFile()) return file;
      } catch {
        // Not there, or not to be run: the next folder may have it.
      }
    }
  }
  return null;
}
