/** A binary operator that was read, with what stands at its right. */
export interface Link<Node> {
  readonly operator: string;
  readonly operand: Node;
}

/**
 * The tree of a chain of left-associative operators of one precedence. Runs of one operator that is associative become
 * trees of logarithmic depth: a query may join thousands of conditions, and trees are walked by recursion.
 */
export function buildChain<Node>(
  first: Node,
  links: readonly Link<Node>[],
  isAssociative: (operator: string) => boolean,
  join: (operator: string, left: Node, right: Node) => Node,
): Node {
  let left = first;
  let at = 0;
  while (at < links.length) {
    const { operator } = links[at]!;
    let end = at + 1;
    if (isAssociative(operator)) while (links[end]?.operator === operator) end++;
    const run = [left, ...links.slice(at, end).map(({ operand }) => operand)];
    left = joinHalves(run, 0, run.length, (a, b) => join(operator, a, b));
    at = end;
  }
  return left;
}

function joinHalves<Node>(
  nodes: readonly Node[],
  from: number,
  to: number,
  join: (left: Node, right: Node) => Node,
): Node {
  if (to - from === 1) return nodes[from]!;
  const middle = (from + to + 1) >>> 1;
  return join(joinHalves(nodes, from, middle, join), joinHalves(nodes, middle, to, join));
}
