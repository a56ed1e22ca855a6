import type { SyntaxNode } from '@lezer/common';
import { compileRegex, MAX_REGEX_STEPS, RegexTooLarge } from '../../regex/compile-regex';
import { estimateSteps } from '../../regex/estimate-steps';
import { literalAlternatives } from '../../regex/literal-alternatives';
import { parseDuration } from './parse-duration';
import { QueryError } from './query-error';
import { unquote } from './unquote';

/** The query's text as the readers of the syntax tree need it. */
export class QuerySource {
  private readonly checked = new Set<string>();
  private regexSteps = 0;

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

  /** Refuses what RE2 does not take, and more of all expressions of the query together than one of them may be. */
  checkRegex(pattern: string, node: SyntaxNode): void {
    if (this.checked.has(pattern)) return;
    this.checked.add(pattern);
    if (literalAlternatives(pattern)) return;
    try {
      this.regexSteps += estimateSteps(pattern);
      if (this.regexSteps > MAX_REGEX_STEPS) throw new RegexTooLarge(this.regexSteps);
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
