import type { Span } from '../contract/telemetry';
import type { TraceLayout } from './layout-trace';

/** Positions of the spans whose name, service, ids, status message or attributes contain the text, in any case. */
export function findSpans({ nodes }: TraceLayout, text: string): number[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  return nodes.flatMap(({ span }, position) => (matches(span, wanted) ? [position] : []));
}

function matches(span: Span, wanted: string): boolean {
  const has = (value: string) => value.toLowerCase().includes(wanted);
  return (
    has(span.name) ||
    has(span.service) ||
    has(span.status.message) ||
    span.spanId === wanted ||
    span.attributes.some(
      ({ key, value }) => has(key) || has(typeof value === 'string' ? value : JSON.stringify(value)),
    ) ||
    span.events.some(({ name }) => has(name))
  );
}
