import { expect, it } from 'vitest';
import { makeSummary } from '../../../test-host/telemetry-data';
import { chooseFast } from './choose-fast';

const trace = (durationNs: number, errorCount = 0) => makeSummary('a', { durationNs, errorCount });

it('takes the median, or the one below it, of those without errors', () => {
  expect(chooseFast([trace(9), trace(1), trace(5), trace(3, 1)])?.durationNs).toBe(5);
  expect(chooseFast([trace(9), trace(1)])?.durationNs).toBe(1);
});

it('takes one with errors where there is no other, and none of none', () => {
  expect(chooseFast([trace(9, 2), trace(4, 1)])?.durationNs).toBe(4);
  expect(chooseFast([])).toBeUndefined();
});
