import { describe, expect, it } from 'vitest';
import { Dictionary } from './dictionary';
import { SeriesTable } from './series-table';
import { createWaitingRows } from './waiting-rows';

function createTable(maxSeries: number): SeriesTable {
  const rows = createWaitingRows();
  return new SeriesTable(rows, new Dictionary(rows, { string: 1, attribute: 1, resource: 1, scope: 1 }), 1, maxSeries);
}

describe('the table of series', () => {
  it('knows a series by its name and labels', () => {
    const table = createTable(10);
    expect(table.seriesId('up', ['job', 'a'])).toBe(1);
    expect(table.seriesId('up', ['job', 'b'])).toBe(2);
    expect(table.seriesId('down', ['job', 'a'])).toBe(3);
    expect(table.seriesId('up', ['job', 'a'])).toBe(1);
    expect(table.series.get(2)).toEqual({ id: 2, name: 'up', labels: new Map([['job', 'b']]) });
  });

  it('refuses series over its cap, counts them, and takes new ones when old ones are forgotten', () => {
    const table = createTable(2);
    table.seriesId('a', []);
    table.seriesId('b', []);
    expect(table.seriesId('c', [])).toBe(0);
    expect(table.refused).toBe(1);
    table.forget([1]);
    expect(table.seriesId('c', [])).toBe(3);
    expect(table.seriesId('b', [])).toBe(2);
  });
});
