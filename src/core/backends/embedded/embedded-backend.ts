import type { Delivery } from '../../../shared/contract/destinations';
import type { QueryApi } from '../../../shared/contract/external';
import type { Capabilities, HostStatus, ServiceHealth } from '../../../shared/contract/host';
import type { EngineServiceName } from '../../../shared/engine-messages';
import type { Problem } from '../../../shared/problem';
import { deliveryOfForward } from '../../destinations/delivery-of-forward';
import type { Forwarding } from '../../destinations/forwarding';
import type { QueryEndpoint } from '../../telemetry/request/query-endpoint';
import type { Backend, BackendDescription, BackendStorage } from '../backend';
import { endpointsOf } from '../endpoints';
import { onThisMachine } from '../on-this-machine';
import type { EngineController } from './engine-controller';

const titles: Record<EngineServiceName, string> = {
  'otlp-grpc': 'OTLP gRPC',
  'otlp-http': 'OTLP HTTP',
  store: 'Store',
  tempo: 'Tempo API',
  loki: 'Loki API',
  prometheus: 'Prometheus API',
};

const mebibyte = 1024 * 1024;

/** The engine of this program: nothing else is needed. */
export class EmbeddedBackend implements Backend {
  readonly kind = 'embedded';
  readonly summarizesRuns = true;
  readonly capabilities: Capabilities = {
    services: false,
    storage: true,
    progress: false,
    outlivesHost: false,
    lifecycle: true,
    forwarding: true,
    ingest: true,
    traces: true,
    logs: true,
    metrics: true,
    because: { services: 'All of them are one process.' },
  };

  readonly storage: BackendStorage;

  constructor(
    private readonly engine: EngineController,
    private readonly facts: { dataDir: string; address: string },
  ) {
    this.storage = {
      clean: () => engine.clean(),
      setRetention: (retention) => engine.setRetention(retention),
    };
  }

  subscribe(listener: () => void): () => void {
    return this.engine.subscribe(listener);
  }

  start(): void {
    this.engine.start();
  }

  async stop(): Promise<null> {
    await this.engine.stop();
    return null;
  }

  restart(): void {
    this.engine.restart();
  }

  settled(): Promise<void> {
    return this.engine.until(({ name }) => name !== 'starting' && name !== 'stopping');
  }

  /** A span that takes the place of another changes no count of what is stored: its request does. */
  arrived(): string | undefined {
    const { stats } = this.engine;
    if (!stats) return undefined;
    const { accepted, stored, backlogBytes } = stats;
    return [accepted.requests, stored.spans, stored.logs, stored.points, backlogBytes].join('/');
  }

  describe(): BackendDescription {
    const { engine } = this;
    const { stats, retention } = engine;
    const endpoints = endpointsOf(this.facts.address, engine.ports);
    const services = describeServices(engine, endpoints);
    return {
      state: overallState(engine, services),
      services,
      endpoints,
      keptAt: onThisMachine,
      ingest: engine.ingest.read(),
      storage: {
        dataDir: this.facts.dataDir,
        diskBytes: stats?.diskBytes ?? 0,
        maxBytes: retention.maxBytes,
        maxAgeHours: retention.maxAgeHours,
        oldestAt: stats?.oldestAt ?? null,
        backlogBytes: stats?.backlogBytes ?? 0,
        stored: stats?.stored ?? { spans: 0, logs: 0, points: 0, series: 0 },
        // To the mebibyte: it never rests otherwise, and each change is told to everybody who looks.
        residentBytes: Math.round((stats?.residentBytes ?? 0) / mebibyte) * mebibyte,
      },
      problems: engine.problems.list(),
    };
  }

  queryEndpoint(api: QueryApi): QueryEndpoint {
    return { base: this.describe().endpoints[api], leavesOutNil: true };
  }

  dismiss(id: string): boolean {
    return this.engine.dismissProblem(id);
  }

  forward(forwarding: Forwarding): Promise<Problem | null> {
    return this.engine.setForward(forwarding);
  }

  deliveries(): ReadonlyMap<string, Delivery> {
    return new Map(this.engine.forwardStats.map((stats) => [stats.id, deliveryOfForward(stats)]));
  }

  close(): Promise<void> {
    return this.engine.stop();
  }
}

function describeServices(engine: EngineController, endpoints: ReturnType<typeof endpointsOf>): ServiceHealth[] {
  const addresses: Partial<Record<EngineServiceName, string>> = {
    'otlp-grpc': endpoints.otlpGrpc.replace('http://', ''),
    'otlp-http': endpoints.otlpHttp,
    tempo: endpoints.tempo,
    loki: endpoints.loki,
    prometheus: endpoints.prometheus,
  };
  const unknown = engine.state.name === 'starting' || engine.state.name === 'waiting' ? 'starting' : 'down';
  return (Object.keys(titles) as EngineServiceName[]).map((name) => ({
    name,
    title: titles[name],
    ...(engine.services.get(name) ?? { state: unknown }),
    ...(addresses[name] && { address: addresses[name] }),
  }));
}

function overallState(engine: EngineController, services: ServiceHealth[]): HostStatus['state'] {
  switch (engine.state.name) {
    case 'waiting':
      return 'starting';
    case 'ready':
      return engine.problems.hurts || services.some((service) => service.state === 'down') ? 'degraded' : 'ready';
    default:
      return engine.state.name;
  }
}
