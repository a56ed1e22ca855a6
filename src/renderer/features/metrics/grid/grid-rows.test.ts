import { expect, it } from 'vitest';
import { gridRows } from './grid-rows';

const metrics = (...names: string[]) => names.map((name) => ({ name, type: 'gauge', unit: '', help: '' }));
const told = (names: string[], columns: number, idle: string[] = []) =>
  gridRows(metrics(...names), metrics(...idle), columns).map((row) =>
    row.kind === 'origin'
      ? `# ${row.title} ${row.count}`
      : row.metrics
          .map(({ name }, at) => `${row.heads[at] ? `[${row.heads[at]!.name} ${row.heads[at]!.count}] ` : ''}${name}`)
          .join(', '),
  );

it('puts a namespace beside the one before where it fits, and keeps a larger one together', () => {
  const names = ['a_1', 'a_2', 'b_1', 'b_2', 'b_3', 'c_1', 'c_2', 'lone'];
  expect(told(names, 4)).toEqual([
    '# Your metrics 8',
    '[a 2] a_1, a_2',
    '[b 3] b_1, b_2, b_3',
    '[c 2] c_1, c_2, [other 1] lone',
  ]);
  expect(told(names, 2)).toEqual([
    '# Your metrics 8',
    '[a 2] a_1, a_2',
    '[b 3] b_1, b_2',
    'b_3',
    '[c 2] c_1, c_2',
    '[other 1] lone',
  ]);
});

it("tells the reader's own from those derived and Watchtower's, and those without samples from all", () => {
  expect(told(['watchtower_x', 'traces_spanmetrics_y', 'a'], 3, ['gone'])).toEqual([
    '# Your metrics 1',
    '[other 1] a',
    '# Derived from spans 1',
    'traces_spanmetrics_y',
    '# About Watchtower 1',
    'watchtower_x',
    '# Without samples in this window 1',
    'gone',
  ]);
});
