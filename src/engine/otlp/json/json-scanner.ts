import { ProtobufAppender } from '../../wire/protobuf-appender';
import { JsonKeys } from './json-keys';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** What the letter behind a backslash stands for. */
const ESCAPES: ReadonlyMap<number, number> = new Map(
  Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }).map(
    ([letter, stands]) => [letter.charCodeAt(0), stands.charCodeAt(0)],
  ),
);
const REPLACEMENT = 0xfffd;

const NO_KEYS = new JsonKeys<never>(new Map<string, never>());

/** What a value starts with. */
export type JsonStart = 'object' | 'array' | 'string' | 'number' | 'true' | 'false' | 'null';

/** The text is not JSON. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
}

/** Reads UTF-8 JSON token by token, without making an object of it. Throws `JsonSyntaxError`. */
export class JsonScanner {
  position: number;
  /** Of the last `digits`, unsigned. */
  low = 0;
  high = 0;
  private hasEscapes = false;

  constructor(readonly bytes: Buffer) {
    const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    this.position = hasMark ? 3 : 0;
  }

  /** The kind of the value that follows; words are read, of the others nothing. */
  start(): JsonStart {
    const first = this.peek();
    if (first === OPEN_BRACE) return 'object';
    if (first === QUOTE) return 'string';
    if (first === OPEN_BRACKET) return 'array';
    if (first === 0x2d || (first >= 0x30 && first <= 0x39)) return 'number';
    for (const word of ['true', 'false', 'null'] as const) {
      if (first !== word.charCodeAt(0)) continue;
      if (this.bytes.toString('latin1', this.position, this.position + word.length) === word) {
        this.position += word.length;
        return word;
      }
    }
    return this.fail('expected a value');
  }

  /**
   * After `{` or a member: what `keys` has for the key of the next member, undefined where it has nothing, null behind the
   * `}`.
   */
  key<Value>(isFirst: boolean, keys: JsonKeys<Value>): Value | undefined | null {
    let first = this.peek();
    if (isFirst) {
      this.position++;
      first = this.peek();
    }
    if (first === CLOSE_BRACE) {
      this.position++;
      return null;
    }
    if (!isFirst) {
      if (first !== COMMA) this.fail('expected , or }');
      this.position++;
      first = this.peek();
    }
    if (first !== QUOTE) this.fail('expected a key in double quotes');
    const from = this.position + 1;
    const end = this.stringEnd();
    const value = this.hasEscapes ? keys.named(this.text()) : keys.find(this.bytes, from, end);
    this.position = end + 1;
    if (this.peek() !== COLON) this.fail('expected :');
    this.position++;
    return value;
  }

  /** After `[` or an element: whether there is another one; false behind the `]`. */
  hasElement(isFirst: boolean): boolean {
    if (isFirst) this.position++;
    const next = this.peek();
    if (next === CLOSE_BRACKET) {
      this.position++;
      return false;
    }
    if (isFirst) return true;
    if (next !== COMMA) this.fail('expected , or ]');
    this.position++;
    return true;
  }

  /** The text of a string. */
  text(): string {
    const from = this.position + 1;
    const end = this.stringEnd();
    this.position = end + 1;
    if (!this.hasEscapes) return this.bytes.toString('utf8', from, end);
    const writer = new ProtobufAppender();
    this.unescape(from, end, writer);
    return writer.bytes.toString('utf8', 0, writer.length);
  }

  /** The UTF-8 of a string; a lone surrogate becomes U+FFFD. */
  textInto(writer: ProtobufAppender): void {
    const from = this.position + 1;
    const end = this.stringEnd();
    this.position = end + 1;
    if (!this.hasEscapes) writer.raw(this.bytes, from, end);
    else this.unescape(from, end, writer);
  }

  /** The text of a number. */
  number(): string {
    const { bytes } = this;
    const from = this.position;
    let at = from;
    for (let byte = bytes[at]!; isNumberByte(byte); byte = bytes[at]!) at++;
    const text = bytes.toString('latin1', from, at);
    if (!NUMBER.test(text)) this.fail('expected a number');
    this.position = at;
    return text;
  }

  /**
   * Reads a number, or a string, of at most 19 digits and nothing else into `low` and `high`; false, and nothing is read,
   * where it is written otherwise.
   */
  digits(isString: boolean): boolean {
    const { bytes } = this;
    const from = this.position + (isString ? 1 : 0);
    let at = from;
    let upper = 0;
    let lower = 0;
    for (let byte = bytes[at]! - 0x30; byte >= 0 && byte <= 9; byte = bytes[++at]! - 0x30) {
      if (at - from < 10) upper = upper * 10 + byte;
      else lower = lower * 10 + byte;
    }
    const count = at - from;
    if (count === 0 || count > 19) return false;
    if (isString ? bytes[at] !== QUOTE : isNumberByte(bytes[at]!) || (count > 1 && bytes[from] === 0x30)) return false;
    this.position = isString ? at + 1 : at;
    // upper × scale + lower, in steps that a double holds.
    const scale = count > 10 ? 10 ** (count - 10) : 1;
    const wide = Math.floor(upper / 65536) * scale;
    const sum = (wide % 65536) * 65536 + (upper % 65536) * scale + lower;
    this.low = sum % 2 ** 32;
    this.high = Math.floor(wide / 65536) + Math.floor(sum / 2 ** 32);
    return true;
  }

