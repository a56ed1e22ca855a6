import { describe, expect, it } from 'vitest';
import { findCriticalPath } from './find-critical-path';
import { layoutTrace } from './layout-trace';
import { makeTrace } from './make-trace.test-data';

function pathOf(spans: Parameters<typeof makeTrace>[0]) {
  const layout = layoutTrace(makeTrace(spans));
  return Object.fromEntries(
    [...findCriticalPath(layout)].map(([position, stretches]) => [
      layout.nodes[position]!.span.spanId,
      stretches.map(({ from, to }) => [from, to]),
    ]),
  );
}

describe('findCriticalPath', () => {
  it('gives the time between children to the parent', () => {
    expect(
      pathOf([
        ['root', '', 0, 100],
        ['a', 'root', 10, 30],
        ['b', 'root', 60, 30],
      ]),
    ).toEqual({
      root: [
        [0, 10],
        [40, 60],
        [90, 100],
      ],
      a: [[10, 40]],
      b: [[60, 90]],
    });
  });

  it('follows the slower of two parallel children only', () => {
    expect(
      Object.keys(
        pathOf([
          ['root', '', 0, 100],
          ['fast', 'root', 10, 20],
          ['slow', 'root', 10, 80],
        ]),
      ).sort(),
    ).toEqual(['root', 'slow']);
  });

  it('covers exactly the duration of the root', () => {
    const path = pathOf([
      ['root', '', 0, 100],
      ['a', 'root', 0, 50],
      ['b', 'a', 20, 30],
      ['c', 'root', 55, 45],
    ]);
    const covered = Object.values(path)
      .flat()
      .reduce((sum, [from, to]) => sum + (to! - from!), 0);
    expect(covered).toBe(100);
  });

  it('ignores work that outlives its parent', () => {
    expect(
      Object.keys(
        pathOf([
          ['root', '', 0, 100],
          ['detached', 'root', 50, 500],
        ]),
      ),
    ).not.toContain('detached');
  });
});
