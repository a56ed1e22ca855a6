import type { TimeWindow, Trace } from '../../shared/contract/telemetry';
import { BackendFailure } from './backend-failure';
import { pollTraces } from './poll-traces';
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
      path: '/api/search',
      parameters: { q: query || '{}', limit, spss: 1, ...seconds(window) },
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

/** Tempo wants whole seconds; the end is rounded up, so that the newest second belongs to the window. */
function seconds({ from, to }: TimeWindow) {
  return { start: Math.floor(from / 1000), end: Math.ceil(to / 1000) };
}
