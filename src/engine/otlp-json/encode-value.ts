import type { StoredAttribute } from '../store/reader/reader';

/** A value as the store keeps it: attributes, and bodies of log records. */
type StoredValue = Pick<StoredAttribute, 'kind' | 'text'>;

/** A key and its value in OTLP JSON. */
export function encodeAttribute(attribute: StoredAttribute): { key: string; value: object } {
  return { key: attribute.key, value: encodeValue(attribute) };
}

/** An AnyValue in OTLP JSON; what the store keeps as JSON (arrays, maps) becomes an AnyValue again. */
export function encodeValue({ kind, text }: StoredValue): object {
  switch (kind) {
    case 0:
      return {};
    case 2:
      return { boolValue: text === 'true' };
    case 3:
      return { intValue: text };
    case 4:
      return { doubleValue: encodeDouble(Number(text)) };
    case 5:
    case 6:
      return new StructureReader(text).read() ?? { stringValue: text };
    case 7:
      return { bytesValue: text };
    default:
      return { stringValue: text };
  }
}

/** JSON has no infinities and no NaN: there they are texts. */
export function encodeDouble(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

const STRING = /"(?:[^"\\]|\\.)*"/y;
const NUMBER = /-?\d[\d.eE+-]*/y;
const WORD = /true|false|null/y;

/** Reads the store's JSON itself: `JSON.parse` would round 64-bit integers, and sort and merge keys. */
class StructureReader {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Undefined where the text is no whole JSON: it was cut for its length. */
  read(): object | undefined {
    try {
      const value = this.value();
      return this.at === this.text.length ? value : undefined;
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  private value(): object {
    const first = this.text[this.at];
    if (first === '"') return { stringValue: this.string() };
    if (first === '[') return { arrayValue: { values: this.members(']', () => this.value()) } };
    if (first === '{') {
      const member = () => {
        const key = this.string();
        this.at++;
        return { key, value: this.value() };
      };
      return { kvlistValue: { values: this.members('}', member) } };
    }
    const word = this.match(WORD);
    if (word !== undefined) return word === 'null' ? {} : { boolValue: word === 'true' };
    const number = this.match(NUMBER);
    if (number === undefined) throw new SyntaxError('not a value');
    return isInt64(number) ? { intValue: number } : { doubleValue: Number(number) };
  }

  private members(close: string, member: () => object): object[] {
    const members: object[] = [];
    this.at++;
    while (this.text[this.at] !== close) {
      members.push(member());
      if (this.text[this.at] === ',') this.at++;
    }
    this.at++;
    return members;
  }

  private string(): string {
    const token = this.match(STRING);
    if (token === undefined) throw new SyntaxError('not a string');
    return JSON.parse(token) as string;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const token = pattern.exec(this.text)?.[0];
    this.at += token?.length ?? 0;
    return token;
  }
}

function isInt64(text: string): boolean {
  return /^-?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}
