import { describe, expect, it } from 'vitest';
import type { TraceSummary } from '../../shared/contract/telemetry';
import { pollTraces } from './poll-traces';

function summary(traceId: string, spanCount: number): TraceSummary {
  const services = [{ name: 'shop', spans: spanCount, errors: 0 }];
  return {
    traceId,
    rootService: 'shop',
    rootName: 'x',
    startNs: '1',
    durationNs: 1,
    spanCount,
    errorCount: 0,
    services,
  };
}

describe('pollTraces', () => {
  it('tells what is new or grew since the last look, and nothing of what was there before', async () => {
    const looks = [
      [summary('old', 1)],
      [summary('old', 1), summary('new', 2)],
      [summary('old', 1), summary('new', 2)],
      [summary('old', 3), summary('new', 2)],
    ];
    const asked: { from: number; to: number }[] = [];
    const stop = new AbortController();
    const search = async (window: { from: number; to: number }) => {
      asked.push(window);
      return { traces: looks[asked.length - 1] ?? [] };
    };
    const tail = pollTraces(search, stop.signal, { everyMs: 1, now: () => 100_000 });
    expect((await tail.next()).value).toEqual({ traces: [], dropped: 0, opened: true });
    expect((await tail.next()).value).toEqual({ traces: [summary('new', 2)], dropped: 0 });
    expect((await tail.next()).value).toEqual({ traces: [summary('old', 3)], dropped: 0 });
    expect(asked).toHaveLength(4);
    expect(asked[0]).toEqual({ from: 40_000, to: 101_000 });
    stop.abort();
    expect((await tail.next()).done).toBe(true);
  });
});
