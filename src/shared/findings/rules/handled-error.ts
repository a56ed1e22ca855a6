import { normalizeLine } from '../../shapes/normalize-line';
import { labelOf, type TraceView } from '../../shapes/trace-view';
import { deepestFailures } from '../deepest-failures';
import { describeFailure } from '../describe-failure';
import { evidenceOf } from '../evidence-of';
import { placeOf } from '../place-of';
import type { Sighting } from '../sighting';

/** An error that did not reach the top: somebody caught it, or nobody waited. An answer of the 4xx kind is an answer. */
export function findHandledErrors(view: TraceView): Sighting[] {
  return deepestFailures(view).flatMap((failure): Sighting[] => {
    const { position, handledBy, unawaited } = failure;
    const { statusCode } = view.readings[position]!;
    if (handledBy === -1 || (statusCode >= 400 && statusCode < 500 && statusCode !== 429)) return [];
    const { span } = view.layout.nodes[position]!;
    const where = handledBy === position ? 'there' : `in ${placeOf(view, handledBy)}`;
    return [
      {
        rule: 'handled-error',
        severity: 'hint',
        service: span.service,
        sentence: unawaited
          ? `${placeOf(view, position)} failed after ${placeOf(view, handledBy)} had ended, which did not wait for it${describeFailure(failure)}`
          : `${placeOf(view, position)} failed, and the error was handled ${where}${describeFailure(failure)}`,
        advice: unawaited
          ? 'Wait for it (a missing await?), or tell its failure to somebody.'
          : 'See that it is handled on purpose: nobody above was told.',
        key: [labelOf(view, position), failure.type || normalizeLine(failure.message)],
        weight: 1,
        evidence: evidenceOf(view, [position]),
      },
    ];
  });
}
