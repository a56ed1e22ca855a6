import { expect, test } from 'vitest';
import { placeSpans } from './place-spans';

const NOW = 1_795_000_000_000;
const at = (ms: number) => `${NOW + ms}000000`;
const chat = { startNs: at(-2000), endNs: at(-500) };

test.each([
  ['0', at(-600), 'noStart', at(-600), 0],
  [at(-1000), '0', 'unfinished', at(-1000), 0],
  ['0', '0', 'noTimes', at(-2000), 0],
  [at(-1000), at(-1500), 'endsBeforeStart', at(-1000), 0],
  [String(NOW), String(NOW + 7), 'farOff', at(-2000), 7],
  [at(-1000), '18446744073709551615', 'farOff', at(-1000), 0],
  ['1451606400000000000', '1451606400000000009', 'farOff', at(-2000), 9],
])(
  'a span of %s to %s in a trace of 1.5 s is told as %s and does not stretch it',
  (startNs, endNs, timing, placed, lasts) => {
    const [first, other] = placeSpans([chat, { startNs, endNs }], NOW);
    expect(first).toEqual({ startNs: chat.startNs, durationNs: 1_500_000_000 });
    expect(other).toEqual({ startNs: placed, durationNs: lasts, timing, sent: { startNs, endNs } });
  },
);

test('a trace whose every time is off keeps its own clock', () => {
  const ofBoot = [
    { startNs: '30000000000', endNs: '31000000000' },
    { startNs: '30100000000', endNs: '30200000000' },
  ];
  expect(placeSpans(ofBoot, NOW)).toEqual([
    { startNs: '30000000000', durationNs: 1_000_000_000 },
    { startNs: '30100000000', durationNs: 100_000_000 },
  ]);
});
