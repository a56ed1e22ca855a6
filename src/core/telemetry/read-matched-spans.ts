import type { MatchedSpan } from '../../shared/contract/telemetry';
import { readOtlpAttributes } from './read-otlp-attributes';
import type { TempoTrace } from './read-trace-summary';
import { isNil } from './request/is-nil';

/** Of what comes with a span, that which has a place of its own. */
const own = new Set(['name', 'status', 'service.name', 'duration']);

/**
 * The spans of one trace that a search matched, by their start, each once, and how many there are of them. `writesNil`: of an attribute
 * that a span has not the answer has the word.
 */
export function readMatchedSpans(
  trace: TempoTrace | undefined,
  writesNil: boolean,
): { spans: MatchedSpan[]; matched: number } {
  const sets = trace?.spanSets ?? (trace?.spanSet ? [trace.spanSet] : []);
  const spans = new Map<string, MatchedSpan>();
  for (const span of sets.flatMap((set) => set.spans ?? [])) {
    const spanId = (span.spanID ?? '').toLowerCase().padStart(16, '0');
    const attributes = readOtlpAttributes(span.attributes).filter(({ value }) => !writesNil || !isNil(value));
    const text = (key: string) => String(attributes.find((each) => each.key === key)?.value ?? '');
    spans.set(spanId, {
      spanId,
      name: span.name ?? text('name'),
      service: text('service.name'),
      failed: text('status') === 'error',
      startNs: span.startTimeUnixNano ?? '0',
      durationNs: Number(span.durationNanos ?? 0),
      attributes: attributes.filter(({ key }) => !own.has(key)),
    });
  }
  const matched = sets.reduce((sum, set) => sum + (set.matched ?? set.spans?.length ?? 0), 0);
  const byStart = [...spans.values()].sort((a, b) => Number(BigInt(a.startNs) - BigInt(b.startNs)));
  return { spans: byStart, matched: Math.max(matched, byStart.length) };
}
