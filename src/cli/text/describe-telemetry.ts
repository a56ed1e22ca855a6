import type { LogRecord, NativeHistogram, Series, TraceSummary } from '../../shared/contract/telemetry';
import { formatDuration } from '../../shared/format-duration';
import { lineText } from '../../shared/line-text';
import { paint, printable, printableName, type Terminal } from '../terminal';
import { formatClock } from './format-values';

const LEVEL_STYLES = {
  fatal: 'red',
  critical: 'red',
  error: 'red',
  warn: 'yellow',
  info: 'green',
  debug: 'blue',
  trace: 'dim',
} as const;

export function describeTrace(trace: TraceSummary, terminal: Terminal): string {
  const name = printableName(`${trace.rootService} ${trace.rootName}`.trim()) || '(root not received yet)';
  const errors = trace.errorCount > 0 ? paint(terminal, 'red', ` ${trace.errorCount} errors`) : '';
  return [
    paint(terminal, 'dim', formatClock(trace.startNs)),
    trace.traceId,
    // The API's answers have whole milliseconds.
    (trace.durationNs === 0 ? '< 1 ms' : formatDuration(trace.durationNs)).padStart(9),
    `${String(trace.spanCount).padStart(4)} spans`,
    `${name}${errors}`,
  ].join('  ');
}

export function describeLog(record: LogRecord, terminal: Terminal): string {
  const style = LEVEL_STYLES[record.level as keyof typeof LEVEL_STYLES] ?? 'dim';
  return [
    paint(terminal, 'dim', formatClock(record.timeNs)),
    paint(terminal, style, record.level.toUpperCase().padEnd(5).slice(0, 7)),
    paint(terminal, 'cyan', printableName(record.service)),
    printable(lineText(record)),
  ].join(' ');
}

/** One line a sample of an instant query, as `name{label="value"} sample`. */
export function describeSeries(series: Series): string {
  const { __name__: name = '', ...labels } = series.labels;
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  const histogram = series.histograms?.at(-1)?.[1];
  const sample = histogram ? describeHistogram(histogram) : (series.values.at(-1)?.[1] ?? '');
  return `${printableName(`${name}{${pairs.join(', ')}}`)} ${sample}`;
}

const OPENS = ['(', '[', '(', '['];
const CLOSES = [']', ')', ')', ']'];

/** As Prometheus writes a histogram in one line: `{count:3, sum:5, (1,2]:3}`. */
function describeHistogram({ count, sum, buckets = [] }: NativeHistogram): string {
  const shown = buckets.map(([rule, lower, upper, held]) => `${OPENS[rule]}${lower},${upper}${CLOSES[rule]}:${held}`);
  return printable(`{${[`count:${count}`, `sum:${sum}`, ...shown].join(', ')}}`);
}
