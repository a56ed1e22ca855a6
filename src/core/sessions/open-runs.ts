import { diffRuns } from '../../shared/run-diff/diff-runs';
import type { BackendSwitch } from '../backends/backend-switch';
import { RunBook } from '../runs/run-book';
import { RunController } from '../runs/run-controller';
import { RunTelemetryReader } from '../runs/telemetry/run-telemetry-reader';
import type { LokiClient } from '../telemetry/loki-client';
import type { PrometheusClient } from '../telemetry/prometheus-client';
import type { TempoClient } from '../telemetry/tempo-client';
import { EngineSessions } from './engine-sessions';
import { PriceBook } from './prices/price-book';
import { QueriedSessions } from './queried-sessions';
import { SessionController } from './session-controller';

interface RunDependencies {
  readonly home: string;
  readonly backends: BackendSwitch;
  readonly tempo: TempoClient;
  readonly loki: LokiClient;
  readonly prometheus: PrometheusClient;
  onUnkept(reason: Error): void;
}

/** Runs of commands, and the sessions of agents that started some of them, of whichever backend stands behind the ports. */
export async function openRuns({ home, backends, tempo, loki, prometheus, onUnkept }: RunDependencies) {
  const isEngine = () => backends.current.summarizesRuns === true;
  const endpoint = () => backends.queryEndpoint('tempo');
  const runs = await RunBook.open({ home, onUnkept });
  const telemetry = new RunTelemetryReader({
    ...{ tempo, loki, prometheus, endpoint, summarizesRuns: isEngine },
    otlpHttp: () => backends.current.describe().endpoints.otlpHttp ?? null,
  });
  const runController = new RunController(runs, telemetry, diffRuns);
  const ofEngine = new EngineSessions(endpoint);
  const queried = new QueriedSessions({ tempo, loki, prometheus });
  const source = () => (isEngine() ? ofEngine : queried);
  let runsChanged = 0;
  runs.subscribe(() => void runsChanged++);
  const sessions = new SessionController({
    source: {
      list: (window, limit, signal) => source().list(window, limit, signal),
      find: (ref, wanted, signal) => source().find(ref, wanted, signal),
    },
    prices: new PriceBook(home),
    runs: () => runs.list(),
    version: () => {
      const { current } = backends;
      const arrived = current.arrived?.();
      return arrived && `${current.kind}/${arrived}/${runsChanged}`;
    },
    diff: (run) => runController.againstPrevious(run),
  });
  return { runs, runController, sessions };
}
