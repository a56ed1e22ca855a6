import { afterEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../shared/runs/run';
import { RunSummary } from '../../../shared/runs/run-summary';
import { LokiClient } from '../../telemetry/loki-client';
import { PrometheusClient } from '../../telemetry/prometheus-client';
import { openScriptedBackend, type ScriptedBackend } from '../../telemetry/request/scripted-backend';
import { TempoClient } from '../../telemetry/tempo-client';
import { RunTelemetryReader } from './run-telemetry-reader';

let backend: ScriptedBackend | undefined;
afterEach(() => backend?.close());

const run: Run = {
  ...{ id: 'abcdefgh', name: 'shop', command: ['npm', 'test'], folder: '/shop', startedAt: 1000, endedAt: null },
  ...{ exitCode: null, state: 'running', traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), pinned: false },
};
const nothing = {
  ...{ traces: 0, spans: 0, errorSpans: 0, services: [], requests: [], shapes: [], templates: [], metrics: [] },
  ...{ findings: [], leftOut: [] },
};
const series = (names: readonly string[]) => ({
  data: {
    resultType: 'vector',
    result: names.map((name) => ({ metric: { __name__: name, service_name: 'shop' }, value: [2, '1'] })),
  },
});

async function read(metrics: [number, object], labels: [number, object], told: object = nothing) {
  backend = await openScriptedBackend({
    '/watchtower/run': [200, told],
    '/api/v1/query': metrics,
    '/api/v1/series': labels,
  });
  const endpoint = () => ({ base: backend!.base });
  const reader = new RunTelemetryReader({
    ...{ tempo: new TempoClient(endpoint), loki: new LokiClient(endpoint), prometheus: new PrometheusClient(endpoint) },
    ...{ endpoint, summarizesRuns: () => true, otlpHttp: () => null, now: () => 2000 },
  });
  const telemetry = await reader.read(run);
  RunSummary.shape.telemetry.parse(telemetry);
  return telemetry;
}

describe('what a run has sent', () => {
  it('names its metrics as cut where they are too many, as spans and lines are', async () => {
    const many = Array.from({ length: 2001 }, (_, index) => `orders_${index}_total`);
    const { metrics, leftOut, cut } = await read([200, series(many)], [200, { data: [] }]);
    expect(metrics).toHaveLength(2000);
    expect(leftOut).toEqual(['1 metrics beyond 2000 are not listed.']);
    expect(cut).toEqual(['metrics']);
  });

  it('names as cut what could not be asked for, beside what was cut already', async () => {
    const told = { ...nothing, leftOut: ['Lines.'], cut: ['lines'] };
    const { leftOut, cut } = await read([500, {}], [500, {}], told);
    expect(leftOut).toEqual([
      'Lines.',
      expect.stringContaining('Metrics could not be asked for'),
      expect.stringContaining('Labels of metrics could not be asked for'),
    ]);
    expect(cut).toEqual(['findings', 'lines', 'metrics']);
  });

  it('names nothing as cut where all is there', async () => {
    const telemetry = await read([200, series(['orders_total'])], [200, { data: [] }]);
    expect(telemetry).toMatchObject({ metrics: [{ name: 'orders_total', value: 1 }], leftOut: [] });
    expect(telemetry).not.toHaveProperty('cut');
  });
});
