import { expect, it } from 'vitest';
import { moveChart } from './move-chart';

const charts = ['a', 'b', 'c'].map((id) => ({ id }));
const order = (id: string, to: number) =>
  moveChart(charts, id, to)
    .map((chart) => chart.id)
    .join('');

it('puts a chart at a place, no further than the ends', () => {
  expect([order('a', 1), order('a', 9), order('c', 0), order('c', -4), order('b', 2)]).toEqual([
    'bac',
    'bca',
    'cab',
    'cab',
    'acb',
  ]);
});

it('changes nothing where it stands there already, or is gone', () => {
  expect(moveChart(charts, 'c', 5)).toBe(charts);
  expect(moveChart(charts, 'x', 0)).toBe(charts);
});
