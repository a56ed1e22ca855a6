import { normalizeLine } from '../../shapes/normalize-line';
import { labelOf, requestOf, type TraceView } from '../../shapes/trace-view';
import { deepestFailures } from '../deepest-failures';
import { describeFailure } from '../describe-failure';
import { evidenceOf } from '../evidence-of';
import { placeOf, quoted } from '../place-of';
import type { Sighting } from '../sighting';

/** The span in which a request's failure began, where it went on to the top. */
export function findFailingSpans(view: TraceView): Sighting[] {
  return deepestFailures(view).flatMap((failure): Sighting[] => {
    if (failure.handledBy >= 0) return [];
    const { position } = failure;
    const { span, parent } = view.layout.nodes[position]!;
    const of = parent === -1 ? '' : `, and ${quoted(requestOf(view, position))} with it`;
    return [
      {
        rule: 'failing-span',
        severity: 'problem',
        service: span.service,
        sentence: `${placeOf(view, position)} failed${of}${describeFailure(failure)}`,
        advice: 'Look at this span first: what failed above it failed because of it.',
        key: [labelOf(view, position), failure.type || normalizeLine(failure.message)],
        weight: view.layout.nodes[position]!.depth + 1,
        evidence: evidenceOf(view, [position]),
      },
    ];
  });
}
