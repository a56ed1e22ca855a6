import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { BodyDecoder } from './body-decoder';
import type { BodyThread } from './body-thread';
import type { Encoding } from './content-encoding';
import { MemoryBudget } from './memory-budget';
import { startTestBodyThread } from './test-body-thread';

let thread: BodyThread;
beforeAll(async () => {
  thread = await startTestBodyThread();
}, 60_000);
afterAll(() => thread.close());

let handedOver: number;
beforeEach(() => {
  vi.restoreAllMocks();
  handedOver = 0;
  const decode = thread.decode.bind(thread);
  vi.spyOn(thread, 'decode').mockImplementation((task, body) => {
    handedOver++;
    return decode(task, body);
  });
});

/** JSON of so many log records, some 30 bytes each. */
function logs(count: number): Buffer {
  const logRecords = Array.from({ length: count }, (_, i) => ({ body: { stringValue: `line ${i}` } }));
  return Buffer.from(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }));
}

const decode = (encoding: Encoding, isJson: boolean, body: Buffer, maxBytes?: number) =>
  new BodyDecoder(thread).decode('logs', encoding, isJson, Uint8Array.from(body), new MemoryBudget(maxBytes).lease());

test('large JSON is read beside the thread that receives, small JSON and protobuf on it', async () => {
  expect(await decode('identity', true, logs(5))).toBeInstanceOf(Uint8Array);
  expect(await decode('identity', false, logs(5000))).toBeInstanceOf(Uint8Array);
  expect(handedOver).toBe(0);
  expect(await decode('identity', true, logs(5000))).toBeInstanceOf(Uint8Array);
  expect(handedOver).toBe(1);
});

test.each([5, 5000])('what comes of JSON of %i records takes room of the budget', async (count) => {
  const request = (await decode('identity', true, logs(count))) as Uint8Array;
  expect(await decode('identity', true, logs(count), request.length)).toEqual(request);
  expect(await decode('identity', true, logs(count), request.length - 1)).toMatchObject({ kind: 'no-room' });
});
