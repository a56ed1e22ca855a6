import { formatDuration } from '../../format-duration';
import { labelOf, type TraceView } from '../../shapes/trace-view';
import { evidenceOf } from '../evidence-of';
import { placeOf, quoted } from '../place-of';
import { queryLoops } from '../query-loops';
import type { Sighting } from '../sighting';

const leastChildren = 3;

/** Several queries that take turns below one span, for each row of something. */
export function findMNPlusOneQueries(view: TraceView): Sighting[] {
  return view.layout.nodes.flatMap(({ children, span }, parent) => {
    if (children.length < leastChildren || (span.kind === 'consumer' && span.links.length > 1)) return [];
    return queryLoops(view, parent).patterns.map(({ steps, turns, queries }): Sighting => {
      const positions = steps.map(({ position }) => position);
      const evidence = evidenceOf(view, positions);
      return {
        rule: 'm-n-plus-one-queries',
        severity: 'problem',
        service: span.service,
        sentence: `${placeOf(view, parent)} asks ${queries.length} queries in turn, ${turns} times, in ${formatDuration(evidence.durationNs)}: ${queries.map((query) => quoted(query, 60)).join(' | ')}`,
        advice: 'Fetch what the loop needs before it: one query for each table, with an IN list or a join.',
        key: [labelOf(view, parent), ...queries],
        weight: turns * queries.length,
        evidence,
      };
    });
  });
}
