import { expect, it } from 'vitest';
import type { Span, Trace } from '../contract/telemetry';
import { correctClocks, findClockOffsets } from './correct-clocks';
import { findClockSkew } from './find-clock-skew';
import { layoutTrace } from './layout-trace';
import { makeTrace } from './make-trace.test-data';

const ms = 1e6;
// `b` is 500 ms ahead, and so is `c`, which runs beside it; `d` agrees with `a`.
const made = makeTrace([
  ['a', '', 0, 100 * ms],
  ['a1', 'a', 10 * ms, 80 * ms],
  ['b', 'a1', 530 * ms, 40 * ms],
  ['c', 'b', 540 * ms, 10 * ms],
  ['d', 'a', 92 * ms, 5 * ms],
]);
const trace: Trace = {
  ...made,
  spans: made.spans.map(
    (span): Span => ({
      ...span,
      kind: span.spanId === 'a1' ? 'client' : span.spanId === 'b' ? 'server' : 'internal',
      events: [{ timeNs: span.startNs, name: 'begin', attributes: [] }],
    }),
  ),
};

it('moves a service and what runs by its clock, and leaves the others where they are', () => {
  const layout = layoutTrace(trace);
  const offsets = findClockOffsets(layout, findClockSkew(layout));
  expect([...offsets]).toEqual([
    ['b', 500 * ms],
    ['c', 500 * ms],
  ]);
  const corrected = correctClocks(trace, offsets);
  const { nodes, lasted } = layoutTrace(corrected);
  expect(lasted).toBe(100 * ms);
  expect(nodes.map(({ span, start }) => [span.spanId, start / ms])).toEqual([
    ['a', 0],
    ['a1', 10],
    ['b', 30],
    ['c', 40],
    ['d', 92],
  ]);
  expect(corrected.spans.every(({ startNs, events }) => events[0]!.timeNs === startNs)).toBe(true);
  expect(findClockSkew(layoutTrace(corrected))).toEqual([]);
});

it('gives back the same trace where all clocks agree', () => {
  const whole = makeTrace([['a', '', 0, 10]]);
  expect(correctClocks(whole, findClockOffsets(layoutTrace(whole), []))).toBe(whole);
});
