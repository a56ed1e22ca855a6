import type { Metric } from './metric';

/** Metrics whose name, unit or help holds every word; matches of the name first. An empty `type` is any. */
export function findMetrics(metrics: readonly Metric[], text: string, type: string): Metric[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const inName: Metric[] = [];
  const elsewhere: Metric[] = [];
  for (const metric of metrics) {
    if (type && metric.type !== type) continue;
    const name = metric.name.toLowerCase();
    const whole = `${name} ${metric.unit} ${metric.help}`.toLowerCase();
    if (words.every((word) => name.includes(word))) inName.push(metric);
    else if (words.every((word) => whole.includes(word))) elsewhere.push(metric);
  }
  const byName = (a: Metric, b: Metric) => a.name.localeCompare(b.name);
  return [...inName.sort(byName), ...elsewhere.sort(byName)];
}
