import { parser } from '@prometheus-io/lezer-promql';
import { type PromqlError, PromqlFailure } from './promql-error';
import type { Expression } from './syntax/ast';
import { buildExpression } from './syntax/build-expression';
import { checkTypes } from './syntax/check-types';
import { childrenOf } from './syntax/children-of';
import { failOnSyntaxError } from './syntax/describe-syntax-error';
import type { ValueType } from './syntax/function-signatures';

export interface ParsedPromql {
  readonly ast: Expression;
  readonly type: ValueType;
}

/** The checked AST of a PromQL text, or why there is none (kind `bad-data` or `unsupported`). */
export function parsePromql(query: string): ParsedPromql | { error: PromqlError } {
  try {
    const tree = parser.parse(blankTrailingDots(query));
    failOnSyntaxError(query, tree);
    const ast = buildExpression(query, childrenOf(tree.topNode)[0]!);
    return { ast, type: checkTypes(query, ast) };
  } catch (thrown) {
    if (thrown instanceof PromqlFailure) return { error: thrown.error };
    throw thrown;
  }
}

/** Prometheus reads `2.` as a number, the published grammar does not: the dot becomes a space, so that positions stay. */
function blankTrailingDots(query: string): string {
  return query.replace(
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|(?<![\w.:])(\d+)\.(?![\w.])/gs,
    (whole, digits?: string) => (digits === undefined ? whole : `${digits} `),
  );
}
