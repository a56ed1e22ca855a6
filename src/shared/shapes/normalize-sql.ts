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

/** White space and comments, text in quotes, placeholders, numbers, words: each is left by one character at least. */
const tokens =
  /(?:\s|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+|[nbxeu]?'(?:[^'\\]|\\[\s\S]|'')*'?|"(?:[^"]|"")*"?|`(?:[^`]|``)*`?|::|[$:@]\w+|%s|%\(\w*\)s|\?|\d[\w.]*|[\p{L}_][\p{L}\p{N}_$]*/giu;
const space = /^(?:\s|--|\/\*)/;
const value = /^(?:[nbxeu]?'|[$:@%?\d])/i;

/**
 * A statement without its values: literals and placeholders are `?`, lists of them one, comments and the kind of white space go,
 * keywords keep their case. Read once from the start to the end; at most 4,000 characters of it.
 */
export function normalizeSql(statement: string): string {
  const text = statement.slice(0, mostCharacters).replace(tokens, (token) => {
    if (token === '::' || !(space.test(token) || value.test(token))) return token;
    return space.test(token) ? ' ' : '?';
  });
  return foldLists(text);
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
