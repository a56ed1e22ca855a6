import type { Finding } from '../../shared/runs/finding';
import type { Run, RunIdentity } from '../../shared/runs/run';
import type { RunChange, RunDiff } from '../../shared/runs/run-diff';
import type { RequestShape, RunSummary, RunTelemetry, SpanShape } from '../../shared/runs/run-summary';
import { someTime } from './telemetry-data';

const millisecond = 1_000_000;
const commit = '4bf92f3577b34da6a3ce929d0e0e4736aabbccdd';

/** A run of the shop's tests that went well in 12 s; `id` may be short. */
export function makeRun(id: string, fields: Partial<Run> = {}): Run {
  return {
    ...identityOf(id),
    state: 'ended',
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    pinned: false,
    outcome: { traces: 12, spans: 240, errors: 0, findings: 0, verdict: 'same' },
    ...fields,
  };
}

/** One that has not ended. */
export function makeRunning(id: string, fields: Partial<Run> = {}): Run {
  return makeRun(id, { state: 'running', endedAt: null, exitCode: null, outcome: undefined, ...fields });
}

export function identityOf(id: string, fields: Partial<RunIdentity> = {}): RunIdentity {
  return {
    id: id.padEnd(8, 'a'),
    name: 'shop',
    command: ['npm', 'test'],
    folder: '/home/ada/shop',
    revision: { commit, branch: 'main', repository: 'shop', dirty: false },
    startedAt: someTime,
    endedAt: someTime + 12_000,
    exitCode: 0,
    ...fields,
  };
}

/** A shape of `GET /orders`, that is seen once in each of ten requests, below the root. */
export function makeShape(name: string, fields: Partial<SpanShape> = {}): SpanShape {
  return {
    request: 'shop GET /orders',
    parent: 'shop server GET /orders',
    service: 'shop',
    kind: 'client',
    name,
    count: 10,
    errors: 0,
    retries: 0,
    query: false,
    durations: durations(5),
    examples: ['c'.repeat(32)],
    ...fields,
  };
}

export function makeRequest(fields: Partial<RequestShape> = {}): RequestShape {
  return { request: 'shop GET /orders', count: 10, errors: 0, durations: durations(20), ...fields };
}

export function makeSummary(id: string, telemetry: Partial<RunTelemetry> = {}): RunSummary {
  return {
    version: 1,
    run: identityOf(id),
    telemetry: {
      traces: 10,
      spans: 20,
      errorSpans: 0,
      services: [{ name: 'shop', spans: 20, errorSpans: 0, logs: 3, errorLogs: 0, metrics: 1 }],
      requests: [makeRequest()],
      shapes: [makeShape('GET /orders', { kind: 'server', parent: '' }), makeShape('SELECT orders', { query: true })],
      templates: [],
      metrics: [],
      findings: [],
      leftOut: [],
      ...telemetry,
    },
  };
}

export function makeFinding(fields: Partial<Finding> = {}): Finding {
  return {
    rule: 'n-plus-one-queries',
    fingerprint: '0123456789abcdef',
    severity: 'problem',
    service: 'shop',
    sentence: 'shop asks SELECT order_items 17 times in GET /orders.',
    advice: 'Ask once for all of them.',
    occurrences: 4,
    traces: 2,
    evidence: [
      {
        traceId: 'd'.repeat(32),
        spanIds: ['e'.repeat(16)],
        count: 17,
        startNs: `${someTime}000000`,
        durationNs: 34 * millisecond,
      },
    ],
    ...fields,
  };
}

export function makeChange(kind: RunChange['kind'], fields: Partial<RunChange> = {}): RunChange {
  return {
    kind,
    worse: false,
    sentence: `A change of the kind ${kind}.`,
    service: 'shop',
    request: 'shop GET /orders',
    subject: 'SELECT orders',
    before: 1,
    after: 2,
    examples: {},
    ...fields,
  };
}

export function makeDiff(before: string, after: string, fields: Partial<RunDiff> = {}): RunDiff {
  return {
    before: identityOf(before),
    after: identityOf(after),
    verdict: 'same',
    matched: 1,
    changes: [],
    notJudged: [],
    leftOut: [],
    ...fields,
  };
}

function durations(ms: number): SpanShape['durations'] {
  return {
    totalNs: ms * 10 * millisecond,
    p50Ns: ms * millisecond,
    p95Ns: ms * 2 * millisecond,
    maxNs: ms * 3 * millisecond,
    samples: [ms * millisecond],
  };
}
