import type { Trace } from '../../shared/contract/telemetry';
import { formatDuration } from '../../shared/format-duration';
import { describePart } from '../../shared/trace/describe-part';
import { timingLabels } from '../../shared/trace/describe-timing';
import type { Stretch } from '../../shared/trace/find-critical-path';
import type { TraceLayout } from '../../shared/trace/layout-trace';
import { paint, printableName, type Terminal } from '../terminal';

interface TraceTree {
  trace: Trace;
  layout: TraceLayout;
  critical: ReadonlyMap<number, readonly Stretch[]>;
  /** Of the panel's page. */
  link: string;
}

const barWidth = 24;
const mostSpans = 1000;

/** One line a span: when, how long, where in the trace's time, who did what; `━` is time on the critical path. */
export function describeTraceTree({ trace, layout, critical, link }: TraceTree, terminal: Terminal): string {
  const { nodes, duration } = layout;
  const errors = nodes.filter(({ span }) => span.status.code === 'error').length;
  const summary = `${nodes.length} ${nodes.length === 1 ? 'span' : 'spans'}, ${formatDuration(layout.lasted)}, ${errors} ${errors === 1 ? 'error' : 'errors'}`;
  const lines = nodes.slice(0, mostSpans).map((node, position) => {
    const { span, depth, start } = node;
    const took = span.timing ? timingLabels[span.timing] : formatDuration(span.durationNs);
    const isFailed = span.status.code === 'error';
    const name = `${paint(terminal, 'dim', printableName(span.service))} ${printableName(span.name)}`;
    const status = isFailed ? paint(terminal, 'red', ` ✗ ${printableName(span.status.message) || 'error'}`) : '';
    const bar = paint(terminal, isFailed ? 'red' : 'cyan', drawBar(node, critical.get(position) ?? [], duration));
    const offset = `+${formatDuration(start)}`.padStart(10);
    return `${paint(terminal, 'dim', offset)} ${took.padStart(9)} ${bar} ${'  '.repeat(Math.min(depth, 20))}${name}${status}`;
  });
  if (nodes.length > mostSpans) lines.push(`… ${nodes.length - mostSpans} more spans`);
  const part = describePart(trace);
  return `${trace.traceId}  ${summary}\n${part === null ? '' : `${part}\n`}${lines.join('\n')}\n${paint(terminal, 'dim', link)}\n`;
}

function drawBar(
  { start, end }: { start: number; end: number },
  critical: readonly Stretch[],
  duration: number,
): string {
  const columnOf = (time: number) => Math.min(barWidth - 1, Math.floor((time / duration) * barWidth));
  const cells = Array.from({ length: barWidth }, () => ' ');
  for (let at = columnOf(start); at <= columnOf(Math.max(start, end - 1)); at++) cells[at] = '─';
  for (const { from, to } of critical) {
    for (let at = columnOf(from); at <= columnOf(Math.max(from, to - 1)); at++) cells[at] = '━';
  }
  return `│${cells.join('')}│`;
}
