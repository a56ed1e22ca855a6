import type { RunBook } from '../runs/run-book';
import type { RunController } from '../runs/run-controller';
import type { LokiClient } from '../telemetry/loki-client';
import type { PrometheusClient } from '../telemetry/prometheus-client';
import type { QueryEndpoint } from '../telemetry/request/query-endpoint';
import type { TempoClient } from '../telemetry/tempo-client';
import { EngineSessions } from './engine-sessions';
import { PriceBook } from './prices/price-book';
import { QueriedSessions } from './queried-sessions';
import { SessionController } from './session-controller';

interface SessionDependencies {
  readonly home: string;
  readonly tempo: TempoClient;
  readonly loki: LokiClient;
  readonly prometheus: PrometheusClient;
  readonly runs: RunBook;
  readonly runController: RunController;
  /** Of the Tempo port. */
  readonly endpoint: () => QueryEndpoint;
  /** That port is of an engine, which makes sessions itself. */
  readonly isEngine: () => boolean;
}

/** Sessions of whichever backend stands behind the ports. */
export function openSessions(dependencies: SessionDependencies): SessionController {
  const { home, tempo, loki, prometheus, runs, runController, endpoint, isEngine } = dependencies;
  const ofEngine = new EngineSessions(endpoint);
  const queried = new QueriedSessions({ tempo, loki, prometheus });
  const source = () => (isEngine() ? ofEngine : queried);
  return new SessionController({
    source: {
      list: (window, limit, signal) => source().list(window, limit, signal),
      find: (ref, wanted, signal) => source().find(ref, wanted, signal),
    },
    prices: new PriceBook(home),
    runs: () => runs.list(),
    diff: (run) => runController.againstPrevious(run),
  });
}
