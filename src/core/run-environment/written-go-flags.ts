import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The `GOFLAGS` that `go env -w` has written for the user: a variable of the environment hides them. Empty where there are none. */
export function writtenGoFlags(variables: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  try {
    const lines = readFileSync(variables.GOENV || join(configFolder(variables, platform), 'go', 'env'), 'utf8').split(
      '\n',
    );
    const line = lines.find((each) => each.startsWith('GOFLAGS='));
    return line?.slice('GOFLAGS='.length).trim() ?? '';
  } catch {
    return '';
  }
}

function configFolder({ HOME = homedir(), XDG_CONFIG_HOME, APPDATA }: NodeJS.ProcessEnv, platform: string): string {
  if (platform === 'win32') return APPDATA ?? join(HOME, 'AppData', 'Roaming');
  return platform === 'darwin'
    ? join(HOME, 'Library', 'Application Support')
    : XDG_CONFIG_HOME || join(HOME, '.config');
}
