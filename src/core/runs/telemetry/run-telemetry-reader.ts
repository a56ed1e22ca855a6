import type { TimeWindow } from '../../../shared/contract/telemetry';
import { compareFindings } from '../../../shared/findings/compare-findings';
import { formatDuration } from '../../../shared/format-duration';
import type { Finding } from '../../../shared/runs/finding';
import type { Run } from '../../../shared/runs/run';
import type { RunTelemetry } from '../../../shared/runs/run-summary';
import type { LokiClient } from '../../telemetry/loki-client';
import type { PrometheusClient } from '../../telemetry/prometheus-client';
import { BackendFailure } from '../../telemetry/request/backend-failure';
import type { QueryEndpoint } from '../../telemetry/request/query-endpoint';
import { requestBackend } from '../../telemetry/request/request-backend';
import type { TempoClient } from '../../telemetry/tempo-client';
import { addMetrics } from './add-metrics';
import { awaitProbe } from './await-probe';
import { readByQueries } from './read-by-queries';
import { type LabelFindings, readLabelFindings } from './read-label-findings';
import { readLastExport } from './read-last-export';
import { readMetricFacts } from './read-metric-facts';
import { WindowLabels } from './window-labels';
import { withLeftOut } from './with-left-out';

export interface RunTelemetryParts {
  readonly tempo: TempoClient;
  readonly loki: LokiClient;
  readonly prometheus: PrometheusClient;
  readonly endpoint: () => QueryEndpoint;
  /** The Tempo port is that of an engine which sums runs up itself. */
  readonly summarizesRuns: () => boolean;
  /** Base URL for OTLP over HTTP; null where nothing can be sent. */
  readonly otlpHttp: () => string | null;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

/** What runs up to a minute beside a run's own times is of it: clocks differ, and what a command leaves behind goes on. */
const MARGIN_MS = 60_000;
/** As long as the engine takes for an answer at most. */
const SUMMARY_TIMEOUT_MS = 60_000;
/** From one export of metrics to the next: who is silent for longer was not told to export at the end. */
const FLUSHED_MS = 2000;
/** Who is ended by a signal exports nothing at the end, unless it hears of it. */
const KILLED_MS = 250;
/** Somebody looks at the findings meanwhile. */
const LOOKING_MS = 12_000;
/** The longest that the engine lets a barrier wait. */
const MOST_SETTLED_MS = 55_000;

interface Findings {
  findings: Finding[];
  leftOut: string[];
}

/** What a backend has of runs, whichever it is. */
export class RunTelemetryReader {
  private readonly now: () => number;
  private readonly labels: WindowLabels;

  constructor(private readonly parts: RunTelemetryParts) {
    this.now = parts.now ?? Date.now;
    this.labels = new WindowLabels(parts.prometheus, this.now);
  }

  /** Everything that a run has sent; of one that still runs so far. What could not be asked for is in `leftOut`. */
  async read(run: Run, signal?: AbortSignal): Promise<RunTelemetry> {
    const until = run.endedAt ?? this.now();
    const window = { from: run.startedAt - MARGIN_MS, to: Math.min(until + MARGIN_MS, this.now() + 1000) };
    const [telemetry, metrics, labels] = await Promise.all([
      this.parts.summarizesRuns()
        ? this.ask<RunTelemetry>('/watchtower/run', { id: run.id, outside: run.spanId }, 'shapes', signal)
        : readByQueries(this.parts, { runId: run.id, window, outside: [run.spanId] }, signal),
      readMetricFacts(this.parts.prometheus, run.id, window, signal),
      readLabelFindings(this.parts.prometheus, run.id, window, signal),
    ]);
    const all = withLeftOut(
      { ...addMetrics(telemetry, metrics), findings: withLabels(telemetry.findings, labels) },
      labels.leftOut,
      'findings',
    );
    const unflushed = await this.describeUnflushed(run, all, window, signal);
    return unflushed === null ? all : withLeftOut(all, [unflushed]);
  }

  /** What a command that was killed, or left without a word to its SDK, may have done and not exported; null where it did. */
  private async describeUnflushed(
    { id: runId, endedAt, signal: killedBy, traceId }: Run,
    { spans, metrics }: RunTelemetry,
    window: TimeWindow,
    signal?: AbortSignal,
  ): Promise<string | null> {
    if (endedAt === null || (spans === 0 && metrics.length === 0)) return null;
    const last = await readLastExport(this.parts, { runId, window, traceId }, signal);
    const silentMs = last === null ? 0 : endedAt - last;
    if (silentMs < (killedBy === undefined ? FLUSHED_MS : KILLED_MS)) return null;
    const ended = killedBy === undefined ? 'its command ended' : `${killedBy} ended its command`;
    return `The last export came ${formatDuration(silentMs * 1e6)} before ${ended}: what it did after that, if anything, is not there.`;
  }

  /** Of everything that began in the window. */
  async findings(window: TimeWindow, signal?: AbortSignal): Promise<Findings> {
    const [found, labels] = await Promise.all([
      this.parts.summarizesRuns()
        ? this.ask<Findings>(
            '/watchtower/findings',
            { start: Math.floor(window.from), end: Math.ceil(window.to) },
            'findings',
            signal,
          )
        : readByQueries(this.parts, { runId: null, window, outside: [], patienceMs: LOOKING_MS }, signal),
      this.labels.of(window, signal),
    ]);
    return { findings: withLabels(found.findings, labels), leftOut: [...found.leftOut, ...labels.leftOut] };
  }

  /**
   * Resolves to true when everything that was acknowledged before is visible to queries. Where the backend is not the engine, that is
   * taken from a probe that is sent behind it; false where it did not become visible in time, or nothing can be sent.
   */
  async settled(timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    if (!this.parts.summarizesRuns()) return awaitProbe(this.parts, timeoutMs, signal);
    const timeout = Math.min(timeoutMs, MOST_SETTLED_MS);
    const answer = await requestBackend<{ settled: boolean }>({
      endpoint: this.parts.endpoint(),
      path: '/watchtower/settled',
      parameters: { timeout },
      has: ['settled'],
      timeoutMs: timeout + 5000,
      signal,
    }).catch((error: unknown) => {
      // 503 says that it took longer; an engine that does not answer makes nothing visible either.
      if (error instanceof BackendFailure) return { settled: false };
      throw error;
    });
    return answer.settled;
  }

  /** `has`: what an answer of the engine has. */
  private ask<Answer>(
    path: string,
    parameters: Record<string, string | number>,
    has: string & keyof Answer,
    signal?: AbortSignal,
  ): Promise<Answer> {
    return requestBackend<Answer>({
      ...{ endpoint: this.parts.endpoint(), path, parameters, has: [has] },
      ...{ timeoutMs: SUMMARY_TIMEOUT_MS, signal },
    });
  }
}

function withLabels(findings: readonly Finding[], labels: LabelFindings): Finding[] {
  return [...findings, ...labels.findings].sort(compareFindings);
}
