import { describe, expect, it } from 'vitest';
import type { Trace } from '../../shared/contract/telemetry';
import type { LokiClient } from '../telemetry/loki-client';
import type { TempoClient } from '../telemetry/tempo-client';
import { SearchedErrors } from './searched-errors';

const at = 1_796_000_000_000;
const asked = { window: { from: at - 60_000, to: at + 60_000 }, buckets: 10 };

function failed(traceId: string): Trace {
  const exception = {
    name: 'exception',
    timeNs: `${at}000000`,
    attributes: [
      { key: 'exception.type', value: 'PaymentError' },
      { key: 'exception.message', value: 'card declined' },
    ],
  };
  return {
    traceId,
    resources: [{ attributes: [] }],
    spans: [
      {
        ...{ spanId: '1'.repeat(16), parentSpanId: '', name: 'pay', service: 'shop', kind: 'server', resource: 0 },
        ...{ startNs: `${at}000000`, durationNs: 5, status: { code: 'error', message: '' }, attributes: [] },
        ...{ scope: { name: '', version: '' }, links: [], events: [exception] },
      },
    ],
  } as unknown as Trace;
}

/** Failed traces of a backend that knows nothing of errors; each is told to take so many milliseconds. */
function open(ids: readonly string[], tookMs = 0) {
  let now = 0;
  const got: string[] = [];
  const spans = new Map(ids.map((id) => [id, 1]));
  const tempo = {
    search: async () => ({
      traces: ids.map((traceId) => ({ traceId, spanCount: spans.get(traceId), errorCount: 1 })),
    }),
    get: async (traceId: string) => {
      got.push(traceId);
      now += tookMs;
      return failed(traceId);
    },
  };
  const has = () => ({ traces: true, logs: false });
  const errors = new SearchedErrors({
    ...{ tempo: tempo as unknown as TempoClient, loki: {} as LokiClient, has, now: () => now },
  });
  return { errors, got, spans };
}

describe('errors of a backend that is asked for its traces', () => {
  it('reads each trace once, and again when it has grown', async () => {
    const { errors, got, spans } = open(['a', 'b']);
    expect((await errors.list(asked)).groups[0]!.count).toBe(2);
    expect((await errors.list(asked)).groups[0]!.count).toBe(2);
    expect(got).toEqual(['a', 'b']);
    spans.set('b', 7);
    await errors.list(asked);
    expect(got).toEqual(['a', 'b', 'b']);
  });

  it('tells of a slow one what was read so far with its number, and goes on with the rest when asked again', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `t${index}`);
    const { errors } = open(ids, 3000);
    const first = await errors.list(asked);
    expect(first.groups[0]!.count).toBe(8);
    expect(first.leftOut).toContain('Traces that failed and were looked at: 8 of 20.');
    await errors.list(asked);
    const last = await errors.list(asked);
    expect(last.groups[0]!.count).toBe(20);
    expect(last.leftOut).toContain('Traces that failed and were looked at: 20 of 20.');
  });
});
