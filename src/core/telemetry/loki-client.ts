import type { LogRecord, Series, TimeWindow } from '../../shared/contract/telemetry';
import { type LogLevel, readLogLevel } from '../../shared/log-level';
import { linesToCount } from '../../shared/log-query/lines-to-count';
import { everyLogLine } from '../../shared/requests/every-log-line';
import { exceptProbes } from '../../shared/requests/except-probes';
import { lokiDetectedFields } from '../../shared/requests/loki-detected-fields';
import { lokiPatterns } from '../../shared/requests/loki-patterns';
import { lokiQueryRange } from '../../shared/requests/loki-query-range';
import { type NanoWindow, windowNanos } from '../../shared/requests/window-nanos';
import type { LogTailBatch } from './log-tail-batch';
import { pollLines } from './poll-lines';
import { pushedOrPolled } from './pushed-or-polled';
import { type LokiStream, readLogStreams } from './read-log-streams';
import { compareNanos } from './read-otlp-trace';
import { BackendFailure } from './request/backend-failure';
import type { QueryEndpoint } from './request/query-endpoint';
import { requestBackend } from './request/request-backend';
import { tailBackend } from './request/tail-backend';

interface ServiceLines {
  service: string;
  level: LogLevel;
  lines: number;
}

/** Series of one answer. */
const mostSeries = 5000;

type Direction = 'forward' | 'backward';
type StreamAnswer = { data: { resultType: string; result: LokiStream[] } };
type VectorAnswer = {
  data: { resultType?: string; result: { metric: Record<string, string>; value: [number, string] }[] };
};
type MatrixAnswer = { data: { result: { metric: Record<string, string>; values: [number, string][] }[] } };

interface PatternAnswer {
  data?: {
    pattern: string;
    samples: [number, number][];
    level?: string;
    service?: string;
    example?: string;
  }[];
  /** The engine's alone. */
  stats?: { patterns: number; lines?: number; looked: number };
}
interface DetectedFields {
  fields?: { label: string; type: string; cardinality: number; parsers: string[] | null }[] | null;
}
interface DetectedLabels {
  detectedLabels?: { label: string; cardinality: number }[] | null;
}

/** How far around a line its neighbours are looked for. */
const contextNs = 3_600_000_000_000n;

/** Loki's HTTP API in the contract's shapes. `endpoint` is read on every call: it may change with a restart. */
export class LokiClient {
  constructor(private readonly endpoint: () => QueryEndpoint) {}

  async query(query: string, window: TimeWindow, limit: number, direction: Direction, signal?: AbortSignal) {
    return this.range(query, windowNanos(window), limit, direction, signal);
  }

  /** Lines before and after a line of the same stream, itself included, oldest first. */
  async context(labels: Record<string, string>, timeNs: string, lines: number, signal?: AbortSignal) {
    const at = BigInt(timeNs);
    const around = { start: at - contextNs, end: at + contextNs };
    const selector = await this.selectorOf(labels, around, signal);
    const [before, after] = await Promise.all([
      this.range(selector, { start: around.start, end: at }, lines, 'backward', signal),
      this.range(selector, { start: at, end: around.end }, lines + 1, 'forward', signal),
    ]);
    return [...before.reverse(), ...after];
  }

  async labels(window: TimeWindow, signal?: AbortSignal): Promise<string[]> {
    return this.list('/loki/api/v1/labels', windowNanos(window), signal);
  }

  async labelValues(label: string, window: TimeWindow, signal?: AbortSignal): Promise<string[]> {
    return this.list(`/loki/api/v1/label/${encodeURIComponent(label)}/values`, windowNanos(window), signal);
  }

