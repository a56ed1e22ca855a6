import type { HostStatus, ServiceHealth } from '../../shared/contract/host';
import type { EnginePorts, EngineServiceName } from '../../shared/engine-messages';
import type { Problem } from '../../shared/problem';
import type { EngineController } from '../engine/engine-controller';

export interface HostFacts {
  version: string;
  kind: 'headless' | 'desktop';
  pid: number;
  /** Unix milliseconds. */
  startedAt: number;
  dataDir: string;
  /** Loopback address of every port. */
  address: string;
  /** Found before the engine started, such as unreadable settings. */
  problems: ReadonlyMap<string, Problem>;
}

const titles: Record<EngineServiceName, string> = {
  'otlp-grpc': 'OTLP gRPC',
  'otlp-http': 'OTLP HTTP',
  store: 'Store',
  tempo: 'Tempo API',
  loki: 'Loki API',
  prometheus: 'Prometheus API',
};

/** Where each service answers on the given ports. gRPC exporters want a URL as well. */
export function endpointsOf(address: string, ports: EnginePorts): HostStatus['endpoints'] {
  const host = address.includes(':') ? `[${address}]` : address;
  return {
    otlpGrpc: `http://${host}:${ports.otlpGrpc}`,
    otlpHttp: `http://${host}:${ports.otlpHttp}`,
    tempo: `http://${host}:${ports.tempo}`,
    loki: `http://${host}:${ports.loki}`,
    prometheus: `http://${host}:${ports.prometheus}`,
  };
}

/** One snapshot of everything the panel's frame shows. */
export function describeHost(facts: HostFacts, engine: EngineController): HostStatus {
  const endpoints = endpointsOf(facts.address, engine.ports);
  const { stats } = engine;
  const problems = [...facts.problems, ...engine.problems].map(([id, problem]) => ({ id, ...problem }));
  const services = describeServices(engine, endpoints);
  return {
    version: facts.version,
    host: facts.kind,
    pid: facts.pid,
    startedAt: facts.startedAt,
    backend: 'embedded',
    state: overallState(engine, services),
    services,
    endpoints,
    ingest: engine.ingest.read(),
    storage: {
      dataDir: facts.dataDir,
      diskBytes: stats?.diskBytes ?? 0,
      maxBytes: engine.retention.maxBytes,
      maxAgeHours: engine.retention.maxAgeHours,
      oldestAt: stats?.oldestAt ?? null,
      backlogBytes: stats?.backlogBytes ?? 0,
      stored: stats?.stored ?? { spans: 0, logs: 0, points: 0, series: 0 },
      residentBytes: stats?.residentBytes ?? 0,
    },
    cloud: { enabled: false, destinations: 0, state: 'off' },
    problems,
  };
}

function describeServices(engine: EngineController, endpoints: HostStatus['endpoints']): ServiceHealth[] {
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

/** A crash that is over is still told, and hurts nothing any more. */
function hurts({ problems }: EngineController): boolean {
  return [...problems.keys()].some((id) => id !== 'engine-crashed');
}

function overallState(engine: EngineController, services: ServiceHealth[]): HostStatus['state'] {
  switch (engine.state.name) {
    case 'waiting':
      return 'starting';
    case 'ready':
      return hurts(engine) || services.some((service) => service.state === 'down') ? 'degraded' : 'ready';
    default:
      return engine.state.name;
  }
}
