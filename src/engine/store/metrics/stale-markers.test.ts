import { expect, it } from 'vitest';
import { encodeOtlpJson } from '../../otlp/json/encode-otlp-json';
import { Dictionary } from '../dictionary/dictionary';
import { createWaitingRows } from '../tables/waiting-rows';
import { MetricsDecoder } from './metrics-decoder';
import { LeftOutPoints } from './series/left-out-points';
import { SeriesTable } from './series/series-table';

const T = 1_700_000_000_000;

function request(second: number, wait: object, gc: object): Uint8Array {
  const point = {
    timeUnixNano: `${T + second * 1000}000000`,
    attributes: [{ key: 'route', value: { stringValue: '/' } }],
  };
  const histogram = { aggregationTemporality: 2, dataPoints: [{ ...point, ...wait }] };
  const metrics = [
    { name: 'wait', histogram },
    { name: 'gc', summary: { dataPoints: [{ ...point, ...gc }] } },
  ];
  return encodeOtlpJson('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
}

it('ends every series of a histogram and a summary, though the marker brings no sum, bounds or quantiles', () => {
  const rows = createWaitingRows();
  const dictionary = new Dictionary(rows, { string: 1, attribute: 1, resource: 1, scope: 1 });
  const table = new SeriesTable(rows, dictionary, 1, 100, new LeftOutPoints(() => T));
  const live = request(
    0,
    { count: '3', sum: 4, bucketCounts: ['1', '1', '1'], explicitBounds: [1, 2] },
    { count: '3', sum: 4, quantileValues: [{ quantile: 0.5, value: 1 }] },
  );
  new MetricsDecoder().decode(live, T, table);
  const made = [...table.series.keys()];
  expect(made).toHaveLength(8);
  // A decoder that has forgotten what it knew, as after a start.
  for (const [second, decoder] of [
    [1, new MetricsDecoder()],
    [2, new MetricsDecoder()],
  ] as const) {
    rows.samples.clear();
    decoder.decode(request(second, { flags: 1 }, { flags: 1 }), T, table);
    const { series, value } = rows.samples.columns;
    const words = new Uint32Array(value.data.buffer);
    const stale = made.map((_, row) => [series.data[row]!, words[row * 2 + 1]! === 0x7ff00000, words[row * 2]!]);
    expect(rows.samples.length).toBe(made.length);
    expect(stale.sort(([a], [b]) => Number(a) - Number(b))).toEqual(made.map((id) => [id, true, 2]));
  }
  expect([...table.series.keys()]).toEqual(made);
});
