import type { TimeWindow, Trace } from '../../shared/contract/telemetry';
import { tempoSearch } from '../../shared/requests/tempo-search';
import { tempoSeconds } from '../../shared/requests/tempo-seconds';
import type { ServiceSpans } from '../../shared/service-spans';
import { BackendFailure } from './backend-failure';
import { pollTraces } from './poll-traces';
import { type OtlpKeyValue, readOtlpAttributes } from './read-otlp-attributes';
import { compareNanos, type OtlpResourceSpans, readOtlpTrace } from './read-otlp-trace';
import { fullTraceId, readTraceSummary, type TempoTrace } from './read-trace-summary';
import { requestBackend } from './request-backend';
import { tailBackend } from './tail-backend';
import type { TraceTailBatch } from './trace-tail-batch';

/** Tempo's HTTP API in the contract's shapes. `base` is read on every call: the port may change with a restart. */
export class TempoClient {
  constructor(private readonly base: () => string) {}

  /** Newest first. */
  async search(query: string, window: TimeWindow, limit: number, signal?: AbortSignal) {
    const answer = await requestBackend<{ traces?: TempoTrace[]; metrics?: { inspectedTraces?: number } }>({
      base: this.base(),
      ...tempoSearch(query, window, limit),
      query,
      signal,
    });
    const traces = (answer.traces ?? []).map(readTraceSummary).sort((a, b) => compareNanos(b.startNs, a.startNs));
    const inspectedTraces = answer.metrics?.inspectedTraces;
    return { traces, ...(inspectedTraces !== undefined && { inspectedTraces }) };
  }

  /** Null when no span of it is there. */
  async get(traceId: string, signal?: AbortSignal): Promise<Trace | null> {
    const answer = await requestBackend<{ trace?: { resourceSpans?: OtlpResourceSpans[] } } | null>({
      base: this.base(),
      path: `/api/v2/traces/${encodeURIComponent(traceId)}`,
      signal,
      missingIsNull: true,
    });
    return readOtlpTrace(fullTraceId(traceId), answer?.trace?.resourceSpans ?? [], Date.now());
  }

  async tagNames(signal?: AbortSignal) {
    const { scopes = [] } = await requestBackend<{ scopes?: { name: string; tags?: string[] }[] }>({
      base: this.base(),
      path: '/api/v2/search/tags',
      signal,
    });
    const of = (scope: string) => scopes.find(({ name }) => name === scope)?.tags ?? [];
    return { resource: of('resource'), span: of('span'), intrinsic: of('intrinsic') };
  }

  async tagValues(tag: string, signal?: AbortSignal): Promise<string[]> {
    const { tagValues = [] } = await requestBackend<{ tagValues?: { value: string }[] }>({
      base: this.base(),
      path: `/api/v2/search/tag/${encodeURIComponent(tag)}/values`,
      signal,
    });
    return tagValues.map(({ value }) => value);
  }

  /**
   * The spans of each service, counted by the embedded engine, whose extension this is. Tempo itself is asked in TraceQL: its
   * percentile is an estimate from buckets, so it is held to the longest duration.
   */
  async services(window: TimeWindow, signal?: AbortSignal): Promise<ServiceSpans[]> {
    const own = await requestBackend<{ services: ServiceSpans[] } | null>({
      base: this.base(),
      path: '/watchtower/services',
      parameters: { start: Math.floor(window.from), end: Math.ceil(window.to) },
      signal,
      missingIsNull: true,
    });
    if (own) return own.services;
    const [spans, errors, p95, longest] = await Promise.all(
      [
        '{} | count_over_time()',
        '{ status = error } | count_over_time()',
        '{} | quantile_over_time(duration, .95)',
        '{} | max_over_time(duration)',
      ].map((query) => this.byService(`${query} by (resource.service.name)`, window, signal)),
    );
    return [...spans!].map(([name, count]) => {
      const most = longest!.get(name) ?? null;
      // Spans of no length are in no bucket.
      const estimate = p95!.get(name) ?? (most === null ? null : 0);
      return {
        name,
        spans: count,
        errors: errors!.get(name) ?? 0,
        p95Ns: estimate === null || most === null ? null : Math.min(estimate * 1e9, most * 1e9),
        longestNs: most === null ? null : most * 1e9,
      };
    });
  }

  /** An instant metrics query grouped by the service; durations are seconds. */
  private async byService(query: string, window: TimeWindow, signal?: AbortSignal): Promise<Map<string, number>> {
    const { series = [] } = await requestBackend<{
      series?: { labels?: OtlpKeyValue[]; value?: number | string }[];
    }>({
      base: this.base(),
      path: '/api/metrics/query',
      parameters: { q: query, ...tempoSeconds(window) },
      query,
      signal,
    });
    return new Map(
      series.map(({ labels, value = 0 }) => {
        const service = readOtlpAttributes(labels).find(({ key }) => key === 'resource.service.name');
        return [String(service?.value ?? ''), Number(value)];
      }),
    );
  }

  /**
   * Live summaries until the signal ends them: pushed by the embedded engine, whose extension this is, and asked for
   * again and again where the backend is Tempo itself.
   */
  async *tail(query: string, signal: AbortSignal): AsyncGenerator<TraceTailBatch> {
    try {
      yield* this.pushed(query, signal);
    } catch (error) {
      if (!(error instanceof BackendFailure) || error.status !== 404) throw error;
      yield* pollTraces((window, limit) => this.search(query, window, limit, signal), signal);
    }
  }

  private pushed(query: string, signal: AbortSignal): AsyncGenerator<TraceTailBatch> {
    return tailBackend<TraceTailBatch>({
      address: () => `${this.base().replace(/^http/, 'ws')}/api/tail?${new URLSearchParams({ q: query })}`,
      read: (message) => message as TraceTailBatch,
      opened: { traces: [], dropped: 0, opened: true },
      merge: mergeTraces,
      signal,
      query,
    });
  }
}

/** Rows kept for a reader that is slow; the oldest of more are counted as dropped. */
const maxWaiting = 500;

function mergeTraces(waiting: TraceTailBatch, next: TraceTailBatch): TraceTailBatch {
  const rows = new Map(waiting.traces.map((trace) => [trace.traceId, trace]));
  for (const trace of next.traces) {
    rows.delete(trace.traceId);
    rows.set(trace.traceId, trace);
  }
  const traces = [...rows.values()];
  const cut = Math.max(0, traces.length - maxWaiting);
  return {
    traces: traces.slice(cut),
    dropped: waiting.dropped + next.dropped + cut,
    ...((waiting.opened || next.opened) && { opened: true }),
  };
}