  /** Lines a step by level. `step` in seconds. */
  async volume(query: string, window: TimeWindow, step: number, signal?: AbortSignal): Promise<Series[]> {
    const lines = linesToCount(exceptProbes(query));
    const counted = `sum by (detected_level) (count_over_time(${lines} [${Math.ceil(step)}s]))`;
    const { start, end } = windowNanos(window);
    const { data } = await requestBackend<MatrixAnswer>({
      endpoint: this.endpoint(),
      has: ['data'],
      path: '/loki/api/v1/query_range',
      parameters: { query: counted, start: String(start), end: String(end), step },
      query: counted,
      post: true,
      signal,
    });
    return data.result.map(({ metric, values }) => ({ labels: metric, values }));
  }

  /** Lines of each service by level. */
  async countByService(window: TimeWindow, signal?: AbortSignal): Promise<ServiceLines[]> {
    const seconds = Math.max(1, Math.ceil((window.to - window.from) / 1000));
    const counted = `sum by (service_name, detected_level) (count_over_time(${everyLogLine} [${seconds}s]))`;
    return (await this.aggregate(counted, window, signal)).map(({ labels, values: [sample] }) => ({
      service: labels.service_name ?? '',
      level: readLogLevel(labels.detected_level ?? '') ?? 'unknown',
      lines: Number(sample![1]),
    }));
  }

  /** Null where the backend has none. `step` in seconds. */
  patterns(query: string, window: TimeWindow, step: number, signal?: AbortSignal): Promise<PatternAnswer | null> {
    return requestBackend<PatternAnswer | null>({
      endpoint: this.endpoint(),
      has: ['data', 'status'],
      ...lokiPatterns(query, window, step),
      query: query || everyLogLine,
      missingIsNull: true,
      signal,
    });
  }

  /** Null where the backend does not tell them. */
  async detectedFields(query: string, window: TimeWindow, signal?: AbortSignal) {
    const answer = await requestBackend<DetectedFields | null>({
      endpoint: this.endpoint(),
      has: ['fields', 'limit'],
      ...lokiDetectedFields(query, window),
      query: query || everyLogLine,
      missingIsNull: true,
      signal,
    });
    return answer && (answer.fields ?? []);
  }

  /** Labels of the streams that a query selects; null where the backend does not tell them. */
  async detectedLabels(query: string, window: TimeWindow, signal?: AbortSignal) {
    const { start, end } = windowNanos(window);
    const answer = await requestBackend<DetectedLabels | null>({
      endpoint: this.endpoint(),
      has: ['detectedLabels'],
      path: '/loki/api/v1/detected_labels',
      parameters: { query: selectorIn(query || everyLogLine), start: String(start), end: String(end) },
      optional: true,
      missingIsNull: true,
      signal,
    });
    return answer && (answer.detectedLabels ?? []);
  }

  /** A metric query at the end of the window: one sample a series. */
  async aggregate(query: string, window: TimeWindow, signal?: AbortSignal): Promise<Series[]> {
    const { data } = await requestBackend<VectorAnswer>({
      endpoint: this.endpoint(),
      has: ['data'],
      path: '/loki/api/v1/query',
      parameters: { query, time: String(windowNanos(window).end), limit: mostSeries },
      query,
      signal,
    });
    if (data.resultType === 'streams')
      throw new BackendFailure('refused', 'A query of lines has no samples.', { status: 400 });
    return data.result.map(({ metric, value }) => ({ labels: metric, values: [value] }));
  }

  /**
   * Live lines, those of a lost connection included. Ends with the signal. Asked for again and again where the backend gives no
   * WebSocket, as behind many a gateway.
   */
  tail(query: string, signal: AbortSignal): AsyncGenerator<LogTailBatch> {
    const selector = query || everyLogLine;
    const place = { next: BigInt(Date.now()) * 1_000_000n };
    return pushedOrPolled({
      endpoint: this.endpoint,
      signal,
      push: () => this.pushed(selector, place, signal),
      poll: (end) => pollLines((window, limit) => this.page(selector, window, limit, signal), place, signal, { end }),
    });
  }

