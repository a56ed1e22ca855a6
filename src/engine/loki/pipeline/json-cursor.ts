type JsonType = 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array';

/** A value by its place in the text: numbers keep the digits they were written with. */
export interface JsonValue {
  readonly type: JsonType;
  readonly from: number;
  readonly to: number;
}

const closers = /["{}[\]]/g;
const scalar = /-?\d[\d.eE+-]*|true|false|null/y;
const blank = /[ \t\r\n]*/y;

/** Walks JSON text without building objects; throws a SyntaxError where the text is not JSON. */
export class JsonCursor {
  constructor(readonly text: string) {}

  /** Calls back for each member in the order of the text. `true` from `visit` ends the walk. */
  eachMember(object: JsonValue, visit: (key: string, value: JsonValue) => boolean | undefined): void {
    this.eachItem(object, (at) => {
      if (this.text[at] !== '"') throw new SyntaxError(`expected a key at ${at}`);
      const end = this.endOfString(at);
      const colon = this.skipBlank(end);
      if (this.text[colon] !== ':') throw new SyntaxError(`expected ':' at ${colon}`);
      const value = this.read(colon + 1);
      return { next: value.to, stop: visit(this.unescape(at, end), value) === true };
    });
  }

  eachElement(array: JsonValue, visit: (value: JsonValue) => boolean | undefined): void {
    this.eachItem(array, (at) => {
      const value = this.read(at);
      return { next: value.to, stop: visit(value) === true };
    });
  }

  private eachItem(container: JsonValue, readItem: (at: number) => { next: number; stop: boolean }): void {
    let at = this.skipBlank(container.from + 1);
    const end = container.type === 'object' ? '}' : ']';
    if (this.text[at] === end) return;
    for (;;) {
      const { next, stop } = readItem(at);
      if (stop) return;
      at = this.skipBlank(next);
      if (this.text[at] === end) return;
      if (this.text[at] !== ',') throw new SyntaxError(`expected ',' at ${at}`);
      at = this.skipBlank(at + 1);
      // Loki reads over a comma behind the last member.
      if (container.type === 'object' && this.text[at] === end) return;
    }
  }

  /** The object that the text is, whose end is met only by walking it; undefined where it is none. */
  root(): JsonValue | undefined {
    const from = this.skipBlank(0);
    return this.text[from] === '{' ? { type: 'object', from, to: this.text.length } : undefined;
  }

  /** The value that begins at `at` or after the blanks there. */
  read(at: number): JsonValue {
    const from = this.skipBlank(at);
    const first = this.text[from];
    if (first === '"') return { type: 'string', from, to: this.endOfString(from) };
    if (first === '{' || first === '[') {
      return { type: first === '{' ? 'object' : 'array', from, to: this.endOfContainer(from) };
    }
    scalar.lastIndex = from;
    const match = scalar.exec(this.text);
    if (!match) throw new SyntaxError(`unknown value at ${from}`);
    const type = match[0] === 'null' ? 'null' : /^[tf]/.test(match[0]) ? 'boolean' : 'number';
    return { type, from, to: from + match[0].length };
  }

  /** A string's characters, any other value as it is written. */
  textOf(value: JsonValue): string {
    return value.type === 'string' ? this.unescape(value.from, value.to) : this.text.slice(value.from, value.to);
  }

  private unescape(from: number, to: number): string {
    const inner = this.text.slice(from + 1, to - 1);
    if (!inner.includes('\\')) return inner;
    try {
      return JSON.parse(
        `"${inner.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`,
      );
    } catch {
      return '';
    }
  }

  private skipBlank(at: number): number {
    blank.lastIndex = at;
    blank.test(this.text);
    return blank.lastIndex;
  }

  private endOfString(from: number): number {
    for (let at = from + 1; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 0x5c) at++;
      else if (code === 0x22) return at + 1;
    }
    throw new SyntaxError(`unterminated string at ${from}`);
  }

  private endOfContainer(from: number): number {
    let depth = 0;
    let at = from;
    for (;;) {
      closers.lastIndex = at;
      const match = closers.exec(this.text);
      if (!match) throw new SyntaxError(`unterminated value at ${from}`);
      if (match[0] === '"') {
        at = this.endOfString(match.index);
        continue;
      }
      at = match.index + 1;
      depth += match[0] === '{' || match[0] === '[' ? 1 : -1;
      if (depth === 0) return at;
    }
  }
}
