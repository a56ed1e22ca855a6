import { AnyValue, type Field, MAX_VALUE_DEPTH, type Message, REQUESTS, type ScalarType } from './descriptors';
import { ProtobufWriter } from './protobuf-writer';
import type { Signal } from './signal';
import { WIRE_LENGTH, WIRE_TYPES } from './wire-types';

/** The JSON is not OTLP; the message starts with the path of the offending value. */
export class OtlpJsonError extends Error {
  override readonly name = 'OtlpJsonError';
}

/**
 * OTLP JSON (as `JSON.parse` gives it) to the protobuf bytes of the same Export…ServiceRequest. Ids are hex in either
 * case, 64-bit integers strings or numbers, enums integers; unknown keys are ignored, null is absent.
 * Throws `OtlpJsonError`.
 */
export function encodeOtlpJson(signal: Signal, json: unknown): Uint8Array {
  const encoder = new Encoder();
  encoder.message(REQUESTS[signal], json, 0);
  return encoder.writer.finish();
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

class Encoder {
  readonly writer = new ProtobufWriter();
  private readonly path: (string | number)[] = [];

  message(type: Message, json: unknown, depth: number): void {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) this.fail('expected an object');
    if (type === AnyValue && depth >= MAX_VALUE_DEPTH) this.fail(`nested deeper than ${MAX_VALUE_DEPTH} values`);
    const inner = type === AnyValue ? depth + 1 : depth;
    for (let i = type.fields.length - 1; i >= 0; i--) {
      const field = type.fields[i]!;
      const value = Object.hasOwn(json, field.name) ? (json as Record<string, unknown>)[field.name] : undefined;
      if (value === undefined || value === null) continue;
      this.path.push(field.name);
      if (!field.repeated) this.field(field, value, inner);
      else if (Array.isArray(value)) this.repeated(field, value, inner);
      else this.fail('expected an array');
      this.path.pop();
    }
  }

  private repeated(field: Field, values: unknown[], depth: number): void {
    const packedFrom = this.writer.length;
    const packed = isPackable(field.type);
    for (let i = values.length - 1; i >= 0; i--) {
      this.path.push(i);
      if (packed) this.scalar(field.type as ScalarType, values[i]);
      else this.field(field, values[i], depth);
      this.path.pop();
    }
    if (packed && values.length > 0) this.prefix(field.number, packedFrom);
  }

  private field(field: Field, value: unknown, depth: number): void {
    const from = this.writer.length;
    if (typeof field.type !== 'string') {
      this.message(field.type, value, depth);
      this.prefix(field.number, from);
      return;
    }
    this.scalar(field.type, value);
    const wire = WIRE_TYPES[field.type];
    if (wire === WIRE_LENGTH) this.prefix(field.number, from);
    else this.writer.varint(field.number * 8 + wire);
  }

  private prefix(fieldNumber: number, from: number): void {
    this.writer.varint(this.writer.length - from);
    this.writer.varint(fieldNumber * 8 + WIRE_LENGTH);
  }

  private scalar(type: ScalarType, value: unknown): void {
    if (type === 'string') this.writer.string(this.text(value, 'a string'));
    else if (type === 'id') this.writer.raw(this.hex(value));
    else if (type === 'bytes') this.writer.raw(this.base64(value));
    else if (type === 'double') this.writer.double(this.double(value));
    else if (type === 'bool') {
      if (typeof value !== 'boolean') this.fail('expected true or false');
      this.writer.varint(value ? 1 : 0);
    } else this.writeInteger(type, this.integer(value, type));
  }

  private writeInteger(type: IntegerType, value: bigint): void {
    if (type === 'fixed32') this.writer.fixed32(Number(value));
    else if (type === 'fixed64' || type === 'sfixed64') this.writer.fixed64(value);
    else if (type === 'sint32') this.writer.varint64(value >= 0n ? value * 2n : value * -2n - 1n);
    else this.writer.varint64(value);
  }

  private integer(value: unknown, type: IntegerType): bigint {
    if (type === 'enum' && typeof value === 'string') this.fail('expected an integer (OTLP JSON has no enum names)');
    let parsed: bigint;
    if (typeof value === 'number' && Number.isInteger(value)) parsed = BigInt(value);
    else if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) parsed = BigInt(value);
    else this.fail('expected an integer, as a number or a string of digits');
    const [least, most] = INTEGER_RANGES[type];
    if (parsed < least || parsed > most) this.fail(`expected an integer from ${least} to ${most}`);
    return parsed;
  }

  private text(value: unknown, what: string): string {
    if (typeof value !== 'string') this.fail(`expected ${what}`);
    return value;
  }

  private hex(value: unknown): Uint8Array {
    const text = this.text(value, 'a hex string');
    if (text.length % 2 !== 0 || /[^0-9a-f]/i.test(text)) this.fail('expected a hex string');
    return Buffer.from(text, 'hex');
  }

  private base64(value: unknown): Uint8Array {
    const text = this.text(value, 'a base64 string');
    if (/[^\w+/=-]/.test(text)) this.fail('expected a base64 string');
    return Buffer.from(text, 'base64');
  }

  private double(value: unknown): number {
    if (typeof value === 'number') return value;
    if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
    if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
    this.fail('expected a number');
  }

  private fail(what: string): never {
    const path = this.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    throw new OtlpJsonError(`${path.slice(1) || 'request'}: ${what}`);
  }
}

/** Repeated numbers stand in one length-delimited block in proto3. */
function isPackable(type: ScalarType | Message): boolean {
  return typeof type === 'string' && WIRE_TYPES[type] !== WIRE_LENGTH;
}
