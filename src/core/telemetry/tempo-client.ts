import type { Facets } from '../../shared/contract/facets';
import type { Operation, ServiceOperation, ServiceResource } from '../../shared/contract/services';
import type { TimeWindow, Trace } from '../../shared/contract/telemetry';
import { type AskedFacets, tempoFacets } from '../../shared/requests/tempo-facets';
import { tempoMetricsRange } from '../../shared/requests/tempo-metrics-range';
import { tempoSearch } from '../../shared/requests/tempo-search';
import { tempoSeconds } from '../../shared/requests/tempo-seconds';
import type { ServiceSpans } from '../../shared/service-spans';
import { narrowTraceQuery } from '../../shared/trace-query/narrow-trace-query';
import { splitTraceQuery } from '../../shared/trace-query/split-trace-query';
import { operationsByTraceQl, servicesByTraceQl } from './count-by-traceql';
import { facetsByMetrics } from './facets-by-metrics';
import { keepNearRoots } from './keep-near-roots';
import { pollTraces } from './poll-traces';
import { pushedOrPolled } from './pushed-or-polled';
import { readMatchedSpans } from './read-matched-spans';
import { type OtlpKeyValue, readOtlpAttributes } from './read-otlp-attributes';
import { compareNanos, type OtlpResourceSpans, readOtlpTrace } from './read-otlp-trace';
import { fullTraceId, readTraceSummary, type TempoTrace } from './read-trace-summary';
import { BackendFailure } from './request/backend-failure';
import type { QueryEndpoint } from './request/query-endpoint';
import { requestBackend } from './request/request-backend';
import { tailBackend } from './request/tail-backend';
import type { TraceTailBatch } from './trace-tail-batch';
import { type TempoResourceSpans, writeOtlpJson } from './write-otlp-json';

type TraceOrder = 'duration' | 'spans' | 'errors';

/** Spans of a large trace that one file is tried with. */
const EXPORTED_SPANS = [200_000, 40_000] as const;

interface AskedSpans {
  query: string;
  traceId: string;
  window: TimeWindow;
  fields: readonly string[];
  limit: number;
}

/** Tempo's HTTP API in the contract's shapes. `endpoint` is read on every call: it may change with a restart. */
export class TempoClient {
  constructor(private readonly endpoint: () => QueryEndpoint) {}

  /** Newest first. `order` chooses the greatest of the window where the backend is the embedded engine, whose extension it is. */
  async search(query: string, window: TimeWindow, limit: number, signal?: AbortSignal, order?: TraceOrder) {
    const endpoint = this.endpoint();
    const ask = (any: boolean) =>
      requestBackend<{ traces?: TempoTrace[]; metrics?: { inspectedTraces?: number; order?: string } }>({
        endpoint,
        ...tempoSearch(query, window, limit, { order, any }),
        has: ['traces', 'metrics'],
        query,
        signal,
      });
    const answer = await ask(false).catch((error: unknown) => {
      // A mistake is told by what was typed alone, and an older Tempo knows no hint.
      if (error instanceof BackendFailure && error.kind === 'refused') return ask(true);
      throw error;
    });
    const traces = (answer.traces ?? [])
      .map((trace) => readTraceSummary(trace, !endpoint.leavesOutNil))
      .sort((a, b) => compareNanos(b.startNs, a.startNs));
    const inspectedTraces = answer.metrics?.inspectedTraces;
    const ordered = order !== undefined && answer.metrics?.order === order;
    return { traces, ...(inspectedTraces !== undefined && { inspectedTraces }), ...(ordered && { ordered }) };
  }

  /** The spans of one trace that a query matches, with what these fields are on them. */
  async matchedSpans({ query, traceId, window, fields, limit }: AskedSpans, signal?: AbortSignal) {
    // As Tempo writes ids to be compared.
    const ofTrace = narrowTraceQuery(query || '{}', `trace:id = ${JSON.stringify(traceId.replace(/^0+/, ''))}`);
    const { body, hints } = splitTraceQuery(ofTrace);
    const selected = ['name', 'status', 'resource.service.name', ...fields].join(', ');
    const endpoint = this.endpoint();
    const answer = await requestBackend<{ traces?: TempoTrace[] }>({
      endpoint,
      ...tempoSearch(`${body} | select(${selected}) ${hints}`.trim(), window, 1, { spans: limit, any: true }),
      has: ['traces', 'metrics'],
      query,
      signal,
    });
    return readMatchedSpans(answer.traces?.[0], !endpoint.leavesOutNil);
  }

  /** Null when no span of it is there. Of more than `mostSpans` it has those nearest to the roots, and how many there are. */
  async get(traceId: string, signal?: AbortSignal, mostSpans?: number): Promise<Trace | null> {
    const answer = await this.requestTrace<OtlpResourceSpans>(traceId, mostSpans, signal);
    const trace = readOtlpTrace(fullTraceId(traceId), answer?.trace?.resourceSpans ?? [], Date.now());
    const total = answer?.watchtower?.spans;
    return trace && (total === undefined ? keepNearRoots(trace, mostSpans) : { ...trace, total });
  }

