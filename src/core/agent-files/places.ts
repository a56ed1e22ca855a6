import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';

/** Where agents keep their files: of a user, and of a repository. */
export interface Places {
  readonly home: string;
  /** Of the repository. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/** Throws in a test run that gives no home: a test never touches a real user's files. */
export function placesOf(folder: string): Places {
  const { env, platform } = process;
  const home = env.WATCHTOWER_AGENT_HOME || (env.WATCHTOWER_TEST === '1' ? undefined : homedir());
  if (home === undefined)
    throw new Error('A test resolved the real home: set WATCHTOWER_AGENT_HOME to a temporary folder.');
  return { home, folder: repositoryOf(folder), env, platform };
}

/** The folder above, or itself, in which a repository begins; without one the folder. */
function repositoryOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return folder;
  }
}

/** As a person reads it: from the repository on, else with `~`. */
export function show(path: string, { home, folder }: Places): string {
  const inside = relative(folder, path);
  if (inside !== '' && !inside.startsWith('..') && !isAbsolute(inside)) return inside;
  const below = relative(home, path);
  return below.startsWith('..') || isAbsolute(below) ? path : join('~', below);
}

/** Where VS Code keeps a user's settings. */
export function vsCodeFolder({ home, env, platform }: Places): string {
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Code', 'User');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Code', 'User');
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'Code', 'User');
}

export const claudeFolder = ({ home, env }: Places): string => env.CLAUDE_CONFIG_DIR || join(home, '.claude');
export const codexFolder = ({ home, env }: Places): string => env.CODEX_HOME || join(home, '.codex');
export const copilotFolder = ({ home, env }: Places): string => env.COPILOT_HOME || join(home, '.copilot');
export const geminiFolder = ({ home }: Places): string => join(home, '.gemini');
export const cursorFolder = ({ home }: Places): string => join(home, '.cursor');
export const openCodeFolder = ({ home, env }: Places): string =>
  join(env.XDG_CONFIG_HOME || join(home, '.config'), 'opencode');

/** Of Watchtower's home where it is not the usual one: agents start programs without most of the environment of their user. */
export const namedHome = ({ env }: Places): string | undefined =>
  env.WATCHTOWER_HOME ? resolve(env.WATCHTOWER_HOME) : undefined;
