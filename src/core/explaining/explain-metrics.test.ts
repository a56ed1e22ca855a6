import { describe, expect, it } from 'vitest';
import type { Series, TimeWindow } from '../../shared/contract/telemetry';
import type { ExplainRequest } from '../../shared/explain/explain-request';
import type { PrometheusClient } from '../telemetry/prometheus-client';
import { BackendFailure } from '../telemetry/request/backend-failure';
import { explainMetrics } from './explain-metrics';

const hour = 3_600_000;
const request: ExplainRequest = {
  signal: 'traces',
  selection: { window: { from: hour, to: 2 * hour } },
  against: { window: { from: 0, to: hour } },
};

/** Counters rise by `rate(window)` a second, gauges stand at it. */
function backend(rates: Record<string, (window: TimeWindow) => number>): PrometheusClient {
  const queryRange = async (query: string, window: TimeWindow, step: number) => {
    const isOfCounters = query.startsWith('sum');
    const series = Object.entries(rates).flatMap(([name, rate]): Series[] => {
      if (/_(?:total|count|sum)$/.test(name) !== isOfCounters) return [];
      const values: [number, string][] = [];
      for (let seconds = window.from / 1000; seconds <= window.to / 1000; seconds += step) {
        const value = rate(window) * (isOfCounters ? seconds : 1 + (seconds % 7) / 100);
        values.push([seconds, String(value)]);
      }
      return [{ labels: { __name__: name, service_name: 'shop' }, values }];
    });
    return { series, warnings: [] };
  };
  return { queryRange } as unknown as PrometheusClient;
}

describe('explainMetrics', () => {
  it('tells counters by their rate, gauges by their level, histograms by their mean', async () => {
    const isLater = ({ from }: TimeWindow) => from > hour;
    const { metrics } = await explainMetrics(
      backend({
        errors_total: (window) => (isLater(window) ? 8 : 1),
        requests_total: () => 50,
        memory_bytes: (window) => (isLater(window) ? 900 : 300),
        latency_seconds_sum: (window) => (isLater(window) ? 20 : 5),
        latency_seconds_count: () => 10,
      }),
      request,
    );
    expect(
      metrics.map(({ name, of, against, selection }) => [
        name,
        of,
        Math.round(against * 10),
        Math.round(selection * 10),
      ]),
    ).toEqual([
      ['errors_total', 'rate', 10, 80],
      ['latency_seconds', 'mean', 5, 20],
      ['memory_bytes', 'level', expect.any(Number), expect.any(Number)],
    ]);
  });

  it('asks for none where both populations are of one window', async () => {
    const never = { queryRange: () => expect.unreachable() } as unknown as PrometheusClient;
    expect(await explainMetrics(never, { ...request, against: request.selection })).toEqual({
      metrics: [],
      leftOut: [],
    });
  });

  it('says that metrics could not be asked for, and hides nothing else', async () => {
    const down = {
      queryRange: async () => {
        throw new BackendFailure('unavailable', 'Nobody answers.');
      },
    } as unknown as PrometheusClient;
    expect((await explainMetrics(down, request)).leftOut).toEqual(['Metrics could not be asked for: Nobody answers.']);
  });
});