  private pushed(query: string, place: { next: bigint }, signal: AbortSignal): AsyncGenerator<LogTailBatch> {
    return tailBackend<LogTailBatch>({
      endpoint: this.endpoint,
      // Without it a Loki leaves out of live lines what is no label of the stream: level, trace, attributes.
      headers: { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' },
      target: () => `/loki/api/v1/tail?${new URLSearchParams({ query, start: String(place.next), limit: '1000' })}`,
      read: (message) => {
        const { streams, dropped_entries: dropped } = message as {
          streams?: LokiStream[];
          dropped_entries?: unknown[];
        };
        const records = readLogStreams(streams ?? []).sort(byTime);
        const last = records.at(-1);
        if (last && BigInt(last.timeNs) >= place.next) place.next = BigInt(last.timeNs) + 1n;
        return records.length > 0 || dropped?.length ? { records, dropped: dropped?.length ?? 0 } : null;
      },
      opened: { records: [], dropped: 0, opened: true },
      merge: mergeRecords,
      signal,
      query,
    });
  }

  /** Lines of a window in nanoseconds, its end not included; oldest first. */
  async page(query: string, window: NanoWindow, limit: number, signal?: AbortSignal): Promise<LogRecord[]> {
    const { data } = await this.select(query, window, limit, 'forward', signal);
    if (data.resultType === 'streams') return readLogStreams(data.result).sort(byTime);
    throw new BackendFailure('refused', 'A query of metrics has no lines to follow.', { status: 400 });
  }

  private async range(
    query: string,
    window: NanoWindow,
    limit: number,
    direction: Direction,
    signal: AbortSignal | undefined,
  ): Promise<LogRecord[]> {
    const { data } = await this.select(query, window, limit, direction, signal);
    if (data.resultType !== 'streams') return [];
    const records = readLogStreams(data.result).sort(byTime);
    return direction === 'backward' ? records.reverse() : records;
  }

  private select(query: string, window: NanoWindow, limit: number, direction: Direction, signal?: AbortSignal) {
    return requestBackend<StreamAnswer>({
      endpoint: this.endpoint(),
      has: ['data'],
      ...lokiQueryRange(query, window, limit, direction),
      query: query || everyLogLine,
      post: true,
      signal,
    });
  }

  /** Only labels of the stream may stand in a selector; a record's labels hold its structured metadata as well. */
  private async selectorOf(labels: Record<string, string>, window: NanoWindow, signal?: AbortSignal) {
    const known = new Set(await this.list('/loki/api/v1/labels', window, signal));
    const matchers = Object.entries(labels)
      .filter(([name]) => known.has(name))
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    return matchers.length > 0 ? `{${matchers.join(', ')}}` : everyLogLine;
  }

  private async list(path: string, { start, end }: NanoWindow, signal?: AbortSignal) {
    const { data } = await requestBackend<{ data?: string[] }>({
      endpoint: this.endpoint(),
      // Without names there is no data.
      has: ['data', 'status'],
      path,
      parameters: { start: String(start), end: String(end) },
      signal,
    });
    return data ?? [];
  }
}

/** The selector that a query begins with. */
function selectorIn(query: string): string {
  return /^\s*\{(?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`}])*\}/.exec(query)?.[0] ?? everyLogLine;
}

/** Lines kept for a reader that is slow; the oldest of more are counted as dropped. */
const maxWaiting = 5_000;

function mergeRecords(waiting: LogTailBatch, next: LogTailBatch): LogTailBatch {
  const records = [...waiting.records, ...next.records];
  const cut = Math.max(0, records.length - maxWaiting);
  return {
    records: records.slice(cut),
    dropped: waiting.dropped + next.dropped + cut,
    ...((waiting.opened || next.opened) && { opened: true }),
  };
}

function byTime(a: LogRecord, b: LogRecord): number {
  return compareNanos(a.timeNs, b.timeNs);
}
