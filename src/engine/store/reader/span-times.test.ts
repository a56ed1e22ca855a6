import { expect, test } from 'vitest';
import { placeSpan } from './span-times';

const NOW = 1_795_000_000_000_000_000n;
const SECOND = 1_000_000_000n;
const own = 0;
const startUnknown = 1;
const durationUnknown = 2;
const unfinished = 4;

test.each<[string, bigint, bigint, { startNs: bigint; durationNs: bigint; times: number }]>([
  ['both times', NOW - 2n * SECOND, NOW - SECOND, { startNs: NOW - 2n * SECOND, durationNs: SECOND, times: own }],
  ['no length', NOW, NOW, { startNs: NOW, durationNs: 0n, times: own }],
  [
    'times of a month ago',
    NOW - 2_592_000n * SECOND,
    NOW - 2_591_999n * SECOND,
    { startNs: NOW - 2_592_000n * SECOND, durationNs: SECOND, times: own },
  ],
  [
    'a clock that is an hour ahead',
    NOW + 3600n * SECOND,
    NOW + 3601n * SECOND,
    { startNs: NOW + 3600n * SECOND, durationNs: SECOND, times: own },
  ],
  ['no start', 0n, NOW - SECOND, { startNs: NOW - SECOND, durationNs: 0n, times: startUnknown | durationUnknown }],
  ['no end', NOW - SECOND, 0n, { startNs: NOW - SECOND, durationNs: 0n, times: durationUnknown | unfinished }],
  ['no times', 0n, 0n, { startNs: NOW, durationNs: 0n, times: startUnknown | durationUnknown | unfinished }],
  ['an end before its start', NOW, NOW - 1n, { startNs: NOW, durationNs: 0n, times: durationUnknown }],
  [
    'a start in milliseconds',
    NOW / 1_000_000n,
    NOW,
    { startNs: NOW, durationNs: 0n, times: startUnknown | durationUnknown },
  ],
  ['both in microseconds', NOW / 1000n, NOW / 1000n + 5n, { startNs: NOW - 5n, durationNs: 5n, times: startUnknown }],
  [
    'times since the boot',
    30n * SECOND,
    31n * SECOND,
    { startNs: NOW - SECOND, durationNs: SECOND, times: startUnknown },
  ],
  [
    'a start of 1 and no end',
    1n,
    0n,
    { startNs: NOW, durationNs: 0n, times: startUnknown | durationUnknown | unfinished },
  ],
  ['an end of 2554', NOW - SECOND, 2n ** 64n - 1n, { startNs: NOW - SECOND, durationNs: 0n, times: durationUnknown }],
  ['a start of 2554', 2n ** 64n - 1n, NOW, { startNs: NOW, durationNs: 0n, times: startUnknown | durationUnknown }],
  ['both of 2262', 2n ** 63n, 2n ** 63n + 7n, { startNs: NOW - 7n, durationNs: 7n, times: startUnknown }],
  [
    'a start of 1970 and an end of 2554',
    1n,
    2n ** 64n - 1n,
    { startNs: NOW, durationNs: 0n, times: startUnknown | durationUnknown },
  ],
])('a span with %s is placed where it can be', (_, start, end, placed) => {
  expect(placeSpan(start, end, NOW)).toEqual(placed);
});
