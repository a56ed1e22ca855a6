/** A token of an expression that the grammar has already found to be well-formed. */
export type Token<Node> =
  | { readonly type: 'operand'; readonly node: Node }
  | { readonly type: 'operator'; readonly text: string }
  | { readonly type: 'open' }
  | { readonly type: 'close' };

export interface OperatorTable<Node> {
  /** Binding power of a binary operator; a higher one binds tighter. */
  binary(text: string): number;
  /** Binding power of a prefix operator's operand, undefined where there is no such prefix. */
  prefix(text: string): number | undefined;
  rightAssociative: ReadonlySet<string>;
  join(operator: string, left: Node, right: Node): Node;
  apply(operator: string, operand: Node): Node;
}

/**
 * Builds the tree of a flat list of tokens by precedence. The published grammar reads every operator as
 * left-associative and of one precedence; Tempo's own precedence is applied here.
 */
export function climbOperators<Node>(tokens: readonly Token<Node>[], table: OperatorTable<Node>): Node | undefined {
  let at = 0;

  function operand(): Node | undefined {
    const token = tokens[at++];
    if (token === undefined || token.type === 'close') return undefined;
    if (token.type === 'operand') return token.node;
    if (token.type === 'open') {
      const inner = expression(0);
      at++;
      return inner;
    }
    const power = table.prefix(token.text);
    const inner = power === undefined ? undefined : expression(power);
    return inner === undefined ? undefined : table.apply(token.text, inner);
  }

  function expression(minimum: number): Node | undefined {
    let left = operand();
    while (left !== undefined) {
      const token = tokens[at];
      if (token?.type !== 'operator') break;
      const power = table.binary(token.text);
      if (power < minimum) break;
      at++;
      const right = expression(table.rightAssociative.has(token.text) ? power : power + 1);
      left = right === undefined ? undefined : table.join(token.text, left, right);
    }
    return left;
  }

  const tree = expression(0);
  return at === tokens.length ? tree : undefined;
}
