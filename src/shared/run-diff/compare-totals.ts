import { quoted } from '../findings/place-of';
import { groupBy } from '../group-by';
import type { RunChange } from '../runs/run-diff';
import { compareRates, type Rate } from './compare-rates';
import type { ShapePair } from './index-shapes';
import { changeOf, told } from './make-change';

/** One that is made once, as at a first connection, makes the sum uneven: so much more of one shape a request is told all the same. */
const leastStep = 0.5;

/** Queries and retries a request, all shapes together, with the shape that changed most. */
export function compareTotals(
  pairs: readonly ShapePair[],
  requests: { readonly before: ReadonlyMap<string, number>; readonly after: ReadonlyMap<string, number> },
  what: 'queries' | 'retries',
): RunChange[] {
  const counted = pairs.filter(({ before, after }) => amount(before, what) + amount(after, what) > 0);
  return [...groupBy(counted, ({ shape }) => shape.request)].flatMap(([request, group]): RunChange[] => {
    const [wasOf, isOf] = [requests.before.get(request) ?? 0, requests.after.get(request) ?? 0];
    if (wasOf === 0 || isOf === 0) return [];
    const was = { count: sum(group.map(({ before }) => amount(before, what))), of: wasOf };
    const is = { count: sum(group.map(({ after }) => amount(after, what))), of: isOf };
    const [before, after] = [was.count / was.of, is.count / is.of];
    const grown = (pair: ShapePair) => amount(pair.after, what) / isOf - amount(pair.before, what) / wasOf;
    const sign = Math.sign(after - before);
    const hasStep = group.some(
      (pair) =>
        sign * grown(pair) >= leastStep &&
        differ({ count: amount(pair.before, what), of: wasOf }, { count: amount(pair.after, what), of: isOf }),
    );
    if (!differ(was, is) && !hasStep) return [];
    const most = group.toSorted((a, b) => sign * (grown(b) - grown(a)))[0]!;
    const change = grown(most);
    const kind = `${after > before ? 'more' : 'fewer'}-${what}` as const;
    return [
      changeOf(most, {
        kind,
        worse: after > before,
        sentence: `${quoted(request)}: ${told(before)} → ${told(after)} ${what} a request; ${change > 0 ? '+' : ''}${told(change)} of ${quoted(most.shape.name)}`,
        before,
        after,
      }),
    ];
  });
}

function differ(before: Rate, after: Rate): boolean {
  return compareRates(before, after) === 'different';
}

function amount(shape: ShapePair['before'], what: 'queries' | 'retries'): number {
  if (!shape) return 0;
  return what === 'retries' ? shape.retries : shape.query ? shape.count : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
