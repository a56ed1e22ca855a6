import { utilityProcess } from 'electron';
import { engineEnvironment } from '../core/backends/embedded/engine-environment';
import { keepTail, type SpawnEngine } from '../core/backends/embedded/spawn-engine';
import type { EngineMessage } from '../shared/engine-messages';

/** Spawns the engine's script as an Electron utility process: Node of its own, apart from the windows. */
export function spawnEngineUtility(script: string): SpawnEngine {
  return (config, { onMessage, onExit }) => {
    const child = utilityProcess.fork(script, [JSON.stringify(config)], {
      serviceName: 'Watchtower engine',
      env: engineEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const stderr = keepTail();
    child.stderr?.on('data', stderr.add);
    child.on('message', (message: EngineMessage) => onMessage(message));
    child.once('exit', (code) => onExit({ code, signal: null, stderr: stderr.text() }));
    return {
      get pid() {
        return child.pid;
      },
      send: (command) => child.postMessage(command),
      kill: () => {
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      },
    };
  };
}