  /** Reads a string of pairs of hex digits as bytes; false where it is none. */
  hexInto(writer: ProtobufAppender): boolean {
    const { bytes } = this;
    const from = this.position + 1;
    const end = this.stringEnd();
    if ((end - from) % 2 !== 0) return false;
    const at = writer.reserve((end - from) / 2);
    for (let i = from; i < end; i += 2) {
      const value = (HEX[bytes[i]!]! << 4) | HEX[bytes[i + 1]!]!;
      if (value < 0) return false;
      writer.bytes[at + (i - from) / 2] = value;
    }
    this.position = end + 1;
    return true;
  }

  /** Passes over a value of any depth. */
  skip(): void {
    const open: number[] = [];
    let isFirst = true;
    for (;;) {
      if (open.length > 0) {
        const close = open.at(-1)!;
        const more = close === CLOSE_BRACE ? this.key(isFirst, NO_KEYS) !== null : this.hasElement(isFirst);
        isFirst = false;
        if (!more) {
          open.pop();
          if (open.length === 0) return;
          continue;
        }
      }
      const start = this.start();
      if (start === 'object' || start === 'array') {
        open.push(start === 'object' ? CLOSE_BRACE : CLOSE_BRACKET);
        isFirst = true;
        continue;
      }
      if (start === 'string') this.position = this.stringEnd() + 1;
      else if (start === 'number') this.number();
      if (open.length === 0) return;
    }
  }

  /** Fails unless nothing but white space is left. */
  end(): void {
    this.passBlank();
    if (this.position < this.bytes.length) this.fail('expected the end: the body is one JSON object');
  }

  fail(what: string): never {
    const where = this.position >= this.bytes.length ? 'where it ends' : `at byte ${this.position}`;
    throw new JsonSyntaxError(`the body is not JSON: ${what} ${where}`);
  }

  private passBlank(): void {
    const { bytes } = this;
    let at = this.position;
    for (let byte = bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = bytes[at]) at++;
    this.position = at;
  }

  private peek(): number {
    this.passBlank();
    return this.bytes[this.position] ?? -1;
  }

  /** Where the closing quote stands; sets `hasEscapes`. */
  private stringEnd(): number {
    const { bytes } = this;
    this.hasEscapes = false;
    for (let at = this.position + 1; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) return at;
      if (byte === BACKSLASH) {
        this.hasEscapes = true;
        at++;
      } else if (byte < 0x20) {
        this.position = at;
        this.fail('a control character must be escaped');
      }
    }
    this.position = bytes.length;
    return this.fail('a string has no end');
  }

  private unescape(from: number, end: number, writer: ProtobufAppender): void {
    const { bytes } = this;
    let plain = from;
    let at = from;
    while (at < end) {
      if (bytes[at] !== BACKSLASH) {
        at++;
        continue;
      }
      writer.raw(bytes, plain, at);
      const letter = bytes[at + 1]!;
      const short = ESCAPES.get(letter);
      if (short !== undefined) {
        writer.byte(short);
        at += 2;
      } else if (letter === 0x75) {
        let code = this.hex4(at + 2, end);
        at += 6;
        if (code >= 0xd800 && code <= 0xdbff && bytes[at] === BACKSLASH && bytes[at + 1] === 0x75) {
          const low = this.hex4(at + 2, end);
          if (low >= 0xdc00 && low <= 0xdfff) {
            code = 0x10000 + (code - 0xd800) * 0x400 + (low - 0xdc00);
            at += 6;
          }
        }
        writeCodePoint(writer, code >= 0xd800 && code <= 0xdfff ? REPLACEMENT : code);
      } else {
        this.position = at;
        this.fail('an unknown escape');
      }
      plain = at;
    }
    writer.raw(bytes, plain, end);
  }

  private hex4(at: number, end: number): number {
    const text = at + 4 <= end ? this.bytes.toString('latin1', at, at + 4) : '';
    if (!/^[0-9a-fA-F]{4}$/.test(text)) {
      this.position = at;
      this.fail('expected four hex digits');
    }
    return Number.parseInt(text, 16);
  }
}

/** By character: its value as a hex digit, or a negative number. */
const HEX = Int8Array.from({ length: 256 }, (_, byte) =>
  '0123456789abcdef'.indexOf(String.fromCharCode(byte).toLowerCase()),
);

function isNumberByte(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2b || byte === 0x2e || (byte | 0x20) === 0x65;
}

function writeCodePoint(writer: ProtobufAppender, code: number): void {
  if (code < 0x80) {
    writer.byte(code);
    return;
  }
  if (code < 0x800) writer.byte(0xc0 | (code >> 6));
  else {
    if (code < 0x10000) writer.byte(0xe0 | (code >> 12));
    else {
      writer.byte(0xf0 | (code >> 18));
      writer.byte(0x80 | ((code >> 12) & 0x3f));
    }
    writer.byte(0x80 | ((code >> 6) & 0x3f));
  }
  writer.byte(0x80 | (code & 0x3f));
}
