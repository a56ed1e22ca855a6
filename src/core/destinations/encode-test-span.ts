import { randomBytes } from 'node:crypto';

/** Protobuf wire types. */
const fixed64 = 1;
const lengthDelimited = 2;
const spanKindInternal = 1;

/** An ExportTraceServiceRequest with one span `watchtower.test` of service `watchtower`. Times in Unix milliseconds. */
export function encodeTestSpan(start: number, end: number): Buffer {
  const span = [
    bytes(1, randomBytes(16)),
    bytes(2, randomBytes(8)),
    text(5, 'watchtower.test'),
    Buffer.from([6 << 3, spanKindInternal]),
    time(7, start),
    time(8, end),
    bytes(9, attribute('watchtower.test', 'Sent by "Test connection".')),
  ];
  const scopeSpans = [bytes(1, text(1, 'watchtower')), bytes(2, Buffer.concat(span))];
  const resource = bytes(1, attribute('service.name', 'watchtower'));
  const resourceSpans = [bytes(1, resource), bytes(2, Buffer.concat(scopeSpans))];
  return bytes(1, Buffer.concat(resourceSpans));
}

function attribute(key: string, value: string): Buffer {
  return Buffer.concat([text(1, key), bytes(2, text(1, value))]);
}

function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value));
}

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(field << 3) | lengthDelimited, ...varint(content.length)]), content]);
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

function time(field: number, milliseconds: number): Buffer {
  const buffer = Buffer.alloc(9, (field << 3) | fixed64);
  buffer.writeBigUInt64LE(BigInt(Math.round(milliseconds)) * 1_000_000n, 1);
  return buffer;
}
