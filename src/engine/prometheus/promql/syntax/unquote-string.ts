import { decodeBytes } from './decode-bytes';

const SIMPLE_ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  "'": 39,
  '"': 34,
};

/**
 * The text of a quoted PromQL string (Go's escapes; back-quoted strings have none), or what is wrong with it. Bytes that
 * are no UTF-8 become halves of surrogate pairs, which no stored text holds.
 */
export function unquoteString(quoted: string): { text: string } | { fault: string } {
  const quote = quoted[0];
  if (quoted.length < 2 || quoted.at(-1) !== quote) return { fault: 'unterminated quoted string' };
  const body = quoted.slice(1, -1);
  if (quote === '`' || !body.includes('\\')) return { text: body };
  const bytes: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const next = body.indexOf('\\', at);
    if (next !== at) {
      const end = next < 0 ? body.length : next;
      bytes.push(Buffer.from(body.slice(at, end)));
      at = end;
      continue;
    }
    const read = readEscape(body, at + 1);
    if ('fault' in read) return read;
    bytes.push(read.bytes);
    at = read.end;
  }
  return { text: decodeBytes(Buffer.concat(bytes)) };
}

function readEscape(body: string, at: number): { bytes: Buffer; end: number } | { fault: string } {
  const letter = body[at];
  if (letter === undefined) return { fault: 'unterminated quoted string' };
  const simple = SIMPLE_ESCAPES[letter];
  if (simple !== undefined) return { bytes: Buffer.from([simple]), end: at + 1 };
  // \x and octal escapes are bytes, \u and \U are code points.
  const octal = /^[0-7]{3}/.exec(body.slice(at, at + 3))?.[0];
  if (octal !== undefined) return { bytes: Buffer.from([Number.parseInt(octal, 8) & 0xff]), end: at + 3 };
  const digits = { x: 2, u: 4, U: 8 }[letter];
  if (digits === undefined) {
    const code = letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return { fault: `unknown escape sequence U+${code} '${letter}'` };
  }
  const hex = body.slice(at + 1, at + 1 + digits);
  const code = Number.parseInt(hex, 16);
  if (!/^[0-9a-fA-F]+$/.test(hex) || hex.length < digits) return { fault: 'escape sequence not terminated' };
  if (code > 0x10ffff) return { fault: 'escape sequence is an invalid Unicode code point' };
  return {
    bytes: letter === 'x' ? Buffer.from([code]) : Buffer.from(String.fromCodePoint(code)),
    end: at + 1 + digits,
  };
}
