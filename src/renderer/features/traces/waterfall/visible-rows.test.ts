import { describe, expect, it } from 'vitest';
import { layoutTrace } from '../../../../shared/trace/layout-trace';
import { makeTrace } from '../../../../shared/trace/make-trace.test-data';
import { collapseBelow, reveal, visibleRows } from './visible-rows';

const layout = layoutTrace(
  makeTrace([
    ['r', '', 0, 100],
    ['a', 'r', 1, 10],
    ['a1', 'a', 2, 3],
    ['b', 'r', 20, 10],
    ['b1', 'b', 21, 3],
  ]),
);
const shown = (collapsed: ReadonlySet<string>) =>
  visibleRows(layout, collapsed).map((position) => layout.nodes[position]!.span.spanId);

describe('visibleRows', () => {
  it('shows all, or all but what stands below a collapsed span', () => {
    expect(shown(new Set())).toEqual(['r', 'a', 'a1', 'b', 'b1']);
    expect(shown(new Set(['a']))).toEqual(['r', 'a', 'b', 'b1']);
    expect(shown(new Set(['r', 'a']))).toEqual(['r']);
  });

  it('collapses by depth', () => {
    expect(shown(collapseBelow(layout, 1))).toEqual(['r', 'a', 'b']);
    expect(shown(collapseBelow(layout, 2))).toEqual(['r', 'a', 'a1', 'b', 'b1']);
  });

  it('reveals a hidden span by opening only what stands above it', () => {
    expect(shown(reveal(layout, new Set(['r', 'a', 'b']), 4))).toEqual(['r', 'a', 'b', 'b1']);
  });
});
