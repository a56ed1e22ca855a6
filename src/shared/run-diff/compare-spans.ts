import { counted } from '../counted';
import type { RunChange } from '../runs/run-diff';
import { compareRates, rateOf } from './compare-rates';
import type { ShapePair, ShapeTree } from './index-shapes';
import { changeOf, nameOf, told } from './make-change';

/** How many connections are made depends on how many calls came at one time. */
const byChance = /\bconnect|\bdns|\btls\b|lookup|handshake|\bacquire|\bpool\b/i;

interface Requests {
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
}

/**
 * Shapes below a root that are new, gone, more or fewer a request; of a new or gone part the top, with how much is below it.
 * `told` are those of which another change tells already.
 */
export function compareSpans(
  pairs: readonly ShapePair[],
  tree: ShapeTree,
  requests: Requests,
  alreadyTold: ReadonlySet<ShapePair>,
): { changes: RunChange[]; notJudged: string[] } {
  const changes: RunChange[] = [];
  const notJudged: string[] = [];
  for (const pair of pairs) {
    const { request, parent } = pair.shape;
    const [wasOf, isOf] = [requests.before.get(request) ?? 0, requests.after.get(request) ?? 0];
    if (parent === '' || wasOf === 0 || isOf === 0 || alreadyTold.has(pair)) continue;
    const was = { count: pair.before?.count ?? 0, of: wasOf };
    const is = { count: pair.after?.count ?? 0, of: isOf };
    const verdict = compareRates(was, is);
    if (verdict === 'same' || followsParent(pair, tree, requests)) continue;
    const change = tell(pair, tree, was, is);
    if (byChance.test(pair.shape.name)) notJudged.push(`${change.sentence} (it depends on what comes at one time)`);
    else if (verdict === 'too-few') notJudged.push(`${change.sentence}: seen in too few requests to judge`);
    else changes.push(change);
  }
  return { changes, notJudged };
}

type Counted = Parameters<typeof rateOf>[0];

function tell(pair: ShapePair, tree: ShapeTree, was: Counted, is: Counted): RunChange {
  const name = nameOf(pair);
  const [before, after] = [rateOf(was), rateOf(is)];
  const below = countBelow(pair, tree);
  const and = below === 0 ? '' : `, with ${counted(below, 'kind')} of spans below it`;
  if (!pair.before)
    return changeOf(pair, {
      kind: 'new-span',
      worse: false,
      sentence: `New, ${told(after)} a request: ${name}${and}`,
      before: null,
      after,
    });
  if (!pair.after)
    return changeOf(pair, {
      kind: 'gone-span',
      worse: false,
      sentence: `Gone, ${told(before)} a request before: ${name}${and}`,
      before,
      after: null,
    });
  const kind = after > before ? 'more-spans' : 'fewer-spans';
  return changeOf(pair, {
    kind,
    worse: false,
    sentence: `${name}: ${told(before)} → ${told(after)} a request`,
    before,
    after,
  });
}

/** What is above it came, went, or grew just as much: that is told instead. */
function followsParent(pair: ShapePair, tree: ShapeTree, { before, after }: Requests): boolean {
  return tree.parentsOf(pair).some((parent) => {
    if (parent.shape.parent === '') return false;
    if (!parent.before || !parent.after) return !parent.before === !pair.before && !parent.after === !pair.after;
    const of = { was: before.get(pair.shape.request)!, is: after.get(pair.shape.request)! };
    const grown = parent.after.count / of.is / (parent.before.count / of.was);
    const own = (pair.after?.count ?? 0) / of.is / ((pair.before?.count ?? 0) / of.was);
    return grown !== 1 && Math.abs(grown - own) < 0.01 * grown;
  });
}

function countBelow(pair: ShapePair, tree: ShapeTree): number {
  const seen = new Set<ShapePair>([pair]);
  for (const each of seen)
    for (const child of tree.childrenOf(each))
      if (!child.before === !pair.before && !child.after === !pair.after) seen.add(child);
  return seen.size - 1;
}
