import { describe, expect, it } from 'vitest';
import { ProtobufWriter } from '../wire/protobuf-writer';
import type { Answer } from './post-request';
import { readAnswer } from './read-answer';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const read = (answer: Partial<Answer>) =>
  readAnswer({ status: 200, retryAfter: undefined, contentType: '', body: Buffer.alloc(0), ...answer }, NOW);

/** Two fields of a message in protobuf: a varint (1) and a text (2). */
function encode(number: number, text: string): Uint8Array {
  const writer = new ProtobufWriter();
  const before = writer.length;
  writer.string(text);
  writer.varint(writer.length - before);
  writer.varint(0x12);
  writer.varint(number);
  writer.varint(0x08);
  return writer.finish();
}

function partialSuccess(rejected: number, text: string): Buffer {
  const inner = encode(rejected, text);
  return Buffer.concat([Uint8Array.from([0x0a, inner.length]), inner]);
}

describe('readAnswer', () => {
  it('takes every 2xx as sent, whatever stands beside it', () => {
    expect(read({})).toEqual({ kind: 'sent', rejected: 0, message: null });
    const junk = Buffer.from('\xff\xff\xff\xff', 'latin1');
    expect(read({ status: 202, contentType: 'application/x-protobuf', body: junk })).toMatchObject({ kind: 'sent' });
    expect(read({ contentType: 'application/json', body: Buffer.from('{') })).toMatchObject({ kind: 'sent' });
  });

  it.each([
    ['application/x-protobuf', partialSuccess(3, 'too old')],
    ['application/json', Buffer.from('{"partialSuccess":{"rejectedSpans":"3","errorMessage":"too old"}}')],
    ['application/json; charset=utf-8', '{"partialSuccess":{"rejectedLogRecords":3,"errorMessage":"too old"}}'],
  ])('counts what a partial success in %s rejects', (contentType, body) => {
    expect(read({ contentType, body: Buffer.from(body) })).toEqual({ kind: 'sent', rejected: 3, message: 'too old' });
  });

  it.each([408, 429, 502, 503, 504])('tries again after %d', (status) => {
    expect(read({ status })).toMatchObject({ kind: 'retry', afterMs: null });
  });

  it.each([400, 401, 403, 404, 413, 500, 501])('does not try again after %d', (status) => {
    expect(read({ status })).toMatchObject({ kind: 'refused', message: expect.stringContaining(String(status)) });
  });

  it.each([
    ['7', 7000],
    [' 0', 0],
    ['Thu, 01 Jan 2026 00:00:20 GMT', 20_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['86400', 300_000],
    ['soon', null],
  ])('reads Retry-After: %s', (retryAfter, afterMs) => {
    expect(read({ status: 429, retryAfter })).toMatchObject({ afterMs });
  });

  it('says what a server answers, in one short line', () => {
    const status = {
      status: 400,
      contentType: 'application/x-protobuf',
      body: Buffer.from(encode(3, `bad\nspan${'!'.repeat(40)}`)),
    };
    expect(read(status)).toMatchObject({ message: `400 Bad Request: bad span${'!'.repeat(40)}` });
    const text = Buffer.from(`\x1b[31m${'x'.repeat(500)}`);
    const { message } = read({ status: 401, body: text }) as { message: string };
    expect(message).toMatch(/^401 Unauthorized: \[31mx{196}…$/);
    const page = { status: 404, contentType: 'text/html', body: Buffer.from('<html>nginx</html>') };
    expect(read(page)).toMatchObject({ message: '404 Not Found' });
  });

  it('does not follow redirects', () => {
    expect(read({ status: 308 })).toMatchObject({ kind: 'refused', message: expect.stringContaining('redirects') });
  });
});
