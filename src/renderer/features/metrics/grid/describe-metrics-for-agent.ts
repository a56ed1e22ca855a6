import { showPlainText } from '../../../../shared/show-plain-text';
import type { Metric } from '../metric/metric';

const toldMetrics = 150;

/** The metrics that are shown, one a line: name, type, unit and what it says. */
export function describeMetricsForAgent(metrics: readonly Metric[], idle: readonly Metric[], curl: string): string {
  const lines = metrics.slice(0, toldMetrics).map(({ name, type, unit, help }) => {
    const kind = [type || 'unknown', unit].filter(Boolean).join(', ');
    return `- ${showPlainText(`${name} (${kind})${help ? `: ${help}` : ''}`)}`;
  });
  return [
    `${metrics.length} metrics with samples in this window${idle.length > 0 ? `, ${idle.length} more are kept without any` : ''}:`,
    ...lines,
    ...(metrics.length > toldMetrics ? [`- and ${metrics.length - toldMetrics} more`] : []),
    `All names: ${curl}`,
  ].join('\n');
}
