const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  '\\': '\\',
  '"': '"',
};

const PART = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-7]{3})|(.))|[^\\]+/gsu;

/** The text of a Go string literal in quotes or backquotes; undefined where an escape is none. */
export function readString(literal: string): string | undefined {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`')) return inner.replaceAll('\r', '');
  const bytes: Buffer[] = [];
  for (const [text, short, long, hexByte, octalByte, named] of inner.matchAll(PART)) {
    if (hexByte !== undefined || octalByte !== undefined) {
      const byte = hexByte === undefined ? Number.parseInt(octalByte!, 8) : Number.parseInt(hexByte, 16);
      if (byte > 0xff) return undefined;
      bytes.push(Buffer.of(byte));
      continue;
    }
    const code = short ?? long;
    if (code !== undefined) {
      const point = Number.parseInt(code, 16);
      if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
      bytes.push(Buffer.from(String.fromCodePoint(point)));
    } else if (named !== undefined) {
      const escaped = escapes[named];
      if (escaped === undefined) return undefined;
      bytes.push(Buffer.from(escaped));
    } else bytes.push(Buffer.from(text));
  }
  return Buffer.concat(bytes).toString('utf8');
}
