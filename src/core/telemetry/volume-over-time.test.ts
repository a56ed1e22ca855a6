import { describe, expect, it } from 'vitest';
import { volumeOverTime } from './volume-over-time';

const window = { from: 1_700_000_003_000, to: 1_700_000_027_000 };
const series = (status: string, ...points: [number, number][]) => ({
  labels: [{ key: 'status', value: status }],
  points,
});

function sources() {
  const asked: unknown[] = [];
  return {
    asked,
    tempo: {
      aggregateRange: async (...call: unknown[]) => {
        asked.push(call.slice(0, 3));
        return {
          series: [
            series('unset', [1_700_000_010_000, 3], [1_700_000_030_000, 1]),
            series('error', [1_700_000_010_000, 2]),
          ],
        };
      },
    },
    loki: {
      volume: async (...call: unknown[]) => {
        asked.push(call.slice(0, 3));
        return [
          // What is at the beginning itself was counted by the step before.
          {
            labels: { detected_level: 'info' },
            values: [
              [1_700_000_000, '9'],
              [1_700_000_020, '4'],
            ] as [number, string][],
          },
          { labels: { detected_level: 'fatal' }, values: [[1_700_000_020, '1']] as [number, string][] },
        ];
      },
    },
  };
}

describe('volume over time', () => {
  it('has the spans of whole steps by their end, and how many failed', async () => {
    const from = sources();
    expect(await volumeOverTime(from, { signal: 'spans', window, step: 10 })).toEqual({
      from: 1_700_000_000_000,
      counts: [5, 0, 1],
      failed: [2, 0, 0],
    });
    expect(from.asked).toEqual([
      [
        '{} | count_over_time() by (status) with (exemplars=false)',
        { from: 1_700_000_000_000, to: 1_700_000_030_000 },
        10,
      ],
    ]);
  });

  it('has the lines likewise, those of error or worse as failed', async () => {
    expect(await volumeOverTime(sources(), { signal: 'lines', window, step: 10 })).toEqual({
      from: 1_700_000_000_000,
      counts: [0, 5, 0],
      failed: [0, 1, 0],
    });
  });
});
