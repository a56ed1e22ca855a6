import { labelOf, type TraceView } from '../../shapes/trace-view';
import { evidenceOf } from '../evidence-of';
import { lostParents } from '../lost-parents';
import { placeOf } from '../place-of';
import type { Sighting } from '../sighting';

/** Spans that came over the wire with a parent which nobody sent, in a trace that has a beginning of its own. */
export function findMissingPropagation(view: TraceView): Sighting[] {
  return lostParents(view)
    .filter(({ local }) => !local)
    .map(({ positions }): Sighting => {
      const [first] = positions as [number, ...number[]];
      return {
        rule: 'missing-propagation',
        severity: 'problem',
        service: view.layout.nodes[first]!.span.service,
        sentence: `${placeOf(view, first)} names a parent that was never sent`,
        advice: 'See that what stands between the two passes `traceparent` on and sends its own spans.',
        key: ['orphan', labelOf(view, first)],
        weight: positions.length,
        evidence: evidenceOf(view, positions),
      };
    });
}
