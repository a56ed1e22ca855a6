import { expect, test } from 'vitest';
import { Pace } from './pace';

test('a turn is due once the slice is over, and not right after it', async () => {
  let now = 0;
  const pace = new Pace(undefined, () => now);
  expect(pace.isDue()).toBe(false);
  now = 6;
  expect(pace.isDue()).toBe(true);
  await pace.turn();
  expect(pace.isDue()).toBe(false);
});

test('small steps look at the clock once in a while', () => {
  let looks = 0;
  const pace = new Pace(undefined, () => {
    looks++;
    return 0;
  });
  looks = 0;
  for (let step = 0; step < 100_000; step++) pace.isDueAfter(10);
  expect(looks).toBe(50);
});

test('a turn lets other work of the thread run', async () => {
  let ran = false;
  setImmediate(() => {
    ran = true;
  });
  await new Pace().turn();
  expect(ran).toBe(true);
});

test('work whose signal is aborted ends with its next turn', async () => {
  const client = new AbortController();
  const pace = new Pace(client.signal);
  client.abort(new Error('left'));
  await expect(pace.turn()).rejects.toThrow('left');
});
