interface QueryToken {
  kind: 'word' | 'string' | 'number' | 'operator' | 'open' | 'close';
  text: string;
  /** Where it begins in the query. */
  from: number;
}

export interface QueryPlace {
  /** Whole tokens before the one that touches the caret. */
  before: readonly QueryToken[];
  /** The word or the inside of the string that touches the caret, up to it. */
  typed: string;
  /** Where `typed` begins. */
  from: number;
  /** The quote of the string the caret is in. */
  quote: string | null;
  /** Brackets that are open, the outermost first, and the word that stands before each. */
  open: readonly { bracket: string; owner: string; at: number }[];
}

/** How words of a language look, as a sticky expression. */
export const wordShapes = {
  TraceQL: /[^\s{}()[\]=!<>~&|,"`+*^%]+/y,
  LogQL: /[A-Za-z_][\w]*/y,
  PromQL: /[A-Za-z_:][\w:.]*/y,
} as const;

const numberShape = /\d[\w.]*/y;
const operatorShape = /\|=|\|~|\|>|!=|!~|!>|=~|>=|<=|==|&&|\|\||>>|<<|&>|&<|&~|[^\s]/y;
const opening = '{([';
const closing = '})]';

/** What stands before the caret, of a query that may be unfinished or no query at all. Linear in its length. */
export function scanQuery(text: string, word: RegExp, quotes = '"`'): QueryPlace {
  const before: QueryToken[] = [];
  const open: { bracket: string; owner: string; at: number }[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    if (quotes.includes(char)) {
      const end = endOfString(text, at);
      if (end === null) return { before, typed: text.slice(at + 1), from: at + 1, quote: char, open };
      before.push({ kind: 'string', text: text.slice(at, end), from: at });
      at = end;
      continue;
    }
    if (opening.includes(char)) {
      const last = before.at(-1);
      open.push({ bracket: char, owner: last?.kind === 'word' ? last.text : '', at });
      before.push({ kind: 'open', text: char, from: at });
      at++;
      continue;
    }
    if (closing.includes(char)) {
      open.pop();
      before.push({ kind: 'close', text: char, from: at });
      at++;
      continue;
    }
    const isNumber = /\d/.test(char);
    const found = take(text, at, isNumber ? numberShape : word);
    if (found !== '') {
      if (at + found.length === text.length) return { before, typed: found, from: at, quote: null, open };
      before.push({ kind: isNumber ? 'number' : 'word', text: found, from: at });
      at += found.length;
      continue;
    }
    const operator = take(text, at, operatorShape);
    before.push({ kind: 'operator', text: operator, from: at });
    at += operator.length;
  }
  return { before, typed: '', from: text.length, quote: null, open };
}

/** Behind the closing quote; null where there is none. */
function endOfString(text: string, start: number): number | null {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\' && quote !== '`') at++;
    else if (text[at] === quote) return at + 1;
  }
  return null;
}

function take(text: string, at: number, shape: RegExp): string {
  shape.lastIndex = at;
  return shape.exec(text)?.[0] ?? '';
}
