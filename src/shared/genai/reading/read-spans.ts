import type { LogRecord } from '../../contract/telemetry';
import type { TraceLayout } from '../../trace/layout-trace';
import { readGenAiSpan } from '../read-genai-span';
import { failureOf } from './failure-of';
import type { ToldSpan } from './find-outcomes';

/** With its place in the layout. */
export interface ReadSpan extends ToldSpan {
  readonly position: number;
  readonly name: string;
  readonly service: string;
  /** Nanoseconds after the start of the trace. */
  readonly start: number;
}

/** The spans of a trace that say something of this kind, by their start. */
export function readSpans({ nodes }: TraceLayout, logs: readonly LogRecord[]): ReadSpan[] {
  const bySpan = new Map<string, LogRecord[]>();
  for (const log of logs) if (log.spanId) bySpan.set(log.spanId, [...(bySpan.get(log.spanId) ?? []), log]);
  const spans = nodes.flatMap(({ span: sent, start }, position): ReadSpan[] => {
    const span = readGenAiSpan(sent, bySpan.get(sent.spanId));
    if (!span) return [];
    const { name, service, durationNs } = sent;
    return [{ span, position, name, service, start, durationNs, ...failureOf(sent) }];
  });
  return spans.sort((a, b) => a.start - b.start || a.position - b.position);
}
