import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** Where a command is found as a shell finds it, and whether it may be run; undefined where there is none. */
export function findExecutable(
  command: string,
  variables: NodeJS.ProcessEnv,
  folder = process.cwd(),
): { path: string; mayRun: boolean } | undefined {
  const isPath =
    isAbsolute(command) || command.includes('/') || (process.platform === 'win32' && command.includes('\\'));
  const folders = isPath ? [folder] : (variables.PATH ?? '').split(delimiter).map((each) => each || folder);
  const endings = process.platform === 'win32' ? ['', ...(variables.PATHEXT ?? '.EXE;.CMD;.BAT').split(';')] : [''];
  let found: { path: string; mayRun: boolean } | undefined;
  for (const each of folders) {
    for (const ending of endings) {
      const path = isPath ? resolve(folder, command + ending) : join(each, command + ending);
      const mayRun = look(path);
      if (mayRun) return { path, mayRun };
      if (mayRun === false) found ??= { path, mayRun };
    }
  }
  return found;
}

/** Undefined where there is no file; a folder is none that may be run. */
function look(path: string): boolean | undefined {
  try {
    if (!statSync(path).isFile()) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? false : undefined;
  }
}
