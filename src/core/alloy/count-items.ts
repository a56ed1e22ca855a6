import type { MetricSample } from './parse-metrics';

export interface Items {
  spans: number;
  logs: number;
  points: number;
}

const units = { spans: 'spans', logs: 'log_records', points: 'metric_points' } as const;

/** Sums of `otelcol_PART_{spans,log_records,metric_points}_total`, of one component or of all. */
export function countItems(samples: readonly MetricSample[], part: string, component?: string): Items {
  const of = (unit: string) => sum(samples, `otelcol_${part}_${unit}_total`, component);
  return { spans: of(units.spans), logs: of(units.logs), points: of(units.points) };
}

export function sum(samples: readonly MetricSample[], name: string, component?: string): number {
  return samples
    .filter((sample) => sample.name === name && (component === undefined || sample.labels.component_id === component))
    .reduce((total, { value }) => total + value, 0);
}

export function addItems(one: Items, other: Items): Items {
  return { spans: one.spans + other.spans, logs: one.logs + other.logs, points: one.points + other.points };
}

export function totalOf({ spans, logs, points }: Items): number {
  return spans + logs + points;
}
