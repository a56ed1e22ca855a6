import type { BackendService, BackendStatus } from '../../shared/contract/backend';
import type { Destination, DestinationsStatus } from '../../shared/contract/destinations';
import type { HostStatus, Settings } from '../../shared/contract/host';
import { testCapabilities } from '../../shared/test-capabilities';

type Fields<Value> = { [Key in keyof Value]?: Value[Key] };

/** A host at rest, which has received nothing yet. */
export function makeStatus(fields: Fields<HostStatus> = {}): HostStatus {
  const none = { spans: 0, logs: 0, points: 0 };
  return {
    version: '0.1.0',
    host: 'headless',
    pid: 4711,
    startedAt: Date.UTC(2026, 7, 14, 12),
    backend: 'embedded',
    capabilities: testCapabilities(fields.backend),
    state: 'ready',
    services: [
      { name: 'otlp-grpc', title: 'OTLP/gRPC receiver', state: 'up', address: 'localhost:4317' },
      { name: 'tempo', title: 'Tempo API', state: 'up', address: 'http://localhost:3200' },
    ],
    endpoints: {
      otlpGrpc: 'http://localhost:4317',
      otlpHttp: 'http://localhost:4318',
      tempo: 'http://localhost:3200',
      loki: 'http://localhost:3100',
      prometheus: 'http://localhost:9090',
    },
    keptAt: { here: true, where: 'on this machine' },
    ingest: {
      rates: none,
      totals: none,
      rejected: none,
      leftOut: 0,
      rejections: [],
      lastReceivedAt: null,
      history: [],
    },
    storage: {
      dataDir: '/home/ada/.watchtower/data',
      diskBytes: 12 * 1024 * 1024,
      maxBytes: 2 * 1024 ** 3,
      maxAgeHours: 72,
      oldestAt: null,
      backlogBytes: 0,
      stored: { ...none, series: 0 },
      residentBytes: 150 * 1024 * 1024,
    },
    cloud: { enabled: false, destinations: 0, state: 'off' },
    problems: [],
    ...fields,
  };
}

export function makeSettings(fields: Fields<Settings> = {}): Settings {
  return {
    backend: 'embedded',
    pipeline: { faro: false, scrapeTargets: [] },
    theme: 'system',
    serviceName: 'my-app',
    shell: 'bash',
    language: 'nodejs',
    retention: { maxAgeHours: 72, maxBytes: 2 * 1024 ** 3 },
    desktop: { openAtLogin: false, startHidden: false, keepRunning: true, onQuit: 'ask' },
    ...fields,
  };
}

/** A destination that works. */
export function makeDestination(fields: Fields<Destination> = {}): Destination {
  return {
    id: 'sumo',
    kind: 'sumo',
    name: 'Team Sumo',
    endpoint: 'https://collectors.sumologic.com/receiver/v1/otlp',
    headerNames: [],
    hasSecret: true,
    enabled: true,
    delivery: makeDelivery(),
    ...fields,
  };
}

export function makeDelivery(fields: Fields<Destination['delivery']> = {}): Destination['delivery'] {
  return {
    state: 'sending',
    sent: { spans: 0, logs: 0, points: 0 },
    dropped: { spans: 0, logs: 0, points: 0 },
    queued: 0,
    queueUnit: 'requests',
    queueCapacity: 160_000,
    bytes: 0,
    lastSentAt: null,
    lastError: null,
    ...fields,
  };
}

export function makeDestinations(
  destinations: Destination[],
  fields: Fields<DestinationsStatus> = {},
): DestinationsStatus {
  return {
    destinations,
    redaction: [],
    secretStore: 'a file that only this user can read',
    change: { state: 'done' },
    ...fields,
  };
}

/** A container engine without any container of the stack. */
export function makeStack(fields: Fields<BackendStatus> = {}): BackendStatus {
  return {
    place: 'watchtower',
    runtime: {
      state: 'connected',
      endpoint: 'unix:///var/run/docker.sock',
      reason: 'the default socket',
      version: 'Docker Engine 28.2.2',
      architecture: 'arm64',
    },
    state: 'stopped',
    step: '',
    adopted: false,
    services: (['alloy', 'tempo', 'loki', 'prometheus', 'grafana'] as const).map((name) => makeService({ name })),
    pull: null,
    steps: [],
    problem: null,
    ...fields,
  };
}

/** A cluster that answers, without anything in it. */
export function makeCluster(fields: Fields<BackendStatus> = {}): BackendStatus {
  return makeStack({
    place: 'kind-watchtower/watchtower',
    runtime: {
      state: 'connected',
      endpoint: 'https://127.0.0.1:6443',
      reason: 'kind cluster watchtower',
      version: 'Kubernetes v1.37.0',
    },
    services: [],
    ...fields,
  });
}

export function makeService(fields: Fields<BackendService> & { name: BackendService['name'] }): BackendService {
  return {
    title: fields.name[0]!.toUpperCase() + fields.name.slice(1),
    image: `grafana/${fields.name}:3.0.0`,
    state: 'missing',
    outOfMemory: false,
    crashes: 0,
    ports: [],
    ...fields,
  };
}

/** A service whose container has answered for a minute and a half. */
export function makeRunning(name: BackendService['name'], fields: Fields<BackendService> = {}): BackendService {
  return makeService({ name, state: 'ready', instance: `${name}-1`, startedAt: Date.now() - 90_000, ...fields });
}
