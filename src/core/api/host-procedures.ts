import { ORPCError } from '@orpc/server';
import type { HostStatus } from '../../shared/contract/host';
import { noOtlpEndpoint } from '../../shared/no-otlp-endpoint';
import type { Problem } from '../../shared/problem';
import type { BackendSwitch } from '../backends/backend-switch';
import type { CliRuntime } from '../cli-runtime';
import type { DemoSender } from '../demo/demo-sender';
import { findOwnCommand } from '../demo/find-own-command';
import type { DestinationController } from '../destinations/destination-controller';
import { collectDiagnostics } from '../diagnostics/collect-diagnostics';
import type { GrafanaDoors } from '../grafana-doors/grafana-doors';
import type { ServiceRegistry } from '../services/service-registry';
import type { SettingsStore } from '../settings/settings-store';
import { createStatusFeed } from './create-status-feed';
import type { Implementer } from './implement-contract';
import { refuse } from './map-problem';
import { runChecks } from './run-checks';

export interface HostDependencies {
  /** Folder of the home, for its log. */
  home: string;
  backends: BackendSwitch;
  settings: SettingsStore;
  status(): HostStatus;
  /** Every change of what `status` says. */
  subscribe(listener: () => void): () => void;
  destinations: DestinationController;
  demo: DemoSender;
  /** What runs `watchtower`. */
  self: CliRuntime['self'];
  /** Ends what a person has seen; the Problem says why one stays. */
  dismiss(id: string): Problem | null;
  services: ServiceRegistry;
  /** A key to the panel for one sign-in within a minute. */
  issueTicket(): string;
  doors: Pick<GrafanaDoors, 'credentials' | 'settled'>;
  /** Ends the host process; called after the answer was given. */
  shutdown(): void;
}

/** The answer to `shutdown` is on its way before the connections are closed. */
const answerMs = 100;

export function createHostProcedures(os: Implementer, dependencies: HostDependencies) {
  const { backends, settings, status, subscribe, shutdown } = dependencies;
  const settled = async () => {
    await backends.current.settled();
    return status();
  };
  const checks = () => runChecks(status(), backends.current.services?.status().runtime);
  return os.host.router({
    status: os.host.status.handler(async ({ signal }) => createStatusFeed({ read: status, subscribe }, signal)),
    snapshot: os.host.snapshot.handler(() => status()),
    start: os.host.start.handler(() => {
      // One that is not ours is asked, not started: what it says tells how it is.
      backends.current.start();
      return settled();
    }),
    stop: os.host.stop.handler(async () => {
      const { lifecycle, because } = backends.current.capabilities;
      if (!lifecycle) throw refuse('BACKEND', notOwned(because.lifecycle));
      const problem = await backends.current.stop();
      if (problem) throw refuse('BACKEND', problem);
      return status();
    }),
    restart: os.host.restart.handler(() => {
      backends.current.restart();
      return settled();
    }),
    switchBackend: os.host.switchBackend.handler(async ({ input }) => {
      const { clusters } = backends.all.find(({ kind }) => kind === input.backend) ?? {};
      const refused = input.context === undefined ? null : await clusters?.use(input.context);
      const problem = refused ?? (await backends.switchTo(input.backend));
      if (problem) throw refuse('BACKEND', problem);
      return status();
    }),
    clean: os.host.clean.handler(async () => {
      const { storage, capabilities } = backends.current;
      if (!storage)
        throw new ORPCError('CONFLICT', {
          message: `Nothing was deleted. ${capabilities.because.storage ?? ''}`.trim(),
        });
      const freedBytes = await storage.clean();
      if (freedBytes !== null) return { freedBytes };
      throw new ORPCError('CONFLICT', {
        message:
          'Nothing was deleted: the engine is not running, or its database cannot be written. Try again when it is ready.',
      });
    }),
    dismiss: os.host.dismiss.handler(({ input }) => {
      const lasting = dependencies.dismiss(input.id);
      if (lasting) throw refuse('BACKEND', lasting);
      return status();
    }),
    doctor: os.host.doctor.handler(() => checks()),
    diagnostics: os.host.diagnostics.handler(() =>
      collectDiagnostics({
        home: dependencies.home,
        status,
        settings: () => settings.current(),
        destinations: () => dependencies.destinations.snapshot(),
        checks,
        maskSecrets: (text) => dependencies.destinations.maskSecrets(text),
      }),
    ),
    sendDemo: os.host.sendDemo.handler(async () => {
      const { otlpGrpc, otlpHttp } = status().endpoints;
      const endpoint = otlpGrpc ?? otlpHttp;
      if (!endpoint) throw refuse('BACKEND', noOtlpEndpoint);
      const sent = await dependencies.demo.send(endpoint, otlpGrpc ? 'grpc' : 'http');
      if ('problem' in sent) throw refuse('BACKEND', sent.problem);
      return sent;
    }),
    command: os.host.command.handler(() => findOwnCommand(dependencies.self)),
    settings: os.host.settings.handler(() => settings.current()),
    settingsFeed: os.host.settingsFeed.handler(async ({ signal }) =>
      createStatusFeed(
        { read: () => settings.current(), subscribe: (listener) => settings.subscribe(listener) },
        signal,
      ),
    ),
    updateSettings: os.host.updateSettings.handler(async ({ input }) => {
      const outcome = await settings.update(input);
      if ('problem' in outcome) throw refuse('BACKEND', outcome.problem);
      const { settings: updated } = outcome;
      for (const backend of backends.all) {
        if (input.retention) backend.storage?.setRetention(updated.retention);
        const problem = input.pipeline ? await backend.pipeline?.apply() : null;
        if (problem) throw refuse('BACKEND', problem);
      }
      await dependencies.doors.settled();
      return updated;
    }),
    serviceColours: os.host.serviceColours.handler(({ input }) => ({
      places: dependencies.services.placesOf(input.names),
    })),
    ticket: os.host.ticket.handler(() => ({ ticket: dependencies.issueTicket() })),
    grafanaAccess: os.host.grafanaAccess.handler(() => dependencies.doors.credentials()),
    shutdown: os.host.shutdown.handler(() => {
      setTimeout(shutdown, answerMs);
      return { stopping: true as const };
    }),
  });
}

function notOwned(because = ''): Problem {
  return {
    kind: 'not-owned',
    message: `It cannot be stopped from here. ${because}`.trim(),
    hint: 'Switch to another backend with `watchtower backend`, or end this host with `watchtower shutdown`.',
  };
}
