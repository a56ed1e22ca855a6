import { describe, expect, it } from 'vitest';
import { findOwnTime } from './find-own-time';
import { layoutTrace } from './layout-trace';
import { makeTrace } from './make-trace.test-data';

describe('findOwnTime', () => {
  it('leaves out what children cover, overlaps counted once', () => {
    const layout = layoutTrace(
      makeTrace([
        ['root', '', 0, 100],
        ['a', 'root', 10, 30],
        ['b', 'root', 20, 40],
        ['c', 'root', 80, 50],
      ]),
    );
    expect(findOwnTime(layout, 0)).toEqual([
      { from: 0, to: 10 },
      { from: 60, to: 80 },
    ]);
  });

  it('is the whole span where there are no children', () => {
    expect(findOwnTime(layoutTrace(makeTrace([['root', '', 0, 100]])), 0)).toEqual([{ from: 0, to: 100 }]);
  });
});
