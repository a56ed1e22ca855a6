import { formatDuration } from '../../format-duration';
import { groupBy } from '../../group-by';
import { labelOf, type TraceView } from '../../shapes/trace-view';
import { evidenceOf } from '../evidence-of';
import { placeOf } from '../place-of';
import type { Sighting } from '../sighting';

const leastRetries = 3;

/**
 * A call that failed and was made again at least three times: below one span, or below the attempts of what calls it, where repeats
 * multiply.
 */
export function findRetryStorms(view: TraceView): Sighting[] {
  if (view.retries.size === 0) return [];
  const { nodes } = view.layout;
  const families = familiesOf(view);
  const members = groupBy(
    [...nodes.keys()].filter((at) => families[at]! >= nodes.length),
    (at) => String(families[at]),
  );
  const retried = groupBy(view.retries, (at) => String(families[at]));
  return [...retried].flatMap(([family, retries]): Sighting[] => {
    const first = retries[0]!;
    const { parent, span } = nodes[first]!;
    const resent = Math.max(...retries.map((at) => view.readings[at]!.resent));
    const times = Math.max(retries.length, resent);
    if (times < leastRetries) return [];
    const attempts = members.get(family)!;
    const callers = new Set(retries.map((at) => nodes[at]!.parent));
    const failed = attempts.filter((at) => view.readings[at]!.failed).length;
    const evidence = evidenceOf(view, attempts, Math.max(times + 1, callers.size > 1 ? attempts.length : 0));
    const within = callers.size > 1 ? `below ${callers.size} attempts of what calls it, ` : '';
    return [
      {
        rule: 'retry-storm',
        severity: 'problem',
        service: span.service,
        sentence: `${placeOf(view, first)} was repeated ${times} times after it had failed, ${within}${failed === attempts.length ? 'and never went well' : `${failed} failures`}, in ${formatDuration(evidence.durationNs)}`,
        advice: 'Mend what fails; retry less often, with growing pauses, and only what can go well the next time.',
        key: [parent === -1 ? '' : labelOf(view, parent), labelOf(view, first)],
        weight: times,
        evidence,
      },
    ];
  });
}

/** By position: the same number, from the number of spans on, for attempts of one call, also where what makes them is an attempt of another call. */
function familiesOf(view: TraceView): number[] {
  const { nodes } = view.layout;
  const repeated = new Set([...view.retries].map((at) => `${nodes[at]!.parent}\u0000${labelOf(view, at)}`));
  const families: number[] = [];
  const isWithin: boolean[] = [];
  const known = new Map<string, number>();
  for (const [at, { parent }] of nodes.entries()) {
    const label = labelOf(view, at);
    isWithin[at] = repeated.has(`${parent}\u0000${label}`) || (isWithin[parent] ?? false);
    const key = `${families[parent] ?? -1}\u0000${label}`;
    if (isWithin[at] && !known.has(key)) known.set(key, nodes.length + known.size);
    families[at] = isWithin[at] ? known.get(key)! : at;
  }
  return families;
}
