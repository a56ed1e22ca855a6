import { expect, it } from 'vitest';
import { layoutTrace } from './layout-trace';
import { makeTrace } from './make-trace.test-data';
import { ownTimes } from './own-times';
import { sumSpans } from './sum-spans';

const trace = makeTrace([
  ['a', '', 0, 100],
  ['b1', 'a', 0, 10],
  ['b2', 'a', 20, 30],
  ['c', 'b2', 20, 30],
]);
const layout = layoutTrace({
  ...trace,
  spans: trace.spans.map((span) => (span.spanId === 'b1' ? { ...span, status: { code: 'error', message: '' } } : span)),
});

it('counts, adds up, and shares out the own time, which is counted once', () => {
  const groups = sumSpans(layout, ownTimes(layout), (position) => layout.nodes[position]!.span.service);
  expect(groups).toEqual([
    { label: 'a', service: 'a', positions: [0], total: 100, own: 60, share: 0.6, median: 100, longest: 100, failed: 0 },
    { label: 'b', service: 'b', positions: [1, 2], total: 40, own: 10, share: 0.1, median: 10, longest: 30, failed: 1 },
    { label: 'c', service: 'c', positions: [3], total: 30, own: 30, share: 0.3, median: 30, longest: 30, failed: 0 },
  ]);
});

it('names no service for a group of several, and leaves out what has no label', () => {
  const groups = sumSpans(layout, ownTimes(layout), (position) => (position === 0 ? null : 'x'));
  expect(groups).toMatchObject([{ label: 'x', service: undefined, positions: [1, 2, 3] }]);
});
