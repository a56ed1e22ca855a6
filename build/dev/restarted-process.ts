import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

interface Program {
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Each whole line of its standard output. */
  onLine(line: string): void;
}

/** After a SIGTERM: a host takes at most five seconds to drain. */
const patienceMs = 8_000;

/**
 * One program that is started anew on demand, one at a time. It is in a process group of its own, so that Ctrl-C reaches
 * it once, from here; and it is ended as a group, so that no child of it stays.
 */
export class RestartedProcess {
  #child: ChildProcess | null = null;
  #work: Promise<void> = Promise.resolve();
  #over = false;

  constructor(
    private readonly program: Program,
    private readonly say: (text: string) => void,
  ) {}

  restart(): Promise<void> {
    this.#work = this.#work.then(async () => {
      await this.#end();
      if (!this.#over) this.#start();
    });
    return this.#work;
  }

  /** For good. */
  stop(): Promise<void> {
    this.#over = true;
    this.#work = this.#work.then(() => this.#end());
    return this.#work;
  }

  #start(): void {
    const { command, args, env, onLine } = this.program;
    const child = spawn(command, args, {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: process.platform !== 'win32',
    });
    this.#child = child;
    let rest = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
    child.on('error', (error) => this.say(`${command} could not be started: ${error.message}`));
    child.on('exit', (code, signal) => {
      if (this.#child !== child) return;
      this.#child = null;
      this.say(`it ended by itself (${signal ?? `exit code ${code}`}); the next change starts it again`);
    });
  }

  async #end(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    signal(child, 'SIGTERM');
    const timer = setTimeout(() => signal(child, 'SIGKILL'), patienceMs);
    await exited;
    clearTimeout(timer);
  }
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    child.kill(name);
    return;
  }
  try {
    process.kill(-child.pid!, name);
  } catch {
    // It has just ended.
  }
}
