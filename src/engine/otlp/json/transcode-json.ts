import { AnyValue, type Field, MAX_VALUE_DEPTH, type Message, REQUESTS, type ScalarType } from '../../wire/descriptors';
import { ProtobufAppender } from '../../wire/protobuf-appender';
import type { Signal } from '../../wire/signal';
import { WIRE_LENGTH, WIRE_TYPES } from '../../wire/wire-types';
import { MAX_REQUEST_BYTES, MAX_REQUEST_ITEMS, MAX_REQUEST_PARTS } from '../request/request-limits';
import { enumValue } from './enum-values';
import { JsonKeys } from './json-keys';
import { JsonScanner, type JsonStart, JsonSyntaxError } from './json-scanner';
import { parseJsonInteger } from './parse-json-integer';

/** The JSON is not OTLP; the message starts with the path of the offending value. */
export class OtlpJsonError extends Error {
  override readonly name = 'OtlpJsonError';
}

/** The request is OTLP, and more than is taken at once. */
export class OtlpJsonTooLarge extends Error {
  override readonly name = 'OtlpJsonTooLarge';
}

/**
 * OTLP JSON in UTF-8 to the protobuf bytes of the same Export…ServiceRequest, in one pass and without an object of it, so
 * that integers keep all their digits. Ids are hex in either case; integers are numbers or strings, also with an exponent;
 * enums are integers or their names; keys are lowerCamelCase, the names of the proto files, or what these were before 0.15. Unknown keys are ignored,
 * null is absent, of a key that comes twice the later value holds; lists are joined, messages are left in pieces.
 * Throws `OtlpJsonError`, or `OtlpJsonTooLarge`.
 */
export function transcodeOtlpJson(signal: Signal, json: Uint8Array): Uint8Array {
  const whole = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  const hasMark = whole.length >= 3 && whole.compare(BYTE_ORDER_MARK, 0, 3, 0, 3) === 0;
  const bytes = hasMark ? whole.subarray(3) : whole;
  const transcoder = new Transcoder(new JsonScanner(bytes));
  try {
    transcoder.request(REQUESTS[signal]);
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw new OtlpJsonError(error.message);
    throw error;
  }
  return transcoder.writer.finish();
}

type IntegerType = Exclude<ScalarType, 'string' | 'bytes' | 'id' | 'bool' | 'double'>;

const INT32 = [-(2n ** 31n), 2n ** 31n - 1n] as const;
const UINT32 = [0n, 2n ** 32n - 1n] as const;
const INT64 = [-(2n ** 63n), 2n ** 63n - 1n] as const;
const UINT64 = [0n, 2n ** 64n - 1n] as const;

const INTEGER_RANGES: Readonly<Record<IntegerType, readonly [bigint, bigint]>> = {
  enum: INT32,
  int32: INT32,
  sint32: INT32,
  uint32: UINT32,
  fixed32: UINT32,
  int64: INT64,
  sfixed64: INT64,
  uint64: UINT64,
  fixed64: UINT64,
};

/** Keys that senders wrote before OTLP 0.15, when a scope was an instrumentation library; its field numbers are the same. */
const FORMER_NAMES: Readonly<Record<string, readonly string[]>> = {
  scope: ['instrumentationLibrary'],
  scopeSpans: ['instrumentationLibrarySpans'],
  scopeLogs: ['instrumentationLibraryLogs'],
  scopeMetrics: ['instrumentationLibraryMetrics'],
  logRecords: ['logs'],
};
/** What some editors and shells put before a text in UTF-8. */
const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/** By message: its fields by their keys in JSON. */
const KEYS = new Map<Message, JsonKeys<Field>>();

function keysOf(message: Message): JsonKeys<Field> {
  let keys = KEYS.get(message);
  if (!keys) {
    const named = message.fields.flatMap((field) =>
      [field.name, ...(FORMER_NAMES[field.name] ?? [])].flatMap((name): [string, Field][] => [
        [name, field],
        [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), field],
      ]),
    );
    keys = new JsonKeys(new Map(named));
    KEYS.set(message, keys);
  }
  return keys;
}

class Transcoder {
  readonly writer = new ProtobufAppender();
  private readonly path: (string | number)[] = [];
  /** Of the messages being written: the number of each field, and where it starts. */
  private readonly numbers: number[] = [];
  private readonly starts: number[] = [];
  private items = 0;
  private parts = 0;
  /** The request itself has keys that are not its own. */
  private hasStrangers = false;

