import { fork } from 'node:child_process';
import type { EngineCommand, EngineConfig, EngineMessage } from '../../../shared/engine-messages';
import { engineEnvironment } from './engine-environment';
import type { Crash } from './state';

/** A running engine process, whatever started it: `fork` on plain Node, `utilityProcess` in Electron. */
export interface EngineProcess {
  readonly pid: number | undefined;
  send(command: EngineCommand): void;
  kill(): void;
}

interface EngineListeners {
  onMessage(message: EngineMessage): void;
  /** Once, when the process is gone, also when it could not be started. */
  onExit(crash: Crash): void;
}

export type SpawnEngine = (config: EngineConfig, listeners: EngineListeners) => EngineProcess;

/** Spawns the engine's script as a child of this Node process. */
export function spawnEngineFrom(script: string): SpawnEngine {
  return (config, { onMessage, onExit }) => {
    const child = fork(script, [JSON.stringify(config)], {
      env: engineEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
    });
    const stderr = keepTail();
    child.stderr?.on('data', stderr.add);
    child.on('message', (message) => onMessage(message as EngineMessage));
    child.once('error', (error) => stderr.add(error.message));
    child.once('close', (code, signal) => onExit({ code, signal, stderr: stderr.text() }));
    return {
      pid: child.pid,
      // A process that is going away cannot be told anything; its exit is reported by itself.
      send: (command) => child.connected && child.send(command, () => {}),
      kill: () => child.kill('SIGKILL'),
    };
  };
}

/** Keeps the last 4 KiB of what a process wrote. */
export function keepTail() {
  let tail = '';
  return {
    add(chunk: Buffer | string) {
      tail = (tail + chunk.toString()).slice(-4096);
    },
    text: () => tail.trim(),
  };
}
