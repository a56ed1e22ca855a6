import { Pace } from './evaluation/pace';
import { type PromqlError, PromqlFailure } from './promql-error';
import type { Expression } from './syntax/ast';
import { buildExpression } from './syntax/build-expression';
import { checkTypes } from './syntax/check-types';
import { childrenOf } from './syntax/children-of';
import { failOnSyntaxError } from './syntax/describe-syntax-error';
import type { ValueType } from './syntax/function-signatures';
import { parseTree } from './syntax/parse-tree';
import { refuseDeepNesting } from './syntax/refuse-deep-nesting';

export interface ParsedPromql {
  readonly ast: Expression;
  readonly type: ValueType;
}

/** The checked AST of a PromQL text, or why there is none (kind `bad-data` or `unsupported`). Long texts are read in turns. */
export async function parsePromql(query: string, pace = new Pace()): Promise<ParsedPromql | { error: PromqlError }> {
  try {
    refuseDeepNesting(query);
    const tree = await parseTree(blankTrailingDots(query), pace);
    failOnSyntaxError(query, tree);
    const ast = buildExpression(query, childrenOf(tree)[0]!);
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
