import { expect, it } from 'vitest';
import type { Problem } from '../../shared/problem';
import { createFaultSink } from './create-fault-sink';
import { inBackground } from './in-background';

function open() {
  const lines: object[] = [];
  const shown: Problem[] = [];
  const clock = { now: 0 };
  const log = { info() {}, warn() {}, error: (details: object) => void lines.push(details) };
  const sink = createFaultSink(
    log,
    (problem) => shown.push(problem),
    () => clock.now,
  );
  return { lines, shown, clock, sink };
}

it('work in the background that fails is logged with its error, and shown until it is seen', async () => {
  const { lines, shown, sink } = open();
  const error = new Error('a bug');
  inBackground('stack: look', Promise.reject(error), sink.log);
  await expect.poll(() => lines).toEqual([{ work: 'stack: look', error }]);
  expect(shown).toMatchObject([
    { kind: 'unexpected-error', message: expect.stringContaining('stack: look'), lifetime: 'until-seen' },
  ]);
});

it('the same fault is told once a minute, another one at once', () => {
  const { lines, clock, sink } = open();
  const error = new Error('a bug');
  for (let times = 0; times < 1000; times++) sink.report('a timer', error);
  sink.report('a timer', new Error('another bug'));
  expect(lines).toHaveLength(2);
  clock.now = 60_000;
  sink.report('a timer', error);
  expect(lines).toHaveLength(3);
});
