import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type BodyRoom, readBody } from './read-body';

function incoming(headers: Record<string, string> = {}) {
  const stream = new PassThrough();
  return { stream, request: Object.assign(stream, { headers }) as unknown as IncomingMessage };
}

test('bodies on their way share one room: what does not fit is refused, and the room is free again afterwards', async () => {
  const room: BodyRoom = { bytes: 0, maxBytes: 100 };
  const first = incoming();
  const firstBody = readBody(first.request, 90, room);
  first.stream.write(Buffer.alloc(80));
  await expect.poll(() => room.bytes).toBe(80);
  const second = incoming();
  const secondBody = readBody(second.request, 90, room);
  second.stream.write(Buffer.alloc(80));
  expect(await secondBody).toBe('no-room');
  expect(room.bytes).toBe(80);
  first.stream.end();
  expect(await firstBody).toEqual(Buffer.alloc(80));
  expect(room.bytes).toBe(0);
});

test('a sender that goes away gives its room back', async () => {
  const room: BodyRoom = { bytes: 0, maxBytes: 100 };
  const { stream, request } = incoming();
  const body = readBody(request, 90, room);
  stream.write(Buffer.alloc(80));
  await expect.poll(() => room.bytes).toBe(80);
  stream.destroy();
  expect(await body).toBe('aborted');
  expect(room.bytes).toBe(0);
});

test('the limit holds after decompression', async () => {
  const room: BodyRoom = { bytes: 0, maxBytes: 1000 };
  const within = incoming({ 'content-encoding': 'gzip' });
  within.stream.end(gzipSync(Buffer.alloc(90)));
  expect(await readBody(within.request, 90, room)).toEqual(Buffer.alloc(90));
  const bomb = incoming({ 'content-encoding': 'gzip' });
  bomb.stream.end(gzipSync(Buffer.alloc(10_000)));
  expect(await readBody(bomb.request, 90, room)).toBe('too-large');
});
