import { duration, float, int, type Static, string } from '../static-value';
import { parseDuration } from './parse-duration';
import { readString } from './read-string';
import { syntaxErrorAt } from './syntax-error';

export type Token = { readonly from: number; readonly to: number } & (
  | { readonly type: 'literal'; readonly value: Static }
  /** `scope` as written before the dot, empty where there is none. */
  | { readonly type: 'attribute'; readonly scope: string; readonly name: string }
  /** A keyword, or a name that is none. */
  | { readonly type: 'word'; readonly text: string }
  | { readonly type: 'symbol'; readonly text: string }
  | { readonly type: 'end' }
);

const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const WORD = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
/** What may follow a number to make it a duration. */
const DURATION_TAIL = /[\d.nsumhµdwy]+/y;
const STRING = /"(?:[^"\\\n]|\\[^\n])*"|`[^`]*`/y;
const SYMBOL = /&&|&>>|&<<|&>|&<|&~|\|\||!>>|!<<|!>|!<|!=|!~|=~|>=|<=|>>|<<|[.{}()=<>!~|,+\-*/%^:]/y;
/** After a scope or a lone dot: everything up to what ends a name, or what stands in quotes. */
const NAME_PART = /"(?:[^"\\]|\\["\\])*"|[^\s{}()=~!<>&|^,"]+/y;
const SCOPES = new Set(['resource', 'span', 'event', 'link', 'instrumentation', 'parent']);
const MAX_INT = 2n ** 63n - 1n;

/** Reads a query into tokens as Tempo's lexer does. Throws a `QueryRefusal`. */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(query)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  for (;;) {
    match(SPACE);
    const from = at;
    if (at === query.length) {
      tokens.push({ type: 'end', from, to: at });
      return tokens;
    }
    const text = match(STRING);
    if (text !== undefined) {
      const value = readString(text);
      if (value === undefined) throw syntaxErrorAt(query, from, 'invalid syntax');
      tokens.push({ type: 'literal', value: string(value), from, to: at });
      continue;
    }
    if (query[at] === '"' || query[at] === '`') throw syntaxErrorAt(query, from, 'literal not terminated');
    const number = match(NUMBER);
    if (number !== undefined) {
      const tailFrom = at;
      const nanoseconds = parseDuration(number + (match(DURATION_TAIL) ?? ''));
      if (nanoseconds !== undefined && at > tailFrom) {
        tokens.push({ type: 'literal', value: duration(nanoseconds), from, to: at });
        continue;
      }
      at = tailFrom;
      tokens.push({ type: 'literal', value: readNumber(query, number, from, tokens), from, to: at });
      continue;
    }
    const word = match(WORD);
    const isScope = word === undefined ? query[at] === '.' : SCOPES.has(word) && query[at] === '.';
    if (isScope) {
      at++;
      const name = readName(match);
      if (name === '') throw syntaxErrorAt(query, at, 'syntax error: unexpected END_ATTRIBUTE, expecting IDENTIFIER');
      tokens.push({ type: 'attribute', scope: word ?? '', name, from, to: at });
      continue;
    }
    if (word !== undefined) {
      tokens.push({ type: 'word', text: word, from, to: at });
      continue;
    }
    const symbol = match(SYMBOL);
    if (symbol === undefined) throw syntaxErrorAt(query, from, 'syntax error: unexpected IDENTIFIER');
    tokens.push({ type: 'symbol', text: symbol, from, to: at });
  }
}

function readName(match: (pattern: RegExp) => string | undefined): string {
  let name = '';
  for (let part = match(NAME_PART); part !== undefined; part = match(NAME_PART))
    name += part.startsWith('"') ? part.slice(1, -1).replace(/\\(.)/gs, '$1') : part;
  return name;
}

function readNumber(query: string, text: string, from: number, before: readonly Token[]): Static {
  if (!/^\d+$/.test(text)) {
    const value = Number(text);
    if (!Number.isFinite(value)) throw syntaxErrorAt(query, from, `parsing "${text}": value out of range`);
    return float(value);
  }
  const value = BigInt(text);
  // The lowest integer has no positive counterpart: it is read where a sign stands before it.
  const last = before.at(-1);
  const signed = last?.type === 'symbol' && last.text === '-';
  if (value > MAX_INT + (signed ? 1n : 0n)) throw syntaxErrorAt(query, from, `parsing "${text}": value out of range`);
  return int(value);
}
