import { type QueryRefusal, syntaxErrorAt } from './syntax-error';
import { type Token, tokenize } from './tokenize';

/** The tokens of a query, read one after another. */
export class TokenReader {
  private readonly tokens: readonly Token[];
  private at = 0;

  /** Throws a `QueryRefusal` where the text has no tokens. */
  constructor(readonly query: string) {
    this.tokens = tokenize(query);
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  /** The text of the next token where it is a symbol or a word. */
  text(ahead = 0): string | undefined {
    const token = this.peek(ahead);
    return token.type === 'symbol' || token.type === 'word' ? token.text : undefined;
  }

  /** Passes the symbol or word if it is the next. */
  take(text: string): boolean {
    if (this.text() !== text) return false;
    this.at++;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected();
  }

  /** What was written from a token on up to the last one that was passed. */
  writtenFrom(token: Token): string {
    return this.query.slice(token.from, this.tokens[this.at - 1]?.to);
  }

  unexpected(token: Token = this.peek()): QueryRefusal {
    return syntaxErrorAt(this.query, token.from, `syntax error: unexpected ${nameOf(token)}`);
  }

  /** Where a value was to come; a bare word is a name that nothing has. */
  unknown(token: Token): QueryRefusal {
    if (token.type !== 'word' || keywords.has(token.text)) return this.unexpected(token);
    return syntaxErrorAt(this.query, token.from, `unknown identifier: ${token.text}`);
  }

  mistake(token: Token, text: string): QueryRefusal {
    return syntaxErrorAt(this.query, token.from, text);
  }
}

function nameOf(token: Token): string {
  switch (token.type) {
    case 'end':
      return '$end';
    case 'literal':
      return literalNames[token.value.type] ?? 'STRING';
    case 'attribute':
      return token.scope === '' ? '.' : `${token.scope}.`;
    case 'symbol':
      return token.text;
    case 'word':
      return keywords.has(token.text) ? token.text : 'IDENTIFIER';
  }
}

const literalNames: Readonly<Record<string, string>> = { int: 'INTEGER', float: 'FLOAT', duration: 'DURATION' };
const keywords = new Set(
  (
    'true false nil ok error unset unspecified internal server client producer consumer duration childCount name status ' +
    'statusMessage kind rootName rootServiceName rootService traceDuration nestedSetLeft nestedSetRight nestedSetParent id ' +
    'traceID spanID parentID timeSinceStart version parent count avg max min sum by coalesce select rate count_over_time ' +
    'min_over_time max_over_time avg_over_time sum_over_time quantile_over_time histogram_over_time compare topk bottomk with'
  ).split(' '),
);
