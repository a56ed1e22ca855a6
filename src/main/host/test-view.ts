import type { Delivery, Destination } from '../../shared/contract/destinations';
import type { HostStatus } from '../../shared/contract/host';
import type { Run } from '../../shared/runs/run';
import { testCapabilities } from '../../shared/test-capabilities';
import type { HostView } from './host-view';

const nothing = { spans: 0, logs: 0, points: 0 };

/** A host with the embedded engine at work, changed by what is given. For tests. */
export function testView(status: Partial<HostStatus> = {}, view: Partial<HostView> = {}): HostView {
  return {
    link: 'own',
    pid: 1,
    status: {
      version: '0.0.0',
      host: 'desktop',
      pid: 1,
      startedAt: 0,
      backend: 'embedded',
      capabilities: testCapabilities(status.backend),
      state: 'ready',
      services: [{ name: 'tempo', title: 'Tempo API', state: 'up' }],
      endpoints: {
        otlpGrpc: 'http://127.0.0.1:4317',
        otlpHttp: 'http://127.0.0.1:4318',
        tempo: '',
        loki: '',
        prometheus: '',
      },
      keptAt: { here: true, where: 'on this machine' },
      ingest: {
        rates: nothing,
        totals: nothing,
        rejected: nothing,
        leftOut: 0,
        rejections: [],
        lastReceivedAt: null,
        history: [],
      },
      storage: {
        dataDir: '',
        diskBytes: 0,
        maxBytes: 0,
        maxAgeHours: 1,
        oldestAt: null,
        backlogBytes: 0,
        stored: null,
        residentBytes: 0,
      },
      cloud: { enabled: false, destinations: 0, state: 'off' },
      problems: [],
      ...status,
    },
    destinations: { destinations: [], redaction: [], secretStore: '', change: { state: 'done' } },
    settings: {
      backend: 'embedded',
      pipeline: { faro: false, scrapeTargets: [] },
      theme: 'system',
      serviceName: 'shop',
      shell: 'bash',
      language: 'go',
      retention: { maxAgeHours: 1, maxBytes: 2 ** 30 },
      desktop: { openAtLogin: false, startHidden: true, keepRunning: true, onQuit: 'ask' },
    },
    lastRun: null,
    ...view,
  };
}

/** A run that went as the one before. For tests. */
export function testRun(fields: Partial<Run> = {}): Run {
  return {
    id: 'abcdefgh',
    name: 'shop',
    command: ['npm', 'test'],
    folder: '/home/ada/shop',
    startedAt: 1000,
    endedAt: 2000,
    exitCode: 0,
    state: 'ended',
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    pinned: false,
    outcome: { traces: 1, spans: 2, errors: 0, findings: 0, verdict: 'same' },
    ...fields,
  };
}

export function testDestination(fields: Partial<Destination>, state: Delivery['state'] = 'off'): Destination {
  const delivery: Delivery = {
    state,
    sent: nothing,
    dropped: nothing,
    queued: 0,
    queueUnit: 'requests',
    queueCapacity: 0,
    bytes: null,
    lastSentAt: null,
    lastError: null,
  };
  return {
    id: 'sumo',
    kind: 'sumo',
    name: 'Sumo',
    endpoint: 'https://example.org',
    headerNames: [],
    hasSecret: true,
    enabled: false,
    delivery,
    ...fields,
  };
}
