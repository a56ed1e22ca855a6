import { probeMetric } from '../../shared/runs/probe-names';
import { findFields, findFieldValues } from '../telemetry/logs/find-fields';
import { findPatterns } from '../telemetry/logs/find-patterns';
import type { LokiClient } from '../telemetry/loki-client';
import type { PrometheusClient } from '../telemetry/prometheus-client';
import type { TelemetryTails } from '../telemetry/telemetry-tails';
import type { TempoClient } from '../telemetry/tempo-client';
import { volumeOverTime } from '../telemetry/volume-over-time';
import { linesWithoutProbes, namesWithoutProbes, tracesWithoutProbes } from '../telemetry/without-probes';
import type { Implementer } from './implement-contract';
import { mapFeedFailures } from './map-failure';

export interface TelemetryDependencies {
  tempo: TempoClient;
  loki: LokiClient;
  prometheus: PrometheusClient;
  tails: TelemetryTails;
}

/** Values of a label that are told beside their number. */
const toldValues = 1000;
const unending = new AbortController().signal;

/** Traces, logs and metrics: what the backend's own APIs answer, in the contract's shapes. */
export function createTelemetryProcedures(os: Implementer, { tempo, loki, prometheus, tails }: TelemetryDependencies) {
  return {
    traces: os.traces.router({
      search: os.traces.search.handler(async ({ input, signal }) => {
        const answer = await tempo.search(input.query, input.window, input.limit, signal, input.order);
        return { ...answer, traces: tracesWithoutProbes(answer.traces) };
      }),
      matchedSpans: os.traces.matchedSpans.handler(({ input, signal }) => tempo.matchedSpans(input, signal)),
      aggregate: os.traces.aggregate.handler(({ input, signal }) => tempo.aggregate(input.query, input.window, signal)),
      aggregateRange: os.traces.aggregateRange.handler(({ input, signal }) =>
        tempo.aggregateRange(input.query, input.window, input.step, signal),
      ),
      facets: os.traces.facets.handler(({ input, signal }) => tempo.facets(input, signal)),
      get: os.traces.get.handler(({ input, signal }) => tempo.get(input.traceId, signal, input.mostSpans)),
      exportOtlp: os.traces.exportOtlp.handler(({ input, signal }) => tempo.exportOtlp(input.traceId, signal)),
      tail: os.traces.tail.handler(async ({ input, signal = unending, lastEventId }) =>
        mapFeedFailures(tails.traces.follow(input.query, lastEventId, signal)),
      ),
      tagNames: os.traces.tagNames.handler(({ signal }) => tempo.tagNames(signal)),
      tagValues: os.traces.tagValues.handler(async ({ input, signal }) =>
        namesWithoutProbes(await tempo.tagValues(input.tag, signal)),
      ),
    }),
    volume: os.volume.router({
      overTime: os.volume.overTime.handler(({ input, signal }) => volumeOverTime({ tempo, loki }, input, signal)),
    }),
    logs: os.logs.router({
      query: os.logs.query.handler(async ({ input, signal }) => ({
        records: linesWithoutProbes(await loki.query(input.query, input.window, input.limit, input.direction, signal)),
      })),
      tail: os.logs.tail.handler(async ({ input, signal = unending, lastEventId }) =>
        mapFeedFailures(tails.logs.follow(input.query, lastEventId, signal)),
      ),
      context: os.logs.context.handler(async ({ input, signal }) => ({
        records: await loki.context(input.labels, input.timeNs, input.lines, signal),
      })),
      labels: os.logs.labels.handler(({ input, signal }) => loki.labels(input.window, signal)),
      labelValues: os.logs.labelValues.handler(async ({ input, signal }) =>
        namesWithoutProbes(await loki.labelValues(input.label, input.window, signal)),
      ),
      patterns: os.logs.patterns.handler(({ input, signal }) => findPatterns(loki, input, signal)),
      fields: os.logs.fields.handler(({ input, signal }) => findFields(loki, input.query, input.window, signal)),
      fieldValues: os.logs.fieldValues.handler(({ input, signal }) => findFieldValues(loki, input, signal)),
      aggregate: os.logs.aggregate.handler(async ({ input, signal }) => ({
        series: await loki.aggregate(input.query, input.window, signal),
      })),
      volume: os.logs.volume.handler(({ input, signal }) => loki.volume(input.query, input.window, input.step, signal)),
    }),
    metrics: os.metrics.router({
      names: os.metrics.names.handler(async ({ input, signal }) =>
        (await prometheus.names(input.window, signal)).filter(({ name }) => name !== probeMetric),
      ),
      queryRange: os.metrics.queryRange.handler(({ input, signal }) =>
        prometheus.queryRange(input.query, input.window, input.step, signal),
      ),
      query: os.metrics.query.handler(({ input, signal }) => prometheus.query(input.query, input.at, signal)),
      labels: os.metrics.labels.handler(({ input, signal }) => prometheus.labels(input.metric, input.window, signal)),
      labelCounts: os.metrics.labelCounts.handler(({ input, signal }) =>
        prometheus.labelCounts(input.match, input.window, signal),
      ),
      labelValues: os.metrics.labelValues.handler(async ({ input, signal }) => {
        const values = await prometheus.labelValues(input.label, input.window, signal, input.match);
        return { total: values.length, values: values.slice(0, toldValues) };
      }),
      exemplars: os.metrics.exemplars.handler(({ input, signal }) =>
        prometheus.exemplars(input.query, input.window, signal),
      ),
    }),
  };
}
