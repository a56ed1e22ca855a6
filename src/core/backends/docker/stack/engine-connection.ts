import type { RuntimeStatus } from '../../../../shared/contract/backend';
import type { Problem } from '../../../../shared/problem';
import type { ContainerEngine, EngineEventMessage } from '../containers/container-engine';

/** The part of core/docker's connection that the stack needs. */
export interface EngineConnection {
  readonly status: RuntimeStatus;
  readonly engine: ContainerEngine | null;
  subscribe(listener: () => void): () => void;
  onSignal(listener: (signal: EngineSignal) => void): () => void;
}

type EngineSignal = { type: 'resync' } | { type: 'event'; event: EngineEventMessage };

/** Every socket of this machine has answered or not by then. */
const lookLimitMs = 5_000;

/** Resolves when it is known whether there is an engine. */
export async function awaitLook(docker: EngineConnection): Promise<void> {
  const until = Date.now() + lookLimitMs;
  while (!docker.engine && docker.status.state === 'looking' && Date.now() < until) {
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        unsubscribe();
        resolve();
      };
      const timer = setTimeout(end, until - Date.now());
      const unsubscribe = docker.subscribe(end);
    });
  }
}

/** Why nothing can be asked of an engine. */
export function explainMissingEngine(docker: EngineConnection): Problem {
  return (
    docker.status.problem ?? {
      kind: 'engine-absent',
      message: 'No container engine is connected.',
      hint: 'Start Docker, Podman, Colima or another engine; Watchtower attaches by itself.',
    }
  );
}
