import { describe, expect, it } from 'vitest';
import { Dictionary } from '../../dictionary/dictionary';
import { createWaitingRows } from '../../tables/waiting-rows';
import { LeftOutPoints } from './left-out-points';
import { SeriesTable } from './series-table';

function createTable(maxSeries: number): SeriesTable {
  const rows = createWaitingRows();
  const dictionary = new Dictionary(rows, { string: 1, attribute: 1, resource: 1, scope: 1 });
  return new SeriesTable(rows, dictionary, 1, maxSeries, new LeftOutPoints(() => 7));
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

  it('tells apart series whose values hold any character', () => {
    const table = createTable(10);
    const ids = [['a', 'x\0b\0y'], ['a', 'x', 'b', 'y'], ['a', '1:x'], ['a', ''], []].map((labels) =>
      table.seriesId('up', labels),
    );
    expect(new Set(ids).size).toBe(5);
  });

  it('refuses series over its cap and takes new ones when old ones are forgotten; what was refused is past then', () => {
    const table = createTable(2);
    table.seriesId('a', []);
    table.seriesId('b', []);
    expect(table.seriesId('c', [])).toBe(0);
    table.leaveOut('series-cap', 'c', 'shop');
    expect(table.refused).toBe(1);
    table.forget([1]);
    expect(table.refused).toBe(0);
    expect(table.seriesId('c', [])).toBe(3);
    expect(table.seriesId('b', [])).toBe(2);
  });

  it('tells of new series before there may be no more', () => {
    const rows = createWaitingRows();
    const dictionary = new Dictionary(rows, { string: 1, attribute: 1, resource: 1, scope: 1 });
    const leftOut = new LeftOutPoints(() => 7);
    const table = new SeriesTable(rows, dictionary, 1, 20, leftOut);
    for (let i = 0; i < 8; i++) table.seriesId('traces_spanmetrics_calls_total', ['span_name', `${i}`]);
    expect(leftOut.read().reasons).toEqual([]);
    table.seriesId('traces_spanmetrics_calls_total', ['span_name', 'ninth']);
    expect(leftOut.read()).toMatchObject({ points: 0, reasons: [{ count: 1, lost: false }] });
    for (let i = 0; i < 8; i++) table.seriesId('other', ['i', `${i}`]);
    expect(leftOut.read().reasons).toHaveLength(1);
    table.seriesId('other', ['i', 'last']);
    expect(leftOut.read().reasons[0]).toMatchObject({
      count: 1,
      reason: expect.stringContaining('nearly as many as it may'),
    });
  });

  it('has room for what tells of the cap, and leaves half of it to other metrics than those of spans', () => {
    const table = createTable(4);
    const calls = (name: string) => table.seriesId('traces_spanmetrics_calls_total', ['span_name', name]);
    expect([calls('a'), calls('b'), calls('c')]).toEqual([1, 2, 0]);
    expect([table.seriesId('x', []), table.seriesId('y', []), table.seriesId('z', [])]).toEqual([3, 4, 0]);
    expect(table.seriesId('traces_spanmetrics_calls_total', ['metric_overflow', 'true'], true)).toBe(5);
  });

  it('keeps each description of a metric once, however often they take turns, and not more than ten', () => {
    const rows = createWaitingRows();
    const dictionary = new Dictionary(rows, { string: 1, attribute: 1, resource: 1, scope: 1 });
    const table = new SeriesTable(rows, dictionary, 1, 10, new LeftOutPoints(() => 7));
    for (let i = 0; i < 6; i++) table.metadata('up', 'gauge', '', i % 2 === 0 ? 'one' : 'two');
    expect(rows.metadata.length).toBe(2);
    for (let i = 0; i < 30; i++) table.metadata('up', 'gauge', '', `${i}`);
    expect(rows.metadata.length).toBe(10);
  });
});