  private requestTrace<ResourceSpans>(traceId: string, mostSpans: number | undefined, signal?: AbortSignal) {
    return requestBackend<{ trace?: { resourceSpans?: ResourceSpans[] }; watchtower?: { spans?: number } } | null>({
      endpoint: this.endpoint(),
      path: `/api/v2/traces/${encodeURIComponent(traceId)}`,
      // The embedded engine's; Tempo answers with the whole.
      parameters: { max_spans: mostSpans },
      signal,
      missingIsNull: true,
    });
  }

  /**
   * One request of OTLP JSON; null when no span of it is there. Of a trace that is too large for one the spans nearest to the roots, and how
   * many are left out.
   */
  async exportOtlp(traceId: string, signal?: AbortSignal): Promise<{ text: string; leftOut?: number } | null> {
    for (const mostSpans of EXPORTED_SPANS) {
      const answer = await this.requestTrace<TempoResourceSpans>(traceId, mostSpans, signal);
      const total = answer?.watchtower?.spans;
      const text = writeOtlpJson(answer?.trace?.resourceSpans ?? []);
      if (text === null) return null;
      if (text !== 'too large') return { text, ...(total !== undefined && { leftOut: total - mostSpans }) };
    }
    throw new BackendFailure('unavailable', 'The trace is larger than 64 MiB as OTLP JSON.', {
      hint: 'Export the time around it with `watchtower export`.',
    });
  }

  async tagNames(signal?: AbortSignal) {
    const { scopes = [] } = await requestBackend<{ scopes?: { name: string; tags?: string[] }[] }>({
      endpoint: this.endpoint(),
      path: '/api/v2/search/tags',
      has: ['scopes', 'metrics'],
      signal,
    });
    const of = (scope: string) => scopes.find(({ name }) => name === scope)?.tags ?? [];
    return {
      resource: of('resource'),
      span: of('span'),
      intrinsic: of('intrinsic'),
      event: of('event'),
      link: of('link'),
      instrumentation: of('instrumentation'),
    };
  }

  async tagValues(tag: string, signal?: AbortSignal): Promise<string[]> {
    return (await this.typedTagValues(tag, signal)).values;
  }

  /** Values and the type of the first: `string`, `int`, `float`, `bool`, `keyword`. */
  async typedTagValues(tag: string, signal?: AbortSignal): Promise<{ values: string[]; type: string }> {
    const { tagValues = [] } = await requestBackend<{ tagValues?: { value: string; type?: string }[] }>({
      endpoint: this.endpoint(),
      path: `/api/v2/search/tag/${encodeURIComponent(tag)}/values`,
      has: ['tagValues', 'metrics'],
      signal,
    });
    return { values: tagValues.map(({ value }) => value), type: tagValues[0]?.type ?? 'string' };
  }

  /**
   * The spans of each service, or of one, counted by the embedded engine, whose extension this is. Tempo itself is asked in TraceQL: its
   * quantiles are estimates from buckets, so they are held to the longest duration, and parts of the window are not told.
   */
  async services(
    window: TimeWindow,
    { parts, service }: { parts: number; service?: string | undefined },
    signal?: AbortSignal,
  ): Promise<ServiceSpans[]> {
    const own = await requestBackend<{ services: ServiceSpans[] } | null>({
      endpoint: this.endpoint(),
      path: '/watchtower/services',
      parameters: { start: Math.floor(window.from), end: Math.ceil(window.to), parts, service },
      signal,
      optional: true,
    });
    if (own) return own.services;
    const counted = await servicesByTraceQl((query) => this.aggregate(query, window, signal));
    return service === undefined ? counted : counted.filter(({ name }) => name === service);
  }

  /** The most frequent names of a service's spans, counted and estimated as `services` are. */
  async operations(service: string, window: TimeWindow, limit: number, signal?: AbortSignal) {
    const own = await requestBackend<{ operations: ServiceOperation[]; total: number } | null>({
      endpoint: this.endpoint(),
      path: '/watchtower/operations',
      parameters: { service, start: Math.floor(window.from), end: Math.ceil(window.to), limit },
      signal,
      optional: true,
    });
    if (own) return own;
    const operations = await operationsByTraceQl(service, (query) => this.aggregate(query, window, signal));
    return { operations: operations.slice(0, limit), total: operations.length };
  }

