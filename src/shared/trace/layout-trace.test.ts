import { describe, expect, it } from 'vitest';
import { layoutTrace } from './layout-trace';
import { makeTrace } from './make-trace.test-data';

describe('layoutTrace', () => {
  it('says that a trace without any duration lasted none, and gives its axis a length', () => {
    expect(layoutTrace(makeTrace([['root', '', 0, 0]]))).toMatchObject({ lasted: 0, duration: 1 });
  });

  it('orders depth first, siblings by start, with offsets from the first start', () => {
    const { nodes, duration } = layoutTrace(
      makeTrace([
        ['root', '', 100, 50],
        ['late', 'root', 130, 10],
        ['early', 'root', 105, 20],
        ['leaf', 'early', 110, 5],
      ]),
    );
    expect(nodes.map(({ span, depth, start }) => [span.spanId, depth, start])).toEqual([
      ['root', 0, 0],
      ['early', 1, 5],
      ['leaf', 2, 10],
      ['late', 1, 30],
    ]);
    expect(duration).toBe(50);
    expect(nodes[0]!.descendants).toBe(3);
    expect(nodes[0]!.children).toEqual([1, 3]);
  });

  it('keeps a span whose parent never came, and says so', () => {
    const { nodes } = layoutTrace(
      makeTrace([
        ['root', '', 0, 10],
        ['lost', 'missing', 2, 3],
      ]),
    );
    expect(nodes.map(({ orphan }) => orphan)).toEqual([false, true]);
  });

  it('shows every span once when parents form a cycle', () => {
    const { nodes } = layoutTrace(
      makeTrace([
        ['a', 'b', 0, 10],
        ['b', 'a', 1, 5],
        ['self', 'self', 2, 1],
      ]),
    );
    expect(nodes.map(({ span }) => span.spanId).sort()).toEqual(['a', 'b', 'self']);
  });

  it('lays out a chain of ten thousand spans', () => {
    const chain = Array.from(
      { length: 10_000 },
      (_, index) => [`s${index}`, index === 0 ? '' : `s${index - 1}`, index, 10_000 - index] as const,
    );
    const { nodes, maxDepth } = layoutTrace(makeTrace(chain));
    expect(nodes).toHaveLength(10_000);
    expect(maxDepth).toBe(9999);
    expect(nodes[0]!.descendants).toBe(9999);
  });
});