  constructor(private readonly scanner: JsonScanner) {}

  request(type: Message): void {
    if (this.scanner.start() !== 'object') this.fail('expected an object');
    const known = this.message(type, 0);
    this.scanner.end();
    // Ignored, it would be lost: a request of another signal, what a query answered, a single item.
    if (known === 0 && this.hasStrangers) this.fail(`expected ${type.fields[0]!.name}, and has other keys alone`);
  }

  /** Reads an object, whose `{` comes next; answers how many of its keys are known. */
  private message(type: Message, depth: number): number {
    this.count(type);
    if (type === AnyValue && depth >= MAX_VALUE_DEPTH) this.fail(`nested deeper than ${MAX_VALUE_DEPTH} values`);
    const inner = type === AnyValue ? depth + 1 : depth;
    const keys = keysOf(type);
    const first = this.numbers.length;
    let known = 0;
    for (let field = this.scanner.key(true, keys); field !== null; field = this.scanner.key(false, keys)) {
      if (!field) {
        if (this.path.length === 0) this.hasStrangers = true;
        this.scanner.skip();
        continue;
      }
      known++;
      const start = this.scanner.start();
      if (start === 'null') continue;
      this.path.push(field.name);
      this.numbers.push(field.number);
      this.starts.push(this.writer.length);
      if (!field.repeated) this.field(field, start, inner);
      else if (start === 'array') this.repeated(field, inner);
      else this.fail('expected an array');
      this.path.pop();
    }
    this.order(first);
    return known;
  }

  private repeated(field: Field, depth: number): void {
    const { type } = field;
    const packed = typeof type === 'string' && WIRE_TYPES[type] !== WIRE_LENGTH;
    const before = this.writer.length;
    let from = 0;
    if (packed) {
      this.writer.varint(field.number * 8 + WIRE_LENGTH);
      from = this.writer.open();
    }
    const at = this.path.length;
    this.path.push(0);
    let index = 0;
    for (let more = this.scanner.hasElement(true); more; more = this.scanner.hasElement(false)) {
      this.path[at] = index++;
      const start = this.scanner.start();
      if (packed) this.scalar(field, type, start);
      else this.field(field, start, depth);
      if (this.writer.length > MAX_REQUEST_BYTES) throw tooMany(`${MAX_REQUEST_BYTES} bytes as protobuf`);
    }
    this.path.pop();
    if (!packed) return;
    this.parts += index;
    if (index > 0) this.writer.close(from);
    else this.writer.length = before;
  }

  private field(field: Field, start: JsonStart, depth: number): void {
    const { type, number } = field;
    const { writer } = this;
    const wire = typeof type === 'string' ? WIRE_TYPES[type] : WIRE_LENGTH;
    writer.varint(number * 8 + wire);
    if (wire !== WIRE_LENGTH) {
      this.scalar(field, type as ScalarType, start);
      return;
    }
    const from = writer.open();
    if (typeof type === 'string') this.scalar(field, type, start);
    else if (start === 'object') this.message(type, depth);
    else this.fail('expected an object');
    writer.close(from);
  }

  /** Fields in the order of their numbers, as every protobuf writer leaves them: a resource then stands before its spans. */
  private order(first: number): void {
    const { numbers, starts, writer } = this;
    let isOrdered = true;
    for (let i = first + 1; i < numbers.length; i++) if (numbers[i]! < numbers[i - 1]!) isOrdered = false;
    if (!isOrdered) {
      const from = starts[first]!;
      const written = Buffer.from(writer.bytes.subarray(from, writer.length));
      const end = (i: number) => (i + 1 < starts.length ? starts[i + 1]! : from + written.length) - from;
      const order = numbers.map((_, i) => i).slice(first);
      order.sort((a, b) => numbers[a]! - numbers[b]!);
      writer.length = from;
      for (const i of order) writer.raw(written, starts[i]! - from, end(i));
    }
    numbers.length = first;
    starts.length = first;
  }

