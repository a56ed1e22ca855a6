import { expect, it } from 'vitest';
import { layoutTrace } from '../../../../shared/trace/layout-trace';
import { makeTrace } from '../../../../shared/trace/make-trace.test-data';
import { mergePaths } from '../../../../shared/trace-paths/merge-paths';
import { placeFrames } from './place-frames';

const framesOf = (...spans: [string, string, number, number][]) =>
  placeFrames(mergePaths(layoutTrace(makeTrace(spans)))).map(({ from, to }) =>
    [from, to].map((at) => Number(at.toFixed(6))),
  );

it('makes a path as wide as its work, its children from its left, its own time at its right', () => {
  expect(framesOf(['a', '', 0, 100], ['b', 'a', 0, 30], ['c', 'a', 50, 40])).toEqual([
    [0, 1],
    [0, 0.3],
    [0.3, 0.7],
  ]);
});

it('keeps children within their parent also where they ran at the same time', () => {
  const [a, b, c] = framesOf(['a', '', 0, 100], ['b', 'a', 0, 100], ['c', 'a', 0, 100]);
  expect([a, b, c]).toEqual([
    [0, 1],
    [0, 0.5],
    [0.5, 1],
  ]);
});

it('puts roots side by side, and counts spans where none took any time', () => {
  expect(framesOf(['a', '', 0, 75], ['b', '', 80, 25])).toEqual([
    [0, 0.75],
    [0.75, 1],
  ]);
  expect(framesOf(['a', '', 0, 0], ['b', 'a', 0, 0])).toEqual([
    [0, 1],
    [0, 0.5],
  ]);
});
