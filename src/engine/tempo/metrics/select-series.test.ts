import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pace } from '../../pace/pace';
import { string } from '../traceql/static-value';
import { selectSeries } from './select-series';
import type { MetricSeries } from './series-table';

function seriesOf(name: string, values: ReadonlyMap<number, number>, otherwise: number, look = () => {}): MetricSeries {
  return {
    labels: [{ key: 'name', value: string(name) }],
    valueAt: (interval) => {
      look();
      return values.get(interval) ?? otherwise;
    },
    observed: () => values.keys(),
    otherwise,
    spanAt: () => undefined,
  };
}

/** The definition: every series at every interval. */
function expected(series: readonly MetricSeries[], count: number, sign: number, intervals: number) {
  const kept = new Map<string, number[]>();
  for (let interval = 0; interval < intervals; interval++) {
    const present = series
      .map((each) => ({ name: (each.labels[0]!.value as { value: string }).value, value: each.valueAt(interval) }))
      .filter(({ value }) => !Number.isNaN(value))
      .sort((a, b) => sign * (b.value - a.value || (a.name < b.name ? -1 : 1)));
    for (const { name, value } of present.slice(0, count)) {
      const values = kept.get(name) ?? Array<number>(intervals).fill(Number.NaN);
      values[interval] = value;
      kept.set(name, values);
    }
  }
  return kept;
}

test('keeps at each interval what the definition keeps, among observed values and others', async () => {
  const values = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: -2, max: 3 })), { maxLength: 5 });
  const all = fc.array(fc.tuple(values, fc.constantFrom(0, Number.NaN)), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(all, fc.integer({ min: 1, max: 4 }), fc.boolean(), async (made, count, top) => {
      const series = made.map(([entries, otherwise], i) => seriesOf(`s${i}`, new Map(entries), otherwise));
      const selection = { function: top ? 'topk' : 'bottomk', count } as const;
      const found = await selectSeries(series, selection, 6, new Pace());
      if (series.length <= count) {
        expect(found).toBe(series);
        return;
      }
      const answered = found.map(
        (each) =>
          [
            (each.labels[0]!.value as { value: string }).value,
            Array.from({ length: 6 }, (_, i) => each.valueAt(i)),
          ] as const,
      );
      expect(new Map(answered)).toEqual(expected(series, count, top ? 1 : -1, 6));
    }),
    { numRuns: 500 },
  );
});

test('the work grows with the values that were observed, not with all series at all intervals', async () => {
  let looks = 0;
  const look = () => {
    looks++;
  };
  const intervals = 3600;
  const series = Array.from({ length: 20_000 }, (_, i) => seriesOf(`s${i}`, new Map([[i % intervals, 1]]), 0, look));
  const found = await selectSeries(series, { function: 'topk', count: 5 }, intervals, new Pace());
  expect(looks).toBeLessThan(2 * series.length);
  expect(found.length).toBeGreaterThan(5);
});

test('more kept values than there is room for are refused with the numbers', async () => {
  const series = Array.from({ length: 3000 }, (_, i) => seriesOf(`s${i}`, new Map([[0, 1]]), 0));
  await expect(selectSeries(series, { function: 'topk', count: 2000 }, 3600, new Pace())).rejects.toThrow(
    'topk(2000) keeps 2000 series at each of 3600 intervals',
  );
});
