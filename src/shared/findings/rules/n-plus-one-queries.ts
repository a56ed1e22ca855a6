import { formatDuration } from '../../format-duration';
import { groupBy } from '../../group-by';
import { labelOf, type TraceView } from '../../shapes/trace-view';
import { evidenceOf } from '../evidence-of';
import { isPolling, loopGaps } from '../loop-gaps';
import { placeOf, quoted } from '../place-of';
import { type LoopStep, queryLoops } from '../query-loops';
import type { Sighting } from '../sighting';

const leastQueries = 5;

/** One query again and again below one span, each time with another value. */
export function findNPlusOneQueries(view: TraceView): Sighting[] {
  return view.layout.nodes.flatMap(({ children }, parent) =>
    children.length < leastQueries || isBatch(view, parent) ? [] : below(view, parent),
  );
}

function below(view: TraceView, parent: number): Sighting[] {
  const { steps, patterns } = queryLoops(view, parent);
  if (steps.length < leastQueries) return [];
  const inPatterns = new Set(patterns.flatMap((pattern) => pattern.steps));
  const single = steps.filter((step) => step.queries.length === 1 && !inPatterns.has(step));
  return [...groupBy(single, ({ key }) => key).values()].flatMap((group) => {
    if (group.length < leastQueries) return [];
    const tried = group.filter(({ position }) => !view.retries.has(position));
    const positions = tried.map(({ position }) => position);
    const [query = ''] = group[0]!.queries;
    if (tried.length < leastQueries || !differs(view, tried) || isPage(query)) return [];
    if (isPolling(loopGaps(view, positions))) return [];
    const evidence = evidenceOf(view, positions);
    const { service } = view.layout.nodes[parent]!.span;
    return [
      {
        rule: 'n-plus-one-queries',
        severity: 'problem',
        service,
        sentence: `${placeOf(view, parent)} asks ${tried.length} times, in ${formatDuration(evidence.durationNs)}: ${quoted(query)}`,
        advice: writes.test(query)
          ? 'Write all rows with one statement.'
          : 'Fetch all of them at once: a join, an IN list, or eager loading in the ORM.',
        key: [labelOf(view, parent), query],
        weight: tried.length,
        evidence,
      } satisfies Sighting,
    ];
  });
}

const writes = /^\s*(?:insert|update|delete|replace|merge|upsert)\b/i;

/** Work on many messages that came together has a query for each of them. */
function isBatch(view: TraceView, parent: number): boolean {
  const { span } = view.layout.nodes[parent]!;
  return span.kind === 'consumer' && (span.links.length > 1 || /batch/i.test(span.name));
}

/** The same question with the same values is another thing: duplicate work. Where values are not told, they may differ. */
function differs(view: TraceView, steps: readonly LoopStep[]): boolean {
  const asked = steps.map(({ position }) => view.readings[position]!.asked);
  const [first = ''] = asked;
  if (first === '') return true;
  if (asked.some((text) => text !== first)) return true;
  return placeholder.test(first);
}

const placeholder = /\?|\$\d|(?<![:\w]):[a-z_]\w*|%s|%\(|(?<![@\w])@\w/i;

/** Pages of one result. */
function isPage(query: string): boolean {
  return /\boffset\b|\bfetch\s+next\b/i.test(query) || (/[<>]/.test(query) && /\blimit\b/i.test(query));
}
