import { expect, it } from 'vitest';
import { Backoff } from './backoff';

function create() {
  const clock = { now: 0 };
  const backoff = new Backoff({ firstMs: 1000, lastMs: 30_000, now: () => clock.now, random: () => 0.999999 });
  return { clock, backoff };
}

it('waits twice as long after each failure, up to the longest pause', () => {
  const { clock, backoff } = create();
  const pauses: number[] = [];
  for (let failure = 0; failure < 7; failure++) {
    backoff.failed(clock.now, null);
    pauses.push(Math.round(backoff.waitMs()));
    clock.now += backoff.waitMs();
  }
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(backoff.waitMs()).toBe(0);
});

it('takes failures side by side as one', () => {
  const { clock, backoff } = create();
  clock.now = 500;
  for (let lane = 0; lane < 4; lane++) backoff.failed(lane === 0 ? 0 : 499, null);
  expect(Math.round(backoff.waitMs())).toBe(1000);
});

it('waits as long as it is asked to, and not at all after a success', () => {
  const { backoff } = create();
  backoff.failed(0, 20_000);
  expect(backoff.waitMs()).toBe(20_000);
  expect(backoff.isFailing).toBe(true);
  backoff.succeeded();
  expect(backoff.waitMs()).toBe(0);
  expect(backoff.isFailing).toBe(false);
});
