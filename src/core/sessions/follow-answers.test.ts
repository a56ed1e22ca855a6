import { expect, it } from 'vitest';
import { followAnswers } from './follow-answers';

it('tells the first answer, and then those that differ from the last', async () => {
  const answers = [1, 1, 2, 2, 2, 3];
  const told: number[] = [];
  const ends = new AbortController();
  for await (const answer of followAnswers(async () => answers.shift() ?? 3, { signal: ends.signal, everyMs: 1 })) {
    told.push(answer);
    if (answer === 3) ends.abort();
  }
  expect(told).toEqual([1, 2, 3]);
});

it('ends with its signal also while it waits, and passes on what cannot be asked', async () => {
  const ends = new AbortController();
  const feed = followAnswers(async () => 1, { signal: ends.signal, everyMs: 60_000 });
  await feed.next();
  const next = feed.next();
  ends.abort();
  expect(await next).toEqual({ done: true, value: undefined });
  const refused = followAnswers(async () => Promise.reject(new Error('refused')));
  await expect(refused.next()).rejects.toThrow('refused');
});

it('asks again only once something is known to have changed', async () => {
  const ends = new AbortController();
  let [asked, looked, current] = [0, 0, 'a'];
  const version = () => {
    looked++;
    if (looked === 20) current = 'b';
    return current;
  };
  const feed = followAnswers(async () => ++asked, { signal: ends.signal, version, everyMs: 1 });
  expect((await feed.next()).value).toBe(1);
  expect((await feed.next()).value).toBe(2);
  expect(looked).toBeGreaterThanOrEqual(20);
  ends.abort();
});
