import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface ChildEnd {
  /** Null where a signal ended it. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** Unix milliseconds. */
  at: number;
}

export interface StartedChild {
  child: ChildProcess;
  /** Rejects where it cannot be started. */
  started: Promise<void>;
  ended: Promise<ChildEnd>;
  /** Whether a process of its group still runs. */
  hasSurvivors(): boolean;
  /** Hands on what this process is sent until the child has ended; gives back what ends that. */
  forwardSignals(onInsist: (text: string) => void): () => void;
}

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGCONT', 'SIGWINCH'] as const;
/** Which of them say "end". */
const endings: readonly string[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
/** Whoever says it that often means it. */
const mostEndings = 3;

/**
 * Starts the command of a run. Where nobody sits at a terminal it gets a process group of its own, so that a signal reaches
 * all that it started; at a terminal it stays in the foreground with this process, and the terminal's own signals reach both.
 */
export function startChild(
  path: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; captured: boolean; atTerminal: boolean },
): StartedChild {
  const own = !options.atTerminal && process.platform !== 'win32';
  const child = spawn(path, args, {
    env: options.env,
    stdio: options.captured ? ['inherit', 'pipe', 'pipe'] : 'inherit',
    detached: own,
    windowsHide: true,
    ...(process.platform === 'win32' && /\.(?:cmd|bat)$/i.test(path) && { shell: true }),
  });
  const started = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal, at: Date.now() }));
  });
  const kill = (signal: NodeJS.Signals) => {
    try {
      if (own && child.pid !== undefined) process.kill(-child.pid, signal);
      else child.kill(signal);
    } catch {
      // It has just ended.
    }
  };
  return {
    child,
    started,
    ended,
    hasSurvivors() {
      try {
        return own && child.pid !== undefined && process.kill(-child.pid, 0) && groupLives(child.pid);
      } catch {
        return false;
      }
    },
    forwardSignals(onInsist) {
      let asked = 0;
      const listeners = forwarded.map((name) => {
        const listener = () => {
          if (endings.includes(name) && ++asked >= mostEndings) {
            onInsist(`It goes on after ${asked} signals to end: it is ended by SIGKILL.`);
            kill('SIGKILL');
            return;
          }
          // The terminal sends these to every process of its foreground itself.
          const fromTerminal = options.atTerminal && (name === 'SIGINT' || name === 'SIGQUIT' || name === 'SIGWINCH');
          if (!fromTerminal) kill(name);
        };
        process.on(name, listener);
        return [name, listener] as const;
      });
      return () => {
        for (const [name, listener] of listeners) process.off(name, listener);
      };
    },
  };
}

/** One that has ended and that nobody waits for, as in a container without an init, is none that goes on. */
function groupLives(group: number): boolean {
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const [state, , itsGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(itsGroup) === group && state !== 'Z';
    } catch {
      return false;
    }
  });
}
