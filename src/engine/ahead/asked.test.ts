import { expect, it } from 'vitest';
import { Asked } from './asked';

it('is asked until the last answer, a failed one too, and a quarter of a second longer', async () => {
  let now = 0;
  const asked = new Asked(() => now);
  expect(asked.isNow).toBe(false);
  let answer = () => {};
  const first = asked.during(() => new Promise<void>((resolve) => (answer = resolve)));
  await expect(asked.during(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  now = 10_000;
  expect(asked.isNow).toBe(true);
  answer();
  await first;
  now = 10_249;
  expect(asked.isNow).toBe(true);
  now = 10_250;
  expect(asked.isNow).toBe(false);
});
