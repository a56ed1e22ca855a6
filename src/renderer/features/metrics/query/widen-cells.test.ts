import { expect, it } from 'vitest';
import { widenCells } from './widen-cells';

const cells = { xs: [20, 30, 40], ys: [1, 2], columns: [[3], [4]] };
const counts = ({ columns }: ReturnType<typeof widenCells>) => columns.map((column) => column[0]);

it('goes on to both ends of the window with empty columns', () => {
  const wide = widenCells(cells, { from: 0, to: 65 }, 10);
  expect(wide.xs).toEqual([0, 10, 20, 30, 40, 50, 60]);
  expect(counts(wide)).toEqual([0, 0, 3, 4, 0, 0]);
});

it('leaves what fills its window, or lies beyond it, as it is', () => {
  expect(widenCells(cells, { from: 15, to: 45 }, 10)).toEqual(cells);
  expect(widenCells(cells, { from: 25, to: 35 }, 10)).toEqual(cells);
});
