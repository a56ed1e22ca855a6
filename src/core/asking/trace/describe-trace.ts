import type { LogRecord, Trace } from '../../../shared/contract/telemetry';
import { counted } from '../../../shared/counted';
import { findInTrace } from '../../../shared/findings/find-in-trace';
import { formatAgo } from '../../../shared/format-ago';
import { formatDuration } from '../../../shared/format-duration';
import { lineText } from '../../../shared/line-text';
import { nanosBetween } from '../../../shared/nanos-between';
import { describeClockSkew } from '../../../shared/trace/describe-clock-skew';
import { describePart } from '../../../shared/trace/describe-part';
import { findClockSkew } from '../../../shared/trace/find-clock-skew';
import { findCriticalPath } from '../../../shared/trace/find-critical-path';
import { type Failure, findFailures } from '../../../shared/trace/find-failures';
import { layoutTrace } from '../../../shared/trace/layout-trace';
import { topFrames } from '../../../shared/trace/top-frames';
import type { Told } from '../answer/told';
import type { Asking } from '../answer/tool';
import { describeTree, shortSpanIds } from './span-tree';

const mostAttributes = 8;
/** Failures that are told with frames and attributes: those behind them follow from them, mostly. */
const mostWhole = 3;
const alarming = new Set(['warn', 'error', 'critical', 'fatal']);

/** One trace: what failed with its exceptions, lines that warn, findings, the tree, and all other lines. */
export function describeTrace(trace: Trace, logs: readonly LogRecord[], { host, now }: Asking): Told {
  const layout = layoutTrace(trace);
  const { nodes, startNs, lasted } = layout;
  const short = shortSpanIds(trace.spans);
  const failed = trace.spans.filter(({ status }) => status.code === 'error').length;
  const services = new Set(trace.spans.map(({ service }) => service)).size;
  const findings = findInTrace(trace, logs).filter(({ rule }) => rule !== 'failing-span');
  const warnings = logs.filter(({ level }) => alarming.has(level));
  const others = logs.filter(({ level }) => !alarming.has(level));
  const line = (record: LogRecord) => describeLine(record, startNs);
  return {
    head: [
      `Trace ${host.ids.show(trace.traceId)} of ${formatAgo(Number(BigInt(startNs) / 1_000_000n), now)}: ${formatDuration(lasted)}, ${counted(nodes.length, 'span')} of ${counted(services, 'service')}, ${failed} failed, ${counted(logs.length, 'log line')}.`,
      ...[describePart(trace)].flatMap((part) => part ?? []),
      ...findClockSkew(layout).map(describeClockSkew),
    ],
    lines: [
      ...section(
        'Failures:',
        findFailures(layout, logs).flatMap((failure, index) => describeFailure(failure, short, index < mostWhole)),
      ),
      ...section('Lines that warn:', warnings.map(line)),
      ...section(
        'Findings:',
        findings.map(({ rule, sentence, advice }) => `${rule}: ${sentence}. ${advice}`),
      ),
      'Spans (× alike, self, on the critical path, #span):',
      ...describeTree({ layout, critical: findCriticalPath(layout), short }),
      ...section('Other lines:', others.map(line)),
    ],
    notes: [],
    page: `/traces/${trace.traceId}`,
  };
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function describeFailure(
  { what, stack, at, service, span, through }: Failure,
  short: (id: string) => string,
  whole: boolean,
): string[] {
  const place = span ? `${service} ${span.name} #${short(span.spanId)}` : `${service} (a log line)`;
  const first = `${what || span?.status.message || 'failed'} in ${place} at +${formatDuration(at)}`;
  if (!whole) return [first];
  const attributes = (span?.attributes ?? [])
    .slice(0, mostAttributes)
    .map(({ key, value }) => `${key}=${textOf(value)}`);
  const left = (span?.attributes.length ?? 0) - attributes.length;
  return [
    first,
    ...topFrames(stack).map((frame) => `  ${frame}`),
    ...(through.length > 0 ? [`  went on through ${through.join(' < ')}`] : []),
    ...(attributes.length > 0 ? [`  ${attributes.join(', ')}${left > 0 ? ` and ${left} more` : ''}`] : []),
  ];
}

export function describeLine(record: LogRecord, startNs: string): string {
  const offset = nanosBetween(startNs, record.timeNs);
  return `${offset < 0 ? '-' : '+'}${formatDuration(Math.abs(offset))} ${record.level} ${record.service} ${lineText(record)}`;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