  private scalar(field: Field, type: ScalarType, start: JsonStart): void {
    if (type === 'string') {
      if (start !== 'string') this.fail('expected a string');
      this.scanner.textInto(this.writer);
    } else if (type === 'id') this.hex(start);
    else if (type === 'bytes') this.base64(start);
    else if (type === 'double') this.writer.double(this.double(start));
    else if (type === 'bool') {
      if (start !== 'true' && start !== 'false') this.fail('expected true or false');
      this.writer.byte(start === 'true' ? 1 : 0);
    } else this.integer(field, type, start);
  }

  private integer(field: Field, type: IntegerType, start: JsonStart): void {
    const { scanner, writer } = this;
    const isFixed64 = type === 'fixed64' || type === 'sfixed64';
    if ((start === 'string' || start === 'number') && (isFixed64 || type === 'int64' || type === 'uint64')) {
      const before = scanner.position;
      if (scanner.digits(start === 'string')) {
        if (isFixed64 && (type === 'fixed64' || scanner.high < 2 ** 31)) {
          writer.fixed64Halves(scanner.low, scanner.high);
          return;
        }
        if (!isFixed64 && scanner.high < 2 ** 21) {
          writer.varint(scanner.high * 2 ** 32 + scanner.low);
          return;
        }
        scanner.position = before;
      }
    }
    let text = '';
    if (start === 'string') text = scanner.text();
    else if (start === 'number') text = scanner.number();
    else this.fail('expected an integer, as a number or a string of digits');
    let value = parseJsonInteger(text);
    if (value === undefined && type === 'enum') {
      const named = enumValue(field.name, text);
      if (named === undefined) this.fail(`expected an integer or a name of the enum, not ${JSON.stringify(text)}`);
      value = BigInt(named);
    }
    const [least, most] = INTEGER_RANGES[type];
    if (value === undefined) {
      const isNumber = Number.isFinite(Number(text)) && text.trim() !== '';
      if (isNumber && Math.abs(Number(text)) > 2 ** 53) this.fail(`expected an integer from ${least} to ${most}`);
      this.fail('expected an integer, as a number or a string of digits');
    }
    if (value < least || value > most) this.fail(`expected an integer from ${least} to ${most}`);
    if (type === 'fixed32') writer.fixed32(Number(value));
    else if (isFixed64) writer.fixed64(value);
    else if (type === 'sint32') writer.varint64(value >= 0n ? value * 2n : value * -2n - 1n);
    else if (value >= 0n && value < 2n ** 53n) writer.varint(Number(value));
    else writer.varint64(value);
  }

  /** What is no hex becomes an id of a length that none has, for which its item alone is refused, or the id. */
  private hex(start: JsonStart): void {
    const { scanner, writer } = this;
    const before = writer.length;
    if (start === 'string' && scanner.hexInto(writer)) return;
    writer.length = before;
    // The words are read already.
    if (start !== 'true' && start !== 'false') scanner.skip();
    writer.byte(NOT_HEX);
  }

  private base64(start: JsonStart): void {
    const text = start === 'string' ? this.scanner.text() : this.fail('expected a base64 string');
    if (!/^[\w+/-]*={0,2}$/.test(text)) this.fail('expected a base64 string');
    const bytes = Buffer.from(text, 'base64');
    this.writer.raw(bytes, 0, bytes.length);
  }

  private double(start: JsonStart): number {
    const { scanner } = this;
    let text = '';
    if (start === 'number') text = scanner.number();
    else if (start === 'string') text = scanner.text();
    else this.fail('expected a number');
    if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') return Number(text);
    if (!DOUBLE.test(text)) this.fail('expected a number');
    const value = Number(text);
    if (!Number.isFinite(value)) this.fail('expected a number within the range of a double');
    return value;
  }

  private count(type: Message): void {
    if (type.item && ++this.items > MAX_REQUEST_ITEMS) throw tooMany(`${MAX_REQUEST_ITEMS} ${type.item}s`);
    if (++this.parts > MAX_REQUEST_PARTS) throw tooMany(`${MAX_REQUEST_PARTS} attributes, values and other parts`);
  }

  private fail(what: string): never {
    const path = this.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    throw new OtlpJsonError(`${path.slice(1) || 'request'}: ${what}`);
  }
}

/** The one byte that an id is which was not hex. */
const NOT_HEX = 0;
const DOUBLE = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function tooMany(what: string): OtlpJsonTooLarge {
  return new OtlpJsonTooLarge(`the request holds more than ${what}; send smaller batches`);
}
