import { asciiOf } from './text-key';

/** Where loggers put what they say, those that are read first in front. */
export const messageKeys: readonly string[] = ['msg', 'message', 'body', 'event', 'error', 'err'];
const rankOf = new Map(messageKeys.map((key, rank) => [key, rank]));

const LONGEST_KEY = 7;
const [QUOTE, BACKSLASH, COLON, COMMA] = [34, 92, 58, 44];
const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [123, 125, 91, 93];

/** A part of a text. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Where the message of an object of JSON stands in its text of UTF-8, found without reading the rest of it; undefined where only a parser
 * can tell: there is none, or it has escapes.
 */
export function findMessage(text: Uint8Array, from: number, to: number): TextRange | undefined {
  let best = messageKeys.length;
  let found: TextRange | undefined;
  for (let at = skipBlanks(text, from + 1, to); at < to; ) {
    if (text[at]! !== QUOTE) return undefined;
    const key = endOfString(text, at, to);
    if (key === undefined || key.escaped) return undefined;
    const rank = rankOf.get(key.end - at > LONGEST_KEY + 2 ? '' : asciiOf(text, at + 1, key.end - 1));
    at = skipBlanks(text, key.end, to);
    if (text[at] !== COLON) return undefined;
    at = skipBlanks(text, at + 1, to);
    if (text[at]! === QUOTE) {
      const value = endOfString(text, at, to);
      if (value === undefined) return undefined;
      if (rank !== undefined && rank < best && value.end - at > 2) {
        if (value.escaped) return undefined;
        best = rank;
        found = { from: at + 1, to: value.end - 1 };
      }
      at = value.end;
    } else at = endOfValue(text, at, to);
    at = skipBlanks(text, at, to);
    if (text[at] === CLOSE) return at === to - 1 ? found : undefined;
    if (text[at] !== COMMA) return undefined;
    at = skipBlanks(text, at + 1, to);
  }
  return undefined;
}

function skipBlanks(text: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && text[at]! <= 32) at++;
  return at;
}

function endOfString(text: Uint8Array, from: number, to: number): { end: number; escaped: boolean } | undefined {
  let escaped = false;
  for (let at = from + 1; at < to; at++) {
    const code = text[at]!;
    if (code === QUOTE) return { end: at + 1, escaped };
    if (code !== BACKSLASH) continue;
    escaped = true;
    at++;
  }
  return undefined;
}

/** Behind a number, a literal, an object or an array. */
function endOfValue(text: Uint8Array, from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at++) {
    const code = text[at];
    if (code === QUOTE) {
      const string = endOfString(text, at, to);
      if (!string) return to;
      at = string.end - 1;
    } else if (code === OPEN || code === OPEN_LIST) depth++;
    else if (code === CLOSE || code === CLOSE_LIST) {
      if (depth === 0) return at;
      depth--;
    } else if (code === COMMA && depth === 0) return at;
  }
  return to;
}
