import { expect, it } from 'vitest';
import { RequestLane } from './request-lane';

/** A request that is answered by the test. */
function request() {
  const made = { isMade: false, answer: () => {} };
  const answered = new Promise<void>((resolve) => {
    made.answer = resolve;
  });
  const ask = () => {
    made.isMade = true;
    return answered;
  };
  return { made, ask };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

it('has so many at a time, in the order in which they came', async () => {
  const lane = new RequestLane(2);
  const requests = [request(), request(), request(), request()];
  const { signal } = new AbortController();
  const done = requests.map(({ ask }) => lane.run(signal, ask));
  const made = () => requests.map((each) => each.made.isMade);
  await turn();
  expect(made()).toEqual([true, true, false, false]);
  requests[1]!.made.answer();
  await turn();
  expect(made()).toEqual([true, true, true, false]);
  for (const each of requests) each.made.answer();
  await Promise.all(done);
  expect(made()).toEqual([true, true, true, true]);
});

it('never makes one that was given up while it waited, and goes on with the next', async () => {
  const lane = new RequestLane(1);
  const [first, second, third] = [request(), request(), request()];
  const { signal } = new AbortController();
  const gone = new AbortController();
  const done = lane.run(signal, first.ask);
  const given = lane.run(gone.signal, second.ask).catch((reason: unknown) => reason);
  const last = lane.run(signal, third.ask);
  gone.abort('scrolled away');
  expect(await given).toBe('scrolled away');
  first.made.answer();
  await done;
  third.made.answer();
  await last;
  expect([second.made.isMade, third.made.isMade]).toEqual([false, true]);
});

it('is free again after one that failed', async () => {
  const lane = new RequestLane(1);
  const { signal } = new AbortController();
  await expect(lane.run(signal, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  expect(await lane.run(signal, () => Promise.resolve(7))).toBe(7);
});
