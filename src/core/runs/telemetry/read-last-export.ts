import type { TimeWindow } from '../../../shared/contract/telemetry';
import { runAttributes, runIdLabel } from '../../../shared/runs/run-attributes';
import type { LokiClient } from '../../telemetry/loki-client';
import type { PrometheusClient } from '../../telemetry/prometheus-client';
import { BackendFailure } from '../../telemetry/request/backend-failure';
import type { TempoClient } from '../../telemetry/tempo-client';

interface Apis {
  readonly tempo: TempoClient;
  readonly loki: LokiClient;
  readonly prometheus: PrometheusClient;
}

interface Asked {
  readonly runId: string;
  readonly window: TimeWindow;
  /** Of the run's own span: it lasts as long as the run, and its programs do not export it. */
  readonly traceId: string;
}

/** The newest of them by their starts: the one that ends last is hardly another one. */
const NEWEST_TRACES = 20;

/**
 * Of when the newest of what the programs of a run have exported is, Unix milliseconds: about when they last exported. Null where
 * nothing is of them, or it cannot be asked for.
 */
export async function readLastExport(
  { tempo, loki, prometheus }: Apis,
  { runId, window, traceId: own }: Asked,
  signal?: AbortSignal,
): Promise<number | null> {
  const toMs = (nanoseconds: string) => Number(BigInt(nanoseconds) / 1_000_000n);
  const newest = await Promise.all(
    [
      async () => {
        const query = `{ resource.${runAttributes.id} = "${runId}" }`;
        const { traces } = await tempo.search(query, window, NEWEST_TRACES, signal);
        return traces
          .filter(({ traceId }) => traceId !== own)
          .map(({ startNs, durationNs }) => toMs(startNs) + durationNs / 1e6);
      },
      async () => {
        const query = `{service_name=~".+"} | ${runIdLabel}="${runId}" | log_iostream=""`;
        return (await loki.query(query, window, 1, 'backward', signal)).map(({ timeNs }) => toMs(timeNs));
      },
      async () => {
        const { series } = await prometheus.query(
          `max(timestamp(target_info{${runIdLabel}="${runId}"}))`,
          window.to,
          signal,
        );
        return series.map(({ values }) => 1000 * Number(values.at(-1)?.[1]));
      },
    ].map((ask) =>
      ask().catch((error: unknown) => {
        if (error instanceof BackendFailure) return [];
        throw error;
      }),
    ),
  );
  const times = newest.flat().filter(Number.isFinite);
  return times.length === 0 ? null : Math.max(...times);
}
