import type { Metric } from './metric';

const parts = /_(bucket|sum|count)$/;
/** Units that a name ends with, as Prometheus has them written. */
const unitInName = /_(seconds|milliseconds|bytes|ratio)(_total)?$/;

/** One entry a metric: Prometheus names each series of a histogram or summary, people name the whole. */
export function foldMetrics(series: readonly Metric[]): Metric[] {
  const names = new Set(series.map(({ name }) => name));
  const metrics = new Map<string, Metric>();
  for (const metric of series) {
    const whole = isPart(metric, names) ? metric.name.replace(parts, '') : metric.name;
    if (metrics.has(whole)) continue;
    const type = names.has(`${whole}_bucket`) ? 'histogram' : metric.type;
    const native = type === 'histogram' && names.has(whole) && !names.has(`${whole}_bucket`);
    const unit = metric.unit || (unitInName.exec(whole)?.[1] ?? '');
    metrics.set(whole, { ...metric, name: whole, type, unit, ...(native && { native }) });
  }
  return [...metrics.values()];
}

function isPart({ name, type }: Metric, names: ReadonlySet<string>): boolean {
  if (!parts.test(name)) return false;
  const whole = name.replace(parts, '');
  if (type === 'histogram' || type === 'summary') return true;
  return type !== 'counter' && type !== 'gauge' && names.has(`${whole}_bucket`) && names.has(`${whole}_count`);
}
