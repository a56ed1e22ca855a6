const mostCharacters = 4000;
const verbs =
  /^\s*(?:\(\s*)?(?:select|insert|update|delete|replace|merge|upsert|with|create|alter|drop|truncate|begin|start transaction|commit|rollback|savepoint|release|set|pragma|show|explain|call|exec|execute|declare|fetch|values|copy|analyze|vacuum|lock|grant)\b/i;
/** Alone it would be a word of a sentence: what follows must be SQL as well. */
const clause =
  /^\s*(?:\(\s*)?(?:select\s[\s\S]*?\bfrom\b|select\s+[\w'"*$?(]|insert\s+(?:or\s+\w+\s+)?into\b|update\s+\S+\s+set\b|delete\s+from\b|replace\s+into\b|merge\s+into\b|with\s+(?:recursive\s+)?\S+(?:\s*\([^)]*\))?\s+as\s*\(|(?:create|alter|drop|truncate)\s+(?:table|index|view|unique|temp|or|database|schema)\b|begin\b|start transaction\b|commit\b|rollback\b|savepoint\s|release\s|set\s+\S+\s*(?:=|to\b)|pragma\s|explain\s+(?:query|analyze|select)|exec(?:ute)?\s|call\s|copy\s)/i;

/** Whether a text reads as a statement of SQL; a span's name such as `SELECT shop` does not. */
export function startsAsSql(text: string): boolean {
  const start = text.slice(0, 500);
  return verbs.test(start) && clause.test(start) && /\s(?:from|into|set|as|where|=|table|index)\b|=/i.test(start);
}

/**
 * A statement without its values: literals and placeholders are `?`, lists of them `(?)`, comments and the kind of white space
 * go, keywords keep their case. Read once from the start to the end; at most 4,000 characters of it.
 */
export function normalizeSql(statement: string): string {
  const text = statement.slice(0, mostCharacters);
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = tokenEnd(text, at);
    const token = text.slice(at, end);
    const shown = showToken(token, parts);
    if (shown !== '') parts.push(shown);
    at = end;
  }
  return foldLists(parts.join(''));
}

function showToken(token: string, before: readonly string[]): string {
  const first = token[0]!;
  if (/\s/.test(first) || token.startsWith('--') || token.startsWith('/*'))
    return before.length === 0 || before.at(-1) === ' ' ? '' : ' ';
  if (first === "'" || first === '?' || /^[$:@][\w]/.test(token) || token.startsWith('%')) return '?';
  if (/^\d/.test(token) || /^[nbxeu]'/i.test(token)) return '?';
  return token;
}

/** Where the token that begins at a place ends. */
function tokenEnd(text: string, at: number): number {
  const rest = text[at]!;
  const next = text[at + 1] ?? '';
  if (rest === '-' && next === '-') return endOf(text, '\n', at + 2);
  if (rest === '/' && next === '*') return endOf(text, '*/', at + 2);
  if (rest === "'" || rest === '"' || rest === '`') return quoteEnd(text, at, rest);
  if (/[nbxeu]/i.test(rest) && next === "'" && !/\w/.test(text[at - 1] ?? '')) return quoteEnd(text, at + 1, "'");
  if (rest === '%' && (next === 's' || next === '(')) return next === 's' ? at + 2 : endOf(text, ')s', at);
  if (rest === ':' && next === ':') return at + 2;
  if (/[$:@]/.test(rest) && /\w/.test(next)) return wordEnd(text, at + 1);
  if (/\s/.test(rest)) return at + 1;
  if (/\d/.test(rest)) return numberEnd(text, at);
  if (/[\p{L}_]/u.test(rest)) return wordEnd(text, at);
  return at + 1;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
}

/** Behind the closing quote; a doubled or escaped one does not close. */
function quoteEnd(text: string, open: number, quote: string): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\' && quote === "'") at++;
    else if (text[at] === quote && text[at + 1] === quote) at++;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[\p{L}\p{N}_$]/u.test(text[at]!)) at++;
  return Math.max(at, from);
}

function numberEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[\w.]/.test(text[at]!)) at++;
  return at;
}

/** `IN (?, ?, ?)` and `VALUES (?, ?), (?, ?)` are of whatever length. */
function foldLists(text: string): string {
  return text
    .replace(/-\s?\?/g, '?')
    .replace(/\?(?:\s?,\s?\?)+/g, '?')
    .replace(/\(\s?\?\s?\)(?:\s?,\s?\(\s?\?\s?\))+/g, '(?)')
    .replace(/\(\s?\?\s?\)/g, '(?)')
    .trim();
}
