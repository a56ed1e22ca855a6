import type { TraceLayout } from '../trace/layout-trace';
import type { SpanReading } from './read-span';
import type { SpanFacts } from './span-facts';

const attemptName = /\b(?:re-?try|attempt)/i;

/**
 * Positions of spans that repeat a call which had failed: the same question to the same place, below the same parent, begun
 * after the failed one ended. Also those that say themselves that they were sent again.
 */
export function findRetries({ nodes }: TraceLayout<SpanFacts>, readings: readonly SpanReading[]): ReadonlySet<number> {
  const retries = new Set<number>();
  if (!readings.some(({ failed, resent }) => failed || resent > 0)) return retries;
  const look = (siblings: readonly number[]) => {
    /** Of calls whose last answer was a failure: when that ended. */
    const failed = new Map<string, number>();
    for (const position of siblings) {
      const { span, start, end } = nodes[position]!;
      const reading = readings[position]!;
      if (reading.resent > 0) retries.add(position);
      const call = identityOf(span, reading);
      if (call === '') continue;
      const since = failed.get(call);
      if (since !== undefined && start >= since) retries.add(position);
      if (reading.failed) failed.set(call, end);
      else failed.delete(call);
    }
  };
  look(nodes.flatMap(({ parent }, position) => (parent === -1 ? [position] : [])));
  for (const { children } of nodes) if (children.length > 0) look(children);
  return retries;
}

function identityOf(span: SpanFacts, { call, asked, template, name }: SpanReading): string {
  if (call !== '') return `${span.service} ${call} ${span.name} ${asked || template}`;
  if (span.kind === 'client' || span.kind === 'producer' || attemptName.test(span.name))
    return `${span.service} ${name}`;
  return '';
}
