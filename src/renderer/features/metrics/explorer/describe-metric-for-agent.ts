import type { Series, TimeWindow } from '../../../../shared/contract/telemetry';
import { showPlainText } from '../../../../shared/show-plain-text';
import { describeSeries } from '../../../ui/charts/describe-series';
import { formatValue } from '../../../ui/charts/format-value';

interface Described {
  title: string;
  help: string;
  unit: string;
  query: string;
  window: TimeWindow;
  step: number;
  series: readonly Series[];
  warnings: readonly string[];
  /** The request as curl. */
  curl: string;
  /** Of the panel. */
  link: string;
}

const toldSeries = 12;

/** What a chart shows in a few lines of text: what was asked, over which time, and what came. */
export function describeMetricForAgent(chart: Described): string {
  const { title, help, unit, query, window, step, series, warnings, curl, link } = chart;
  const looks = describeSeries(series);
  const lines = series.slice(0, toldSeries).map(({ values }, index) => {
    const numbers = values.map(([, text]) => Number(text)).filter(Number.isFinite);
    const told = (value: number | undefined) => formatValue(value, unit);
    if (numbers.length === 0) return `- ${looks[index]!.name}: no number`;
    const least = numbers.reduce((a, b) => Math.min(a, b));
    const most = numbers.reduce((a, b) => Math.max(a, b));
    return `- ${looks[index]!.name}: last ${told(numbers.at(-1))}, least ${told(least)}, greatest ${told(most)}`;
  });
  return [
    `Metric: ${showPlainText(title)}${unit ? ` (${showPlainText(unit)})` : ''}`,
    ...(help ? [showPlainText(help)] : []),
    `PromQL: ${query}`,
    `From ${new Date(window.from).toISOString()} to ${new Date(window.to).toISOString()}, a point every ${step} s; ${series.length} series`,
    ...lines,
    ...(series.length > toldSeries ? [`- and ${series.length - toldSeries} more`] : []),
    ...warnings.map((warning) => `Warning: ${showPlainText(warning)}`),
    `Ask again: ${curl}`,
    `Panel: ${link}`,
  ].join('\n');
}
