import { describe, expect, it } from 'vitest';
import { layoutTrace } from '../../../../shared/trace/layout-trace';
import { makeTrace } from '../../../../shared/trace/make-trace.test-data';
import { findRepeats } from '../../../../shared/trace-paths/find-repeats';
import { collapseBelow, type Folding, reveal, visibleRows } from './visible-rows';

const layout = layoutTrace(
  makeTrace([
    ['a', '', 0, 100],
    ['b', 'a', 0, 40],
    ['c', 'b', 10, 20],
    ['d', 'a', 50, 10],
  ]),
);
const shown = (folding: Partial<Folding>, of = layout) =>
  visibleRows(of, { collapsed: new Set(), repeats: null, opened: new Set(), ...folding }).map((row) =>
    row.kind === 'span'
      ? `${row.depth} ${of.nodes[row.position]!.span.spanId}`
      : `${row.depth} ${row.repeat.positions.length} × ${row.repeat.name}`,
  );

describe('visibleRows', () => {
  it('leaves out what stands below a collapsed span', () => {
    expect(shown({})).toEqual(['0 a', '1 b', '2 c', '1 d']);
    expect(shown({ collapsed: new Set(['b']) })).toEqual(['0 a', '1 b', '1 d']);
    expect(shown({ collapsed: new Set(['a']) })).toEqual(['0 a']);
  });

  it('shows no level deeper than asked for, and reveals a hidden span again', () => {
    expect(shown({ collapsed: collapseBelow(layout, 1) })).toEqual(['0 a', '1 b', '1 d']);
    const position = layout.nodes.findIndex(({ span }) => span.spanId === 'c');
    const folding = { collapsed: new Set(['a', 'b', 'd']), repeats: null, opened: new Set<string>() };
    expect([...reveal(layout, folding, position).collapsed]).toEqual(['d']);
  });
});

describe('siblings that do the same', () => {
  // Each item asks for its price; between them stands another call.
  const items = Array.from({ length: 6 }, (_, index) => [
    [`item ${index}`, 'a', 10 * index, 5],
    [`price ${index}`, `item ${index}`, 10 * index, 2],
  ]).flat() as [string, string, number, number][];
  const trace = makeTrace([['a', '', 0, 100], ...items, ['other', 'a', 15, 1]]);
  const many = layoutTrace({
    ...trace,
    spans: trace.spans.map((span) => ({ ...span, service: 'shop', name: span.spanId.replace(/ \d/, '') })),
  });
  const repeats = findRepeats(many);
  const repeat = repeats.list[0]!;
  const at = (id: string) => many.nodes.findIndex(({ span }) => span.spanId === id);

  it('stand in one line, where the first of them does, with what is below them', () => {
    expect(shown({ repeats }, many)).toEqual(['0 a', '1 6 × item', '1 other']);
    expect(shown({}, many)).toHaveLength(14);
  });

  it('show below their line when it is opened, each with what is below it', () => {
    const rows = shown({ repeats, opened: new Set([repeat.id]) }, many);
    expect(rows.slice(0, 4)).toEqual(['0 a', '1 6 × item', '2 item 0', '3 price 0']);
    expect(rows).toHaveLength(15);
    expect(rows.at(-1)).toBe('1 other');
  });

  it('are opened to reveal one of them, or what is below one', () => {
    const folding = { collapsed: new Set(['item 3', 'a']), repeats, opened: new Set<string>() };
    const { collapsed, opened } = reveal(many, folding, at('price 3'));
    expect([[...collapsed], [...opened]]).toEqual([[], [repeat.id]]);
    expect([...reveal(many, folding, at('other')).opened]).toEqual([]);
  });
});
