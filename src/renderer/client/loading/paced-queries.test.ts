// @vitest-environment happy-dom
import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PacedQueries } from './paced-queries';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** How often a question is asked in a minute whose answer takes so long. */
async function askedInAMinute(answerMs: number, refetchInterval: number | false | (() => number | false)) {
  const queries = new PacedQueries();
  let asked = 0;
  const observer = new QueryObserver(queries, {
    queryKey: ['slow'],
    queryFn: async () => {
      asked++;
      await new Promise((resolve) => setTimeout(resolve, answerMs));
      return asked;
    },
    refetchInterval,
    refetchIntervalInBackground: true,
  });
  const leave = observer.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(59_999);
  leave();
  queries.clear();
  return asked;
}

it('asks at the interval what is answered soon', async () => {
  expect(await askedInAMinute(10, 2000)).toBe(30);
  expect(await askedInAMinute(10, () => 2000)).toBe(30);
});

it('rests four times as long as an answer took', async () => {
  expect(await askedInAMinute(4000, 2000)).toBe(3);
  expect(await askedInAMinute(4000, () => 2000)).toBe(3);
});

it('asks once what is not to be asked again', async () => {
  expect(await askedInAMinute(4000, false)).toBe(1);
  expect(await askedInAMinute(4000, () => false)).toBe(1);
});
