import { formatDuration } from '../../format-duration';
import { labelOf, requestOf, type TraceView } from '../../shapes/trace-view';
import { findCriticalPath } from '../../trace/find-critical-path';
import { evidenceOf } from '../evidence-of';
import { placeOf, quoted } from '../place-of';
import type { Sighting } from '../sighting';

const leastSpans = 3;
const leastNs = 20e6;
const leastShare = 0.6;

/** One span below the root whose own time the request waited for most of the time. */
export function findCriticalShare(view: TraceView): Sighting[] {
  const { nodes } = view.layout;
  const [root] = nodes;
  if (nodes.length < leastSpans || !root || root.span.timing !== undefined || root.span.durationNs < leastNs) return [];
  if (view.readings[0]!.health || root.descendants + 1 < leastSpans) return [];
  for (const [position, stretches] of findCriticalPath(view.layout)) {
    if (position === 0 || view.roots[position] !== 0) continue;
    const own = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
    const share = own / root.span.durationNs;
    if (share < leastShare || share > 1) continue;
    return [
      {
        rule: 'critical-path',
        severity: 'hint',
        service: nodes[position]!.span.service,
        sentence: `${quoted(requestOf(view, position))} waits ${Math.round(share * 100)} % of its ${formatDuration(root.span.durationNs)} for ${placeOf(view, position)}`,
        advice: 'Start here to make it quicker: nothing else can win as much.',
        key: [requestOf(view, position), labelOf(view, position)],
        weight: own,
        evidence: evidenceOf(view, [position]),
      },
    ];
  }
  return [];
}