  /** Under which resources a service sent; null where the backend is not the embedded engine. */
  resources(service: string, window: TimeWindow, limit: number, signal?: AbortSignal) {
    return requestBackend<{ resources: ServiceResource[]; total: number } | null>({
      endpoint: this.endpoint(),
      path: '/watchtower/resources',
      parameters: { service, start: Math.floor(window.from), end: Math.ceil(window.to), limit },
      signal,
      optional: true,
    });
  }

  /** The names of spans with the longest 95th percentiles; counted and estimated as `services` are. */
  async slowestOperations(window: TimeWindow, limit: number, signal?: AbortSignal): Promise<Operation[]> {
    const own = await requestBackend<{ operations: Operation[] } | null>({
      endpoint: this.endpoint(),
      path: '/watchtower/operations',
      parameters: { start: Math.floor(window.from), end: Math.ceil(window.to), limit },
      signal,
      optional: true,
    });
    if (own) return own.operations;
    const [spans, p95, longest] = await Promise.all(
      ['{} | count_over_time()', '{} | quantile_over_time(duration, .95)', '{} | max_over_time(duration)'].map(
        (query) => this.grouped(query, ['resource.service.name', 'name'], window, signal),
      ),
    );
    return [...p95!]
      .flatMap(([key, { group, value }]) => {
        const longestNs = (longest!.get(key)?.value ?? 0) * 1e9;
        const p95Ns = Math.min(value * 1e9, longestNs);
        const operation = { service: group[0]!, name: group[1]!, spans: spans!.get(key)?.value ?? 0, p95Ns, longestNs };
        return p95Ns > 0 ? operation : [];
      })
      .sort((a, b) => b.p95Ns - a.p95Ns)
      .slice(0, limit);
  }

  /** An instant metrics query: one value a series, durations in seconds. `cut` is told where there are more series. */
  async aggregate(query: string, window: TimeWindow, signal?: AbortSignal) {
    const { series = [], message } = await requestBackend<{
      series?: { labels?: OtlpKeyValue[]; value?: number | string }[];
      message?: string;
    }>({
      endpoint: this.endpoint(),
      path: '/api/metrics/query',
      parameters: { q: query, ...tempoSeconds(window) },
      query,
      signal,
    });
    return {
      series: series.map(({ labels, value = 0 }) => ({ labels: readOtlpAttributes(labels), value: Number(value) })),
      ...(message && { cut: message }),
    };
  }

  /** A metrics query over time; see the contract. */
  async aggregateRange(query: string, window: TimeWindow, step: number, signal?: AbortSignal) {
    const { series = [], message } = await requestBackend<{
      series?: { labels?: OtlpKeyValue[]; samples?: { timestampMs?: string; value?: number | string }[] }[];
      message?: string;
    }>({
      endpoint: this.endpoint(),
      ...tempoMetricsRange(query, window, step),
      query,
      signal,
    });
    return {
      series: series.map(({ labels, samples = [] }) => ({
        labels: readOtlpAttributes(labels),
        points: samples.map(({ timestampMs = 0, value = 0 }): [number, number] => [Number(timestampMs), Number(value)]),
      })),
      ...(message && { cut: message }),
    };
  }

  /** Counted by the embedded engine, whose extension this is; of another backend asked in TraceQL, field by field. */
  async facets(asked: AskedFacets, signal?: AbortSignal): Promise<Facets> {
    const own = await requestBackend<Facets | null>({
      endpoint: this.endpoint(),
      ...tempoFacets(asked),
      query: asked.query,
      has: ['facets'],
      signal,
      optional: true,
    });
    return own ?? facetsByMetrics(asked, (query) => this.aggregate(query, asked.window, signal));
  }

  /** `aggregate` by the values of these fields. */
  private async grouped(
    query: string,
    fields: readonly string[],
    window: TimeWindow,
    signal?: AbortSignal,
  ): Promise<Map<string, { group: string[]; value: number }>> {
    const { series } = await this.aggregate(`${query} by (${fields.join(', ')})`, window, signal);
    return new Map(
      series.map(({ labels, value }) => {
        const group = fields.map((field) => String(labels.find(({ key }) => key === field)?.value ?? ''));
        return [JSON.stringify(group), { group, value }];
      }),
    );
  }

  /**
   * Live summaries until the signal ends them: pushed by the embedded engine, whose extension this is, and asked for
   * again and again where the backend has no such tail, as Tempo itself.
   */
  tail(query: string, signal: AbortSignal): AsyncGenerator<TraceTailBatch> {
    return pushedOrPolled({
      endpoint: this.endpoint,
      signal,
      push: () => this.pushed(query, signal),
      poll: (end) => pollTraces((window, limit) => this.search(query, window, limit, signal), signal, { end }),
    });
  }

  private pushed(query: string, signal: AbortSignal): AsyncGenerator<TraceTailBatch> {
    return tailBackend<TraceTailBatch>({
      endpoint: this.endpoint,
      target: () => `/api/tail?${new URLSearchParams({ q: query })}`,
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
