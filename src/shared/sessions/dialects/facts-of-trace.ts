import { readFacts } from './read-facts';
import type { SessionFact } from './session-fact';
import type { TelemetryItem } from './telemetry-item';

/** More spans above another one than this are not looked at. */
const deepest = 200;

/**
 * What each span of a trace tells. One that names no session is of that of the nearest span above it that does, else of the trace's only one;
 * where none is named, the trace is its own.
 */
export function factsOfTrace(traceId: string, spans: readonly TelemetryItem[]): SessionFact[][] {
  const read = spans.map(readFacts);
  const named = new Map<string, string>();
  const parents = new Map<string, string>();
  for (const [index, { spanId, parentSpanId }] of spans.entries()) {
    parents.set(spanId, parentSpanId);
    const session = read[index]![0]?.session;
    if (session) named.set(spanId, session);
  }
  const sessions = new Set(named.values());
  const only = sessions.size === 0 ? traceId : sessions.size === 1 ? [...sessions][0]! : '';
  const above = (spanId: string) => {
    let at = spanId;
    for (let step = 0; step < deepest && at !== ''; step++) {
      const found = named.get(at);
      if (found !== undefined) return found;
      at = parents.get(at) ?? '';
    }
    return '';
  };
  return read.map((facts, index) => {
    if (facts.length === 0 || facts[0]!.session) return facts;
    const session = only || above(spans[index]!.parentSpanId);
    return facts.map((fact) => ({ ...fact, session }));
  });
}
