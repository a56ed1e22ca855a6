import type { Span } from '../../../shared/contract/telemetry';
import { formatDuration } from '../../client/format-duration';
import { showPlainText } from '../../client/show-plain-text';
import { describeClockSkew } from './describe-clock-skew';
import { timingLabels } from './describe-timing';
import { findClockSkew } from './find-clock-skew';
import type { Stretch } from './find-critical-path';
import type { TraceLayout } from './layout-trace';

const mostSpans = 60;
const mostAttributes = 12;
const mostCharacters = 160;

/** A trace as short text for a coding agent: the tree with durations, errors with their attributes, where the time went. */
export function describeTraceForAgent(
  traceId: string,
  layout: TraceLayout,
  critical: ReadonlyMap<number, readonly Stretch[]>,
): string {
  const { nodes, duration } = layout;
  const errors = nodes.filter(({ span }) => span.status.code === 'error');
  const lines = [
    `Trace ${traceId}: ${nodes.length} spans, ${formatDuration(duration)}, ${errors.length} errors.`,
    ...findClockSkew(layout).map((skew) => short(`${describeClockSkew(skew)}; times are as they were sent.`)),
    '',
    'Spans (offset, duration, service, name):',
  ];
  for (const { span, depth, start } of nodes.slice(0, mostSpans)) {
    const failed = span.status.code === 'error' ? ` ERROR ${span.status.message}` : '';
    lines.push(
      short(
        `${'  '.repeat(Math.min(depth, 12))}+${formatDuration(start)} ${span.timing ? `(${timingLabels[span.timing]})` : formatDuration(span.durationNs)} ${span.service} ${span.name}${failed}`,
      ),
    );
  }
  if (nodes.length > mostSpans) lines.push(`… ${nodes.length - mostSpans} more spans`);

  const slowest = [...critical]
    .map(([position, stretches]) => ({
      span: nodes[position]!.span,
      own: stretches.reduce((sum, { from, to }) => sum + to - from, 0),
    }))
    .sort((a, b) => b.own - a.own)
    .slice(0, 5);
  lines.push('', 'Critical path, by own time:');
  for (const { span, own } of slowest)
    lines.push(
      short(`- ${formatDuration(own)} (${Math.round((own / duration) * 100)} %) ${span.service} ${span.name}`),
    );

  if (errors.length > 0) lines.push('', 'Errors:');
  for (const { span } of errors.slice(0, 5)) lines.push(...describeFailure(span));
  return `${lines.join('\n')}\n`;
}

function describeFailure(span: Span): string[] {
  const exception = span.events.find(({ name }) => name === 'exception');
  const attributes = [...span.attributes, ...(exception?.attributes ?? [])].filter(
    ({ key }) => key !== 'exception.stacktrace',
  );
  return [
    short(`- ${span.service} ${span.name} (span ${span.spanId}): ${span.status.message}`),
    ...attributes
      .slice(0, mostAttributes)
      .map(({ key, value }) => short(`    ${key} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)),
  ];
}

function short(line: string): string {
  const plain = showPlainText(line.replaceAll('\n', ' '));
  return plain.length > mostCharacters ? `${plain.slice(0, mostCharacters)}…` : plain;
}
