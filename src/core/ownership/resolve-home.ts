import { homedir } from 'node:os';
import { join } from 'node:path';

export interface HomeEnvironment {
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  homedir: () => string;
}

const current: HomeEnvironment = { env: process.env, platform: process.platform, homedir };

/**
 * The folder that holds everything Watchtower keeps: settings, logs, host.json and, unless moved, the telemetry.
 * Throws in a test run that has not set WATCHTOWER_HOME: a test never touches a real user's data.
 */
export function resolveHome({ env, platform, homedir }: HomeEnvironment = current): string {
  if (env.WATCHTOWER_HOME) return env.WATCHTOWER_HOME;
  if (env.WATCHTOWER_TEST === '1') {
    throw new Error('A test resolved the real Watchtower home: set WATCHTOWER_HOME to a temporary folder.');
  }
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Watchtower');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Watchtower');
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'watchtower');
}
