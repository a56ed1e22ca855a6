import type { MetricDifference } from '../../shared/contract/explain';
import type { Series, TimeWindow } from '../../shared/contract/telemetry';
import { compareMetrics, type MeasuredMetric } from '../../shared/explain/compare-metrics';
import { type ExplainRequest, isOtherWindow } from '../../shared/explain/explain-request';
import type { PrometheusClient } from '../telemetry/prometheus-client';
import { BackendFailure } from '../telemetry/request/backend-failure';

/** Parts of a window, of which each gives one value. */
const PARTS = 16;
const SHORTEST_SECONDS = 5;
const MOST = 8;
const counters = '.+_(total|count|sum)';
/** What a backend makes of spans or says of itself. */
const untold = 'target_info|.+_bucket|traces_.+|up|scrape_.+|watchtower_.+|.+_created';

export interface ExplainedMetrics {
  readonly metrics: MetricDifference[];
  readonly leftOut: readonly string[];
}

/** Metrics whose values differ between the windows; none where both populations are of one. */
export async function explainMetrics(
  prometheus: PrometheusClient,
  request: ExplainRequest,
  signal?: AbortSignal,
): Promise<ExplainedMetrics> {
  if (!isOtherWindow(request)) return { metrics: [], leftOut: [] };
  try {
    const [selection, against] = await Promise.all(
      [request.selection.window, request.against.window].map((window) => measure(prometheus, window, signal)),
    );
    return { metrics: compareMetrics(joined(selection!, against!), MOST), leftOut: [] };
  } catch (error) {
    if (!(error instanceof BackendFailure)) throw error;
    return { metrics: [], leftOut: [`Metrics could not be asked for: ${error.message}`] };
  }
}

type Measured = Map<string, Pick<MeasuredMetric, 'service' | 'name' | 'of'> & { values: number[] }>;

async function measure(prometheus: PrometheusClient, window: TimeWindow, signal?: AbortSignal): Promise<Measured> {
  const step = Math.max(SHORTEST_SECONDS, Math.ceil((window.to - window.from) / 1000 / PARTS));
  // Each value of one part alone: one that is told twice would count as two.
  const parted = { from: window.from + 1000 * step, to: window.to };
  const [summed, levels] = await Promise.all([
    ask(
      prometheus,
      `sum by (__name__, service_name) (last_over_time({service_name=~".+", __name__=~"${counters}", __name__!~"${untold}"}[${step}s]))`,
      parted,
      step,
      signal,
    ),
    ask(
      prometheus,
      `max by (__name__, service_name) (last_over_time({service_name=~".+", __name__!~"${untold}|${counters}"}[${step}s]))`,
      parted,
      step,
      signal,
    ),
  ]);
  const measured: Measured = new Map();
  const put = (service: string, name: string, of: MeasuredMetric['of'], values: number[]) =>
    measured.set(JSON.stringify([service, name, of]), { service, name, of, values });
  for (const { service, name, points } of levels)
    put(
      service,
      name,
      'level',
      points.map(([, value]) => value),
    );
  const byName = new Map(summed.map((series) => [JSON.stringify([series.service, series.name]), series]));
  for (const { service, name, points } of summed) {
    const base = name.replace(/_(?:count|sum)$/, '');
    const sum = name.endsWith('_count') ? byName.get(JSON.stringify([service, `${base}_sum`])) : undefined;
    if (sum) put(service, base, 'mean', means(increases(sum.points), increases(points)));
    if (name.endsWith('_sum') && byName.has(JSON.stringify([service, `${base}_count`]))) continue;
    put(service, name, 'rate', [...increases(points).values()]);
  }
  return measured;
}

type Point = [seconds: number, value: number];

async function ask(
  prometheus: PrometheusClient,
  query: string,
  window: TimeWindow,
  step: number,
  signal?: AbortSignal,
) {
  const { series } = await prometheus.queryRange(query, window, step, signal);
  return series.flatMap(({ labels, values }: Series) => {
    const { __name__: name, service_name: service = '' } = labels;
    const points = values.map(([seconds, value]): Point => [seconds, Number(value)]);
    return name === undefined ? [] : [{ service, name, points: points.filter(([, value]) => Number.isFinite(value)) }];
  });
}

/** A second, by the time at which each is known; a counter that began anew tells nothing for that part. */
function increases(points: readonly Point[]): Map<number, number> {
  const found = new Map<number, number>();
  for (let at = 1; at < points.length; at++) {
    const [[before, was], [seconds, is]] = [points[at - 1]!, points[at]!];
    if (is >= was) found.set(seconds, (is - was) / (seconds - before));
  }
  return found;
}

function means(sums: ReadonlyMap<number, number>, counts: ReadonlyMap<number, number>): number[] {
  return [...counts].flatMap(([seconds, count]) => {
    const sum = sums.get(seconds);
    return sum === undefined || count === 0 ? [] : [sum / count];
  });
}

function joined(selection: Measured, against: Measured): MeasuredMetric[] {
  return [...selection].flatMap(([key, { values, ...metric }]) => {
    const other = against.get(key);
    return other ? [{ ...metric, selection: values, against: other.values }] : [];
  });
}
