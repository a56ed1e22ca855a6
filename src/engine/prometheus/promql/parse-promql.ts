import { Pace } from '../../pace/pace';
import type { Expression } from './syntax/ast';
import { buildExpression } from './syntax/build-expression';
import { checkTypes } from './syntax/check-types';
import { childrenOf } from './syntax/children-of';
import { failOnSyntaxError } from './syntax/describe-syntax-error';
import type { ValueType } from './syntax/function-signatures';
import { parseTree } from './syntax/parse-tree';
import { refuseDeepNesting } from './syntax/refuse-deep-nesting';
import { toGrammar } from './syntax/to-grammar';
import { type PromqlError, PromqlFailure } from './terms/promql-error';

export interface ParsedPromql {
  readonly ast: Expression;
  readonly type: ValueType;
}

/** The checked AST of a PromQL text, or why there is none (kind `bad-data` or `unsupported`). Long texts are read in turns. */
export async function parsePromql(query: string, pace = new Pace()): Promise<ParsedPromql | { error: PromqlError }> {
  try {
    refuseDeepNesting(query);
    const tree = await parseTree(toGrammar(query), pace);
    failOnSyntaxError(query, tree);
    const ast = await buildExpression(query, childrenOf(tree)[0]!, pace);
    return { ast, type: await checkTypes(query, ast, pace) };
  } catch (thrown) {
    if (thrown instanceof PromqlFailure) return { error: thrown.error };
    throw thrown;
  }
}
