import type { SyntaxNode } from '@lezer/common';
import { compileRegex } from '../pipeline/compile-regex';
import { parseDuration } from './parse-duration';
import { QueryError } from './query-error';
import { unquote } from './unquote';

/** The query's text as the readers of the syntax tree need it. */
export class QuerySource {
  constructor(readonly query: string) {}

  text(node: SyntaxNode): string {
    return this.query.slice(node.from, node.to);
  }

  string(node: SyntaxNode): string {
    const value = unquote(this.text(node));
    if (value === undefined) throw this.error(node, 'literal not terminated or invalid char escape');
    return value;
  }

  number(node: SyntaxNode): number {
    const text = this.text(node).replaceAll(' ', '');
    if (/^[+-]?0x/i.test(text)) throw this.error(node, `unable to parse literal as a float: ${text}`);
    return Number(text);
  }

  /** Nanoseconds. */
  duration(node: SyntaxNode): number {
    const nanos = parseDuration(this.text(node));
    if (nanos === undefined) throw this.error(node, `not a valid duration string: "${this.text(node)}"`);
    return nanos;
  }

  checkRegex(pattern: string, node: SyntaxNode): void {
    try {
      compileRegex(pattern);
    } catch (error) {
      throw this.error(node, error instanceof Error ? error.message : String(error));
    }
  }

  error(node: SyntaxNode, message: string): QueryError {
    const before = this.query.slice(0, node.from);
    const column = node.from - before.lastIndexOf('\n');
    return new QueryError(`parse error at line ${before.split('\n').length}, col ${column}: ${message}`);
  }
}
