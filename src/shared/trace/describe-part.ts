import type { Trace } from '../contract/telemetry';

/** Says of a trace that is here in part how much of it there is, as a sentence; null where it is whole. */
export function describePart({ spans, total }: Pick<Trace, 'spans' | 'total'>): string | null {
  if (total === undefined) return null;
  return `It has ${total} spans: this tells of ${spans.length}, those nearest to the roots, and of the deepest level the failed and the longest.`;
}
