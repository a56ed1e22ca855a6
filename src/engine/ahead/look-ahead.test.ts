import { afterEach, expect, it } from 'vitest';
import { CommitListeners } from '../store/reader/commit-listeners';
import { type Ahead, type AheadClock, LookAhead } from './look-ahead';

/** Time that goes on as it is waited for and worked. */
class Clock implements AheadClock {
  at = 0;
  meanwhile = () => {};
  now = () => this.at;
  async pause(ms: number, signal: AbortSignal): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    this.at += ms;
    this.meanwhile();
  }
}

const running: LookAhead[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.close();
});

/** `arrives`: whether a commit of so many rows comes with each stretch and each rest. */
function open(
  stretchMs: number,
  { arrives = 0, stretches = Number.POSITIVE_INFINITY, fails = 0, isAsked = false } = {},
) {
  const clock = new Clock();
  const commits = new CommitListeners();
  const began: number[] = [];
  const faults: unknown[] = [];
  const commit = (rows: number) =>
    commits.publish({ spans: { from: 0n, to: BigInt(rows) }, logs: { from: 0n, to: 0n } });
  clock.meanwhile = () => arrives > 0 && commit(arrives);
  const work: Ahead = async () => {
    began.push(clock.at);
    if (began.length <= fails) throw new Error('closed');
    clock.at += stretchMs;
    clock.meanwhile();
    return began.length < stretches;
  };
  running.push(new LookAhead(commits, [work], { isNow: isAsked }, (error) => faults.push(error), clock));
  const until = async (count: number) => {
    for (let turn = 0; began.length < count && turn < 2000; turn++)
      await new Promise((resolve) => setImmediate(resolve));
    return began;
  };
  return { clock, commit, until, began, faults };
}

it('takes half of the time where nothing arrives and nobody asks, from three seconds after the start', async () => {
  const { until } = open(40);
  expect((await until(4)).slice(0, 4)).toEqual([3000, 3080, 3160, 3240]);
});

it('takes a quarter of the time while somebody asks', async () => {
  const { until } = open(40, { isAsked: true });
  expect((await until(4)).slice(0, 4)).toEqual([3000, 3160, 3320, 3480]);
});

it('takes a two-hundredth of the time while more arrives, and half of it once nothing does', async () => {
  const { clock, until, began } = open(15, { arrives: 1 });
  const [first, second] = await until(2);
  expect(second! - first!).toBe(200 * 15);
  clock.meanwhile = () => {};
  const counted = began.length;
  await until(counted + 3);
  const [before, after] = began.slice(-2);
  expect(after! - before!).toBe(2 * 15);
});

it('rests for half a second at least while more arrives', async () => {
  const { until } = open(1, { arrives: 1 });
  const [first, second] = await until(2);
  expect(second! - first!).toBe(501);
});

it('waits for as many rows as are worth a stretch', async () => {
  const { commit, until, began } = open(10, { stretches: 1 });
  await until(1);
  commit(4000);
  await until(2);
  expect(began).toHaveLength(1);
  commit(96);
  await until(2);
  expect(began).toHaveLength(2);
});

it('tells of what went wrong, and goes on with what comes next', async () => {
  const { commit, until, began, faults } = open(10, { stretches: 1, fails: 1 });
  await until(1);
  expect(faults).toEqual([new Error('closed')]);
  commit(5000);
  await until(2);
  expect(began).toHaveLength(2);
});

it('gives up what is under way when it is closed', async () => {
  const commits = new CommitListeners();
  const faults: unknown[] = [];
  let given: AbortSignal | undefined;
  const work: Ahead = (signal) =>
    new Promise((_, reject) => {
      given = signal;
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  const ahead = new LookAhead(commits, [work], { isNow: false }, (error) => faults.push(error), new Clock());
  while (!given) await new Promise((resolve) => setImmediate(resolve));
  await ahead.close();
  expect(given.aborted).toBe(true);
  expect(faults).toEqual([]);
});
