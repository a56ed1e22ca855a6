import { afterEach, expect, it, vi } from 'vitest';
import { afterFirst, askFirst } from './first-answer';

afterEach(() => vi.useRealTimers());

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});
/** A request that is answered when the test says so. */
function asked() {
  let answer = (_: string) => {};
  const answered = askFirst(() => new Promise<string>((resolve) => (answer = resolve)));
  ends.push(() => answer(''));
  return { answered, answer: (told: string) => answer(told) };
}
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

it('lets what stands beside wait until all that was asked first is answered', async () => {
  const beside = vi.fn();
  // Asked in the same turn, before the first.
  void afterFirst().then(beside);
  const [one, other] = [asked(), asked()];
  await settle();
  one.answer('list');
  expect(await one.answered).toBe('list');
  await settle();
  expect(beside).not.toHaveBeenCalled();
  other.answer('');
  await settle();
  expect(beside).toHaveBeenCalledOnce();
});

it('waits for nothing where nothing was asked first', async () => {
  await afterFirst();
});

it('waits no longer than a second and a half, whatever becomes of the first', async () => {
  vi.useFakeTimers();
  const beside = vi.fn();
  asked();
  void afterFirst().then(beside);
  await vi.advanceTimersByTimeAsync(1499);
  expect(beside).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(beside).toHaveBeenCalledOnce();
});

it('goes on after a first request that failed, and not for one who gave up', async () => {
  const failing = askFirst(() => Promise.reject(new Error('refused')));
  const beside = afterFirst();
  await expect(failing).rejects.toThrow('refused');
  await beside;
  asked();
  const abort = new AbortController();
  const given = afterFirst(abort.signal);
  await settle();
  abort.abort(new Error('left'));
  await expect(given).rejects.toThrow('left');
});
