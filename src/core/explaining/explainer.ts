import type { ExplainInput, Explanation } from '../../shared/contract/explain';
import type { ExplainRequest, SignalExplanation } from '../../shared/explain/explain-request';
import type { Problem } from '../../shared/problem';
import type { LokiClient } from '../telemetry/loki-client';
import type { PrometheusClient } from '../telemetry/prometheus-client';
import type { QueryEndpoint } from '../telemetry/request/query-endpoint';
import { requestBackend } from '../telemetry/request/request-backend';
import type { TempoClient } from '../telemetry/tempo-client';
import { explainByLines } from './explain-by-lines';
import { explainBySearch } from './explain-by-search';
import { explainMetrics } from './explain-metrics';
import { type FindRun, resolvePopulations } from './resolve-populations';

export interface ExplainerParts {
  readonly tempo: TempoClient;
  readonly loki: LokiClient;
  readonly prometheus: PrometheusClient;
  readonly findRun: FindRun;
  /** Of the Tempo port. */
  readonly endpoint: () => QueryEndpoint;
  /** The Tempo port is that of an engine which explains differences itself. */
  readonly explains: () => boolean;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

/** As long as the engine takes for an answer at most. */
const TIMEOUT_MS = 60_000;

/** What differs between two populations, by the engine, or by what the APIs of another backend can tell. */
export class Explainer {
  constructor(private readonly parts: ExplainerParts) {}

  async explain(input: ExplainInput, signal?: AbortSignal): Promise<Explanation | { problem: Problem }> {
    const { parts } = this;
    const request = resolvePopulations(input, parts.findRun, (parts.now ?? Date.now)());
    if ('problem' in request) return request;
    const [found, { metrics, leftOut }] = await Promise.all([
      this.ofSignal(request, signal),
      explainMetrics(parts.prometheus, request, signal),
    ]);
    const verdict = metrics.length > 0 ? 'differs' : found.verdict;
    return { ...found, verdict, metrics, leftOut: [...found.leftOut, ...leftOut] };
  }

  private ofSignal(request: ExplainRequest, signal?: AbortSignal): Promise<SignalExplanation> {
    const { parts } = this;
    if (parts.explains())
      return requestBackend<SignalExplanation>({
        endpoint: parts.endpoint(),
        path: '/watchtower/explain',
        parameters: { request: JSON.stringify(request) },
        post: true,
        has: ['verdict'],
        timeoutMs: TIMEOUT_MS,
        signal,
      });
    return request.signal === 'traces'
      ? explainBySearch(parts, request, signal)
      : explainByLines(parts, request, signal);
  }
}
