import type { JsonTree } from './json-tree';

/** What is nested deeper stays text. */
const deepest = 100;
const blank = /\s/;
const word = /[^\s{}[\],:"]/;
const literal = /^(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity)$/;
const beginnings = ['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'];

export interface JsonAsFar {
  readonly tree: JsonTree;
  /** False where the text ends before its JSON does: what came before the end is there. */
  readonly whole: boolean;
}

/**
 * Reads a text that is JSON, or was before something cut it off; null for any other text. What Python writes for numbers that are none
 * (`NaN`) is taken, and so are line breaks inside of strings.
 */
export function readJsonAsFar(text: string): JsonAsFar | null {
  const reader = new Reader(text);
  const tree = reader.read();
  return tree && { tree, whole: !reader.cut };
}

class Reader {
  cut = false;
  #at = 0;
  #depth = 0;
  #wrong = false;

  constructor(private readonly text: string) {}

  read(): JsonTree | null {
    this.#skipBlanks();
    const tree = this.#value();
    this.#skipBlanks();
    return this.#wrong || !tree || this.#at < this.text.length ? null : tree;
  }

  #value(): JsonTree | null {
    switch (this.text[this.#at]) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      default:
        return this.#literal();
    }
  }

  #nested(read: () => JsonTree | null): JsonTree | null {
    if (this.#depth >= deepest) return this.#tooDeep();
    this.#depth++;
    const tree = read();
    this.#depth--;
    return tree;
  }

  #object(): JsonTree | null {
    const from = this.#at++;
    const entries: (readonly [string, JsonTree])[] = [];
    for (let first = true; this.#more('}', first); first = false) {
      const key = this.text[this.#at] === '"' ? this.#string() : this.#fail();
      if (key?.kind !== 'string') return null;
      this.#skipBlanks();
      if (this.#ended()) break;
      if (this.text[this.#at] !== ':') return this.#fail();
      this.#at++;
      this.#skipBlanks();
      if (this.#ended()) break;
      const value = this.#value();
      if (value) entries.push([key.value, value]);
      if (this.#wrong) return null;
      if (this.cut) break;
    }
    return this.#wrong ? null : { kind: 'object', entries, from, to: this.#at };
  }

  #array(): JsonTree | null {
    const from = this.#at++;
    const items: JsonTree[] = [];
    for (let first = true; this.#more(']', first); first = false) {
      const item = this.#value();
      if (item) items.push(item);
      if (this.#wrong) return null;
      if (this.cut) break;
    }
    return this.#wrong ? null : { kind: 'array', items, from, to: this.#at };
  }

  /** Whether another member stands here, behind its comma; goes over the closing bracket where none does. */
  #more(close: string, first: boolean): boolean {
    this.#skipBlanks();
    if (this.#ended()) return false;
    if (this.text[this.#at] === close) {
      this.#at++;
      return false;
    }
    if (first) return true;
    if (this.text[this.#at] !== ',') {
      this.#fail();
      return false;
    }
    this.#at++;
    this.#skipBlanks();
    return !this.#ended();
  }

  #string(): JsonTree {
    const from = this.#at;
    const end = this.#endOfString(from);
    this.#at = end === -1 ? this.text.length : end + 1;
    if (end !== -1) return { kind: 'string', value: readEscapes(this.text.slice(from + 1, end)), from, to: this.#at };
    this.cut = true;
    // An escape of which the end is missing says nothing.
    const rest = this.text.slice(from + 1).replace(/(?<!\\)((?:\\\\)*)\\(?:u[0-9a-f]{0,3})?$/i, '$1');
    return { kind: 'string', value: readEscapes(rest), from, to: this.#at };
  }

  /** Place of the closing quote of the string that begins at `from`; -1 without one. */
  #endOfString(from: number): number {
    for (let end = this.text.indexOf('"', from + 1); end !== -1; end = this.text.indexOf('"', end + 1)) {
      let before = end - 1;
      while (this.text[before] === '\\') before--;
      if ((end - before) % 2 === 1) return end;
    }
    return -1;
  }

  #literal(): JsonTree | null {
    const from = this.#at;
    while (this.#at < this.text.length && word.test(this.text[this.#at]!)) this.#at++;
    const text = this.text.slice(from, this.#at);
    const ends = this.#at === this.text.length && this.#depth > 0;
    if (ends) this.cut = true;
    if (literal.test(text)) return { kind: 'other', text, from, to: this.#at };
    if (
      ends &&
      (text === '-' || /^-?\d+\.?(?:\d*[eE][+-]?)?$/.test(text) || beginnings.some((each) => each.startsWith(text)))
    )
      return null;
    return this.#fail();
  }

  #tooDeep(): JsonTree {
    const from = this.#at;
    let open = 0;
    while (this.#at < this.text.length) {
      const character = this.text[this.#at]!;
      if (character === '"') {
        const end = this.#endOfString(this.#at);
        this.#at = end === -1 ? this.text.length : end + 1;
        continue;
      }
      this.#at++;
      if (character === '{' || character === '[') open++;
      else if ((character === '}' || character === ']') && --open === 0) break;
    }
    if (open > 0) this.cut = true;
    return { kind: 'other', text: this.text.slice(from, this.#at), from, to: this.#at };
  }

  #ended(): boolean {
    if (this.#at < this.text.length) return false;
    this.cut = true;
    return true;
  }

  #fail(): null {
    this.#wrong = true;
    return null;
  }

  #skipBlanks(): void {
    while (this.#at < this.text.length && blank.test(this.text[this.#at]!)) this.#at++;
  }
}

function readEscapes(inside: string): string {
  try {
    return JSON.parse(`"${inside}"`);
  } catch {
    // Line breaks and the like that should have been escaped, or an escape that is none.
    return inside.replace(/\\(?:u([0-9a-f]{4})|(["\\/bfnrt]))/gi, (whole, code?: string, short?: string) =>
      code ? String.fromCharCode(Number.parseInt(code, 16)) : short ? (JSON.parse(`"\\${short}"`) as string) : whole,
    );
  }
}
