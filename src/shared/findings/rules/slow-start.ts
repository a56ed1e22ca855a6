import { formatDuration } from '../../format-duration';
import { quoted } from '../place-of';
import type { RunFacts } from '../run-facts';
import type { Sighting } from '../sighting';

const leastRequests = 5;
const leastRatio = 5;
const leastNs = 100e6;

/** The first of at least five requests of a kind took five times as long as is usual, and 100 ms longer. */
export function findSlowStarts({ requests }: RunFacts): Sighting[] {
  return requests.flatMap(({ request, count, durations: { samples } }): Sighting[] => {
    const [first = 0, ...others] = samples;
    if (count < leastRequests || others.length < leastRequests - 1) return [];
    const sorted = others.toSorted((a, b) => a - b);
    const usual = sorted[sorted.length >> 1]!;
    if (first < leastRatio * usual || first - usual < leastNs) return [];
    // One slow request among others says nothing of the start.
    if (others.filter((duration) => duration >= first / 2).length > 0) return [];
    return [
      {
        rule: 'slow-start',
        severity: 'hint',
        service: request.split(' ', 1)[0]!,
        sentence: `The first ${quoted(request)} took ${formatDuration(first)}, the others about ${formatDuration(usual)}`,
        advice: 'Warm up what the first request waits for (connections, caches, compilation) before it is ready.',
        key: [request],
        weight: first - usual,
        evidence: null,
      },
    ];
  });
}
