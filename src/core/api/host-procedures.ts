import { ORPCError } from '@orpc/server';
import type { HostStatus } from '../../shared/contract/host';
import type { EngineController } from '../engine/engine-controller';
import type { SettingsStore } from '../settings/settings-store';
import { createStatusFeed } from './create-status-feed';
import type { Implementer } from './implement-contract';
import { runChecks } from './run-checks';

export interface HostDependencies {
  engine: EngineController;
  settings: SettingsStore;
  status(): HostStatus;
  /** Ends the host process; called after the answer was given. */
  shutdown(): void;
}

/** The answer to `shutdown` is on its way before the connections are closed. */
const answerMs = 100;

export function createHostProcedures(os: Implementer, { engine, settings, status, shutdown }: HostDependencies) {
  const settled = async () => {
    await engine.until(({ name }) => name !== 'starting' && name !== 'stopping');
    return status();
  };
  return os.host.router({
    status: os.host.status.handler(async ({ signal }) =>
      createStatusFeed({ read: status, subscribe: (listener) => engine.subscribe(listener) }, signal),
    ),
    snapshot: os.host.snapshot.handler(() => status()),
    start: os.host.start.handler(() => {
      engine.start();
      return settled();
    }),
    stop: os.host.stop.handler(async () => {
      await engine.stop();
      return status();
    }),
    restart: os.host.restart.handler(() => {
      engine.restart();
      return settled();
    }),
    clean: os.host.clean.handler(async () => {
      const freedBytes = await engine.clean();
      if (freedBytes !== null) return { freedBytes };
      throw new ORPCError('CONFLICT', {
        message:
          'Nothing was deleted: the engine is not running, or its database cannot be written. Try again when it is ready.',
      });
    }),
    doctor: os.host.doctor.handler(() => runChecks(status())),
    settings: os.host.settings.handler(() => settings.current()),
    updateSettings: os.host.updateSettings.handler(async ({ input }) => {
      const updated = await settings.update(input);
      if (input.retention) engine.setRetention(updated.retention);
      return updated;
    }),
    shutdown: os.host.shutdown.handler(() => {
      setTimeout(shutdown, answerMs);
      return { stopping: true as const };
    }),
  });
}
