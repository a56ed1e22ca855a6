import { formatDuration } from '../../format-duration';
import { groupBy } from '../../group-by';
import { labelOf, type TraceView } from '../../shapes/trace-view';
import { evidenceOf } from '../evidence-of';
import { placeOf } from '../place-of';
import type { Sighting } from '../sighting';

const leastRetries = 3;

/** A call that failed and was made again at least three times below one span. */
export function findRetryStorms(view: TraceView): Sighting[] {
  const { nodes } = view.layout;
  const retried = groupBy(view.retries, (at) => `${nodes[at]!.parent}\u0000${labelOf(view, at)}`);
  return [...retried.values()].flatMap((retries): Sighting[] => {
    const first = retries[0]!;
    const { parent, span } = nodes[first]!;
    const resent = Math.max(...retries.map((at) => view.readings[at]!.resent));
    const times = Math.max(retries.length, resent);
    if (times < leastRetries) return [];
    const siblings = parent === -1 ? retries : nodes[parent]!.children;
    const attempts = siblings.filter((at) => labelOf(view, at) === labelOf(view, first));
    const failed = attempts.filter((at) => view.readings[at]!.failed).length;
    const evidence = evidenceOf(view, attempts, times + 1);
    return [
      {
        rule: 'retry-storm',
        severity: 'problem',
        service: span.service,
        sentence: `${placeOf(view, first)} was repeated ${times} times after it had failed, ${failed === attempts.length ? 'and never went well' : `${failed} failures`}, in ${formatDuration(evidence.durationNs)}`,
        advice: 'Mend what fails; retry less often, with growing pauses, and only what can go well the next time.',
        key: [parent === -1 ? '' : labelOf(view, parent), labelOf(view, first)],
        weight: times,
        evidence,
      },
    ];
  });
}
