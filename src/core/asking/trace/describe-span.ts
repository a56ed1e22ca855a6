import type { LogRecord, Span, Trace } from '../../../shared/contract/telemetry';
import { counted } from '../../../shared/counted';
import { formatDuration } from '../../../shared/format-duration';
import { nanosBetween } from '../../../shared/nanos-between';
import { describePart } from '../../../shared/trace/describe-part';
import { timingExplanations } from '../../../shared/trace/describe-timing';
import { layoutTrace } from '../../../shared/trace/layout-trace';
import type { Refusal, Told } from '../answer/told';
import type { Asking } from '../answer/tool';
import { describeLine, textOf } from './describe-trace';

/** One span whole: its attributes and its resource's, events, links and log lines. */
export function describeSpan(
  trace: Trace,
  given: string,
  logs: readonly LogRecord[],
  { host }: Asking,
): Told | Refusal {
  const start = given.replace(/^#/, '').toLowerCase();
  const found = trace.spans.filter(({ spanId }) => spanId.startsWith(start));
  if (found.length !== 1 || start === '') {
    const some = found.slice(0, 5).map(({ spanId, name }) => `${spanId} (${name})`);
    return {
      refused: `${JSON.stringify(given)} is ${found.length === 0 ? 'no span' : `the start of ${found.length} spans' ids`} of this trace.`,
      hint:
        found.length === 0
          ? (describePart(trace) ?? 'Ids of its spans stand behind # in its tree.')
          : `Give more of it: ${some.join(', ')}.`,
    };
  }
  const span = found[0]!;
  const { startNs } = layoutTrace(trace);
  const own = logs.filter(({ spanId }) => spanId === span.spanId);
  return {
    head: [
      `Span ${span.spanId} of trace ${host.ids.show(trace.traceId)}: ${span.kind}, status ${span.status.code}, at +${formatDuration(nanosBetween(startNs, span.startNs))}, ${span.timing ? timingExplanations[span.timing] : `${formatDuration(span.durationNs)}.`}`,
    ],
    lines: [
      `${span.service} ${span.name}`,
      ...(span.status.message ? [`status message: ${span.status.message}`] : []),
      ...(span.parentSpanId ? [`parent: #${span.parentSpanId}`] : []),
      ...pairs('', span.attributes),
      ...span.events.flatMap(({ name, timeNs, attributes }) => [
        `event ${name} at +${formatDuration(Math.max(0, nanosBetween(startNs, timeNs)))}`,
        ...pairs('  ', attributes),
      ]),
      ...span.links.flatMap(({ traceId, spanId, attributes }) => [
        `link to trace ${host.ids.show(traceId)} #${spanId}`,
        ...pairs('  ', attributes),
      ]),
      `scope ${span.scope.name} ${span.scope.version}`.trim(),
      'resource:',
      ...pairs('  ', trace.resources[span.resource]?.attributes ?? []),
      ...(own.length > 0
        ? [`${counted(own.length, 'log line')}:`, ...own.map((record) => describeLine(record, startNs))]
        : []),
    ],
    notes: [],
    page: `/traces/${trace.traceId}?span=${span.spanId}`,
  };
}

function pairs(indent: string, attributes: Span['attributes']): string[] {
  return attributes.map(({ key, value }) => `${indent}${key} = ${textOf(value)}`);
}
