import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, errors, test } from '@playwright/test';
import { freePorts } from '../start-host';

/** Electron reads switches as `--name=value`; the panel's own port is always a free one there. */
const portSwitches = freePorts
  .join(' ')
  .split(' --')
  .slice(1)
  .map((flag) => `--${flag.replace(' ', '=')}`);

/** Ten times what a start takes. */
const attachMs = 15_000;

/** Electron's program, or why there is none here. */
function findElectron(): { path: string } | { missing: string } {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  try {
    const path = dist
      ? join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron')
      : (createRequire(join(process.cwd(), 'package.json'))('electron') as string);
    return existsSync(path) ? { path } : { missing: `There is no Electron at ${path}.` };
  } catch (error) {
    return { missing: `Electron is not installed here (${(error as Error).message.split('\n')[0]}).` };
  }
}

/** Skips the tests of a file, saying why, where no Electron can be had. */
export function skipWithoutElectron(): void {
  const electron = findElectron();
  test.skip('missing' in electron, 'missing' in electron ? electron.missing : '');
}

export interface DesktopOptions {
  /** A folder of its own for each test; the user's is never touched. */
  home: string;
  args?: readonly string[];
  env?: NodeJS.ProcessEnv;
}

export const desktopEnv = (home: string, more: NodeJS.ProcessEnv = {}) =>
  ({ ...process.env, WATCHTOWER_HOME: home, WATCHTOWER_TEST: '1', ...more }) as Record<string, string>;

function desktopArgs({ home, args = [] }: DesktopOptions): string[] {
  return [
    // A launcher that loads the app asynchronously would be late for what has to be said before the app is ready.
    '-r',
    join(process.cwd(), 'out', 'main', 'index.js'),
    '.',
    ...chromiumSwitches(home),
    ...portSwitches,
    ...args,
  ];
}

function chromiumSwitches(home: string): string[] {
  return [
    // Root may not use Chromium's sandbox; everything else about the window is as it ships.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${join(home, 'electron')}`,
  ];
}

function electronPath(): string {
  const electron = findElectron();
  if ('missing' in electron) throw new Error(electron.missing);
  return electron.path;
}

/** The built app in real Electron, driven by Playwright. */
export function launchDesktop(options: DesktopOptions): Promise<ElectronApplication> {
  return launch(desktopArgs(options), desktopEnv(options.home, options.env));
}

/** Another app in the same Electron, such as a bare window to compare with. */
export function launchElectron(
  args: readonly string[],
  { home, env }: Pick<DesktopOptions, 'home' | 'env'>,
): Promise<ElectronApplication> {
  return launch([...chromiumSwitches(home), ...args], desktopEnv(home, env));
}

/**
 * One start in about a hundred comes up whole while Chromium leaves the debugger without an answer, and Playwright would
 * wait for it without end. Such a start is ended and made again.
 */
async function launch(args: string[], env: Record<string, string>, tries = 3): Promise<ElectronApplication> {
  try {
    return askingAgain(await _electron.launch({ executablePath: electronPath(), args, env, timeout: attachMs }));
  } catch (error) {
    if (tries === 1 || !(error instanceof errors.TimeoutError)) throw error;
    console.log('Electron was started again: its debugger did not answer.');
    return launch(args, env, tries - 1);
  }
}

/**
 * V8 may collect the promise of an evaluation before the debugger has its answer, which says nothing of the app: asked
 * again. So what is evaluated must bear to be done twice.
 */
function askingAgain(app: ElectronApplication): ElectronApplication {
  const evaluate = app.evaluate.bind(app) as (...asked: unknown[]) => Promise<unknown>;
  const ask = async (asked: unknown[], tries: number): Promise<unknown> => {
    try {
      return await evaluate(...asked);
    } catch (error) {
      if (tries === 1 || !(error as Error).message.includes('garbage collected')) throw error;
      return ask(asked, tries - 1);
    }
  };
  return Object.assign(app, { evaluate: (...asked: unknown[]) => ask(asked, 3) }) as ElectronApplication;
}

/** The built app started as a person's desktop does, with nobody driving it. */
export function startDesktop(options: DesktopOptions): ChildProcess {
  return spawn(electronPath(), desktopArgs(options), { env: desktopEnv(options.home, options.env), stdio: 'ignore' });
}

/** Exit code of a start that ends by itself, such as a second instance. */
export async function runDesktop(options: DesktopOptions): Promise<number | null> {
  const [code] = (await once(startDesktop(options), 'exit')) as [number | null];
  return code;
}

export async function createHome(): Promise<{ home: string; remove(): Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'watchtower-desktop-'));
  return { home, remove: () => rm(home, { recursive: true, force: true, maxRetries: 3 }) };
}
