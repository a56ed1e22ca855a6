import type { LogRecord, Trace } from '../contract/telemetry';
import { counted } from '../counted';
import { formatDuration } from '../format-duration';
import { lineText } from '../line-text';
import { nanosBetween } from '../nanos-between';
import { showPlainText } from '../show-plain-text';
import { describeClockSkew } from './describe-clock-skew';
import { describePart } from './describe-part';
import { timingLabels } from './describe-timing';
import { findClockSkew } from './find-clock-skew';
import type { Stretch } from './find-critical-path';
import { type Failure, findFailures } from './find-failures';
import type { TraceLayout } from './layout-trace';
import { topFrames } from './top-frames';

const mostSpans = 60;
const mostFailures = 5;
const mostAttributes = 6;
const mostLines = 12;
const mostCharacters = 200;
const alarming = new Set(['warn', 'error', 'critical', 'fatal']);

export interface TraceForAgent {
  trace: Trace;
  layout: TraceLayout;
  critical: ReadonlyMap<number, readonly Stretch[]>;
  /** Of the trace, in order. */
  logs: readonly LogRecord[];
  /** Of the panel's page for this trace, without a key. */
  link: string;
}

/**
 * A trace as short text for a coding agent: what went wrong with its exceptions and their top frames, the log lines that
 * warn, the tree with durations, where the time went, and the link for a person.
 */
export function describeTraceForAgent({ trace, layout, critical, logs, link }: TraceForAgent): string {
  const { nodes, duration } = layout;
  const errors = nodes.filter(({ span }) => span.status.code === 'error').length;
  const lines = [
    `Trace ${trace.traceId}: ${counted(nodes.length, 'span')}, ${formatDuration(layout.lasted)}, ${counted(errors, 'error')}.`,
    ...[describePart(trace)].flatMap((part) => part ?? []),
    ...findClockSkew(layout).map((skew) => short(`${describeClockSkew(skew)}; times are as they were sent.`)),
    ...describeFailures(findFailures(layout, logs)),
    ...describeWarnings(logs, layout.startNs),
    '',
    'Spans (offset, duration, service, name):',
  ];
  for (const { span, depth, start } of nodes.slice(0, mostSpans)) {
    const failed = span.status.code === 'error' ? ` ERROR ${span.status.message}` : '';
    const took = span.timing ? `(${timingLabels[span.timing]})` : formatDuration(span.durationNs);
    lines.push(
      short(
        `${'  '.repeat(Math.min(depth, 12))}+${formatDuration(start)} ${took} ${span.service} ${span.name}${failed}`,
      ),
    );
  }
  if (nodes.length > mostSpans) lines.push(`… ${nodes.length - mostSpans} more spans`);

  const slowest = [...critical]
    .map(([position, stretches]) => ({
      span: nodes[position]!.span,
      own: stretches.reduce((sum, { from, to }) => sum + to - from, 0),
    }))
    .filter(({ own }) => own > 0)
    .sort((a, b) => b.own - a.own)
    .slice(0, 5);
  if (slowest.length > 0) lines.push('', 'Critical path, by own time:');
  for (const { span, own } of slowest)
    lines.push(
      short(`- ${formatDuration(own)} (${Math.round((own / duration) * 100)} %) ${span.service} ${span.name}`),
    );
  return `${lines.join('\n')}\n\nIn Watchtower: ${link}\n`;
}

function describeFailures(failures: readonly Failure[]): string[] {
  if (failures.length === 0) return [];
  const rest = failures.length - mostFailures;
  return [
    '',
    'Errors:',
    ...failures.slice(0, mostFailures).flatMap(describeFailure),
    ...(rest > 0 ? [`… ${rest} more`] : []),
  ];
}

function describeFailure({ what, stack, at, service, span, through }: Failure): string[] {
  const place = span
    ? `${service} ${span.name} (span ${span.spanId}, +${formatDuration(at)})`
    : `${service} (a log line, +${formatDuration(at)})`;
  const attributes = span?.attributes ?? [];
  const left = attributes.length - mostAttributes;
  return [
    short(`- ${what || span?.status.message || 'failed'} in ${place}`),
    ...topFrames(stack).map((frame) => short(`    ${frame}`)),
    ...(through.length > 0 ? [short(`    went on through: ${through.join(' < ')}`)] : []),
    ...attributes
      .slice(0, mostAttributes)
      .map(({ key, value }) => short(`    ${key} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)),
    ...(left > 0 ? [`    … ${counted(left, 'more attribute')}`] : []),
  ];
}

function describeWarnings(logs: readonly LogRecord[], startNs: string): string[] {
  const found = logs.filter(({ level }) => alarming.has(level));
  if (found.length === 0) return [];
  const rest = found.length - mostLines;
  return [
    '',
    'Log lines, warn and worse (offset, level, service, text):',
    ...found.slice(0, mostLines).map((log) => {
      const offset = nanosBetween(startNs, log.timeNs);
      const sign = offset < 0 ? '-' : '+';
      return short(
        `${sign}${formatDuration(Math.abs(offset))} ${log.level.toUpperCase()} ${log.service} ${lineText(log)}`,
      );
    }),
    ...(rest > 0 ? [`… ${rest} more`] : []),
  ];
}

function short(line: string): string {
  const plain = showPlainText(line.replaceAll(/\s*\n\s*/g, ' '));
  return plain.length > mostCharacters ? `${plain.slice(0, mostCharacters)}…` : plain;
}
