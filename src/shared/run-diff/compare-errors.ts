import type { RunChange } from '../runs/run-diff';
import { compareRates, rateOf } from './compare-rates';
import type { ShapePair, ShapeTree } from './index-shapes';
import { changeOf, example, nameOf, told } from './make-change';

/**
 * Shapes that fail more or less often; of those above one another, the deepest. An error that was not there is told however seldom
 * it is, one that is gone only where it was no chance.
 */
export function compareErrors(
  pairs: readonly ShapePair[],
  tree: ShapeTree,
  requests: { readonly before: ReadonlyMap<string, number>; readonly after: ReadonlyMap<string, number> },
): RunChange[] {
  const direction = new Map<ShapePair, number>();
  for (const pair of pairs) {
    const { request } = pair.shape;
    const was = { count: pair.before?.errors ?? 0, of: requests.before.get(request) ?? 0 };
    const is = { count: pair.after?.errors ?? 0, of: requests.after.get(request) ?? 0 };
    if (was.count === 0 && is.count === 0) continue;
    const sign = Math.sign(rateOf(is) - rateOf(was));
    const verdict = was.of === 0 || is.of === 0 ? 'different' : compareRates(was, is);
    if (verdict === 'different' || (verdict === 'too-few' && sign > 0)) direction.set(pair, sign);
  }
  return [...direction].flatMap(([pair, sign]): RunChange[] => {
    if (tree.childrenOf(pair).some((child) => direction.get(child) === sign)) return [];
    const [was, is] = [pair.before?.errors ?? 0, pair.after?.errors ?? 0];
    const ofWas = pair.before ? ` of ${pair.before.count}` : '';
    const ofIs = pair.after ? ` of ${pair.after.count}` : '';
    return [
      {
        ...changeOf(pair, {
          kind: sign > 0 ? 'new-errors' : 'fewer-errors',
          worse: sign > 0,
          sentence: `${nameOf(pair)}: ${told(was)}${ofWas} → ${told(is)}${ofIs} failed`,
          before: was,
          after: is,
        }),
        examples: {
          ...example('before', pair.before?.examples.at(-1)),
          ...example('after', pair.after?.examples.at(-1)),
        },
      },
    ];
  });
}
