import { expect, it } from 'vitest';
import { createStatusFeed } from './create-status-feed';

it('tells the first status at once and then each that differs, and wakes nobody for one that does not', async () => {
  let status = { state: 'starting', spans: 0 };
  let changed = () => {};
  const ending = new AbortController();
  const source = {
    read: () => ({ ...status }),
    subscribe: (listener: () => void) => {
      changed = listener;
      return () => {};
    },
  };
  const told: object[] = [];
  const following = (async () => {
    for await (const each of createStatusFeed(source, ending.signal, 1)) told.push(each);
  })();
  await expect.poll(() => told).toEqual([{ state: 'starting', spans: 0 }]);
  for (let time = 0; time < 3; time++) {
    changed();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  status = { state: 'ready', spans: 0 };
  changed();
  await expect.poll(() => told.at(-1)).toEqual({ state: 'ready', spans: 0 });
  expect(told).toHaveLength(2);
  ending.abort();
  await following;
});
