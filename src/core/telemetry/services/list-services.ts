import type { ServiceActivity } from '../../../shared/contract/services';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import type { LokiClient } from '../loki-client';
import type { PrometheusClient } from '../prometheus-client';
import type { TempoClient } from '../tempo-client';
import { namesWithoutProbes } from '../without-probes';

export interface ServiceSources {
  tempo: Pick<TempoClient, 'services' | 'tagValues'>;
  loki: Pick<LokiClient, 'countByService' | 'labelValues'>;
  prometheus: Pick<PrometheusClient, 'labelValues'>;
}

/** What is asked for, as in the contract. */
interface ServicesAsked {
  readonly parts: number;
  readonly service?: string | undefined;
  readonly spansOnly?: boolean;
  readonly withoutSpans?: boolean;
}

type Missing = 'traces' | 'logs' | 'metrics';

/** How far back a service is known that is silent in the window. */
const knownForMs = 24 * 3_600_000;
const silent = {
  ...{ spans: 0, errorSpans: 0, requests: 0, failedRequests: 0 },
  ...{ p50Ns: null, p95Ns: null, p99Ns: null, longestNs: null },
  ...{ logs: 0, errorLogs: 0, metrics: false },
};
const severe = ['error', 'critical', 'fatal'];

/** Services by name, or one, from all three signals; a backend that does not answer is named, and hides nothing of the others. */
export async function listServices(
  { tempo, loki, prometheus }: ServiceSources,
  window: TimeWindow,
  { parts, service: only, spansOnly = false, withoutSpans = false }: ServicesAsked,
  signal?: AbortSignal,
): Promise<{ services: ServiceActivity[]; missing: Missing[] }> {
  const missing = new Set<Missing>();
  let failure: unknown;
  const ask = async <Item>(from: Missing, answer: Promise<Item[]>): Promise<Item[]> => {
    try {
      return await answer;
    } catch (error) {
      signal?.throwIfAborted();
      failure ??= error;
      missing.add(from);
      return [];
    }
  };
  const before = { from: window.to - knownForMs, to: window.to };
  const [spans, lines, metrics, traced, logged] = await Promise.all([
    withoutSpans ? [] : ask('traces', tempo.services(window, { parts, service: only }, signal)),
    spansOnly ? [] : ask('logs', loki.countByService(window, signal)),
    spansOnly ? [] : ask('metrics', prometheus.labelValues('service_name', window, signal)),
    spansOnly ? [] : ask('traces', tempo.tagValues('resource.service.name', signal)),
    spansOnly ? [] : ask('logs', loki.labelValues('service_name', before, signal)),
  ]);
  // Nobody answers: no services would be an answer.
  if (missing.size === 3) throw failure;
  const services = new Map<string, ServiceActivity>();
  const of = (name: string): ServiceActivity => {
    const known = services.get(name);
    if (known) return known;
    const service = { name, ...silent, rates: [], failures: [] };
    services.set(name, service);
    return service;
  };
  for (const { name, errors, ...rest } of spans) Object.assign(of(name), { ...rest, errorSpans: errors });
  for (const { service, level, lines: count } of lines) {
    const found = of(service);
    found.logs += count;
    if (severe.includes(level)) found.errorLogs += count;
  }
  for (const name of metrics) of(name).metrics = true;
  for (const name of [...traced, ...logged]) of(name);
  return {
    services: namesWithoutProbes(only === undefined ? [...services.keys()] : services.has(only) ? [only] : [])
      .sort()
      .map((name) => services.get(name)!),
    missing: [...missing],
  };
}
