import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ABORTED, NO_ROOM, TOO_LARGE } from './body-failure';
import { collectBody } from './collect-body';
import { inflateBody } from './inflate-body';
import { MemoryBudget } from './memory-budget';

/** What fits in still. */
function free(budget: MemoryBudget): number {
  const lease = budget.lease();
  let bytes = 0;
  while (lease.take(1)) bytes++;
  lease.end();
  return bytes;
}

test('bodies on their way share one budget: what does not fit is refused, and all is free again afterwards', async () => {
  const budget = new MemoryBudget(100);
  const [first, second] = [new PassThrough(), new PassThrough()];
  const firstLease = budget.lease();
  const firstBody = collectBody(first, 0, firstLease);
  first.write(Buffer.alloc(80));
  await expect.poll(() => free(budget)).toBe(20);
  const secondBody = collectBody(second, 0, budget.lease());
  second.write(Buffer.alloc(80));
  expect(await secondBody).toBe(NO_ROOM);
  expect(free(budget)).toBe(20);
  first.end();
  expect(await firstBody).toEqual(Buffer.alloc(80));
  firstLease.end();
  expect(free(budget)).toBe(100);
});

test('a sender that goes away is told apart, and one that announces too much is not read', async () => {
  const lease = new MemoryBudget(100).lease();
  const gone = new PassThrough();
  const body = collectBody(gone, 0, lease);
  gone.write(Buffer.alloc(80));
  gone.destroy();
  expect(await body).toBe(ABORTED);
  expect(await collectBody(new PassThrough(), 64 * 1024 * 1024 + 1, lease)).toBe(TOO_LARGE);
});

test('what comes out of decompression counts in the same budget, also of many bodies at once', async () => {
  const budget = new MemoryBudget(1_000_000);
  const zipped = gzipSync(Buffer.alloc(400_000));
  const leases = Array.from({ length: 8 }, () => budget.lease());
  const bodies = await Promise.all(leases.map((lease) => inflateBody('gzip', zipped, lease)));
  const whole = bodies.filter((body) => body instanceof Uint8Array);
  expect(bodies.filter((body) => body === NO_ROOM).length).toBe(8 - whole.length);
  expect(whole.length).toBeLessThan(3);
  for (const lease of leases) lease.end();
  expect(free(budget)).toBe(1_000_000);
});

test('the limit holds for what comes out of a bomb', async () => {
  const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024));
  expect(await inflateBody('gzip', bomb, new MemoryBudget().lease())).toBe(TOO_LARGE);
});
