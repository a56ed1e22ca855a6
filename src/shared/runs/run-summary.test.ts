import { expect, it } from 'vitest';
import { Durations } from './run-summary';

const durations = (samples: unknown) => ({ totalNs: 1, p50Ns: 1, p95Ns: 1, maxNs: 1, samples });
const refused = (samples: unknown) =>
  Durations.safeParse(durations(samples)).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

it('refuses samples that are none, and names the one that is wrong', () => {
  expect(Durations.parse(durations([1, 2.5]))).toEqual(durations([1, 2.5]));
  expect(refused('many')).toEqual(['samples: Invalid input: expected array']);
  expect(refused(undefined)).toEqual(['samples: Invalid input: expected array']);
  expect(refused([1, '2', 3])).toEqual(['samples.1: Invalid input: expected number']);
  expect(refused([1, null])).toEqual(['samples.1: Invalid input: expected number']);
  expect(refused(Array.from({ length: 101 }, () => 1))).toEqual(['samples: Too many: expected at most 100']);
});
