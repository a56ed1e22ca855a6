import { useDeferredValue, useMemo, useState } from 'react';
import { findCriticalPath } from '../../../../shared/trace/find-critical-path';
import { findSpans } from '../../../../shared/trace/find-spans';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import type { View } from './time-axis';
import { collapseBelow, reveal, visibleRows } from './visible-rows';

/** What the reader has done to a waterfall: selection, collapsed spans, zoom and search. */
export function useWaterfall(
  layout: TraceLayout,
  selectedSpan: string | undefined,
  select: (spanId: string | undefined) => void,
) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [depth, setDepth] = useState(layout.maxDepth);
  const [zoom, setZoom] = useState<View | null>(null);
  const [text, setText] = useState('');
  const searched = useDeferredValue(text);

  const critical = useMemo(() => findCriticalPath(layout), [layout]);
  const rows = useMemo(() => visibleRows(layout, collapsed), [layout, collapsed]);
  const found = useMemo(() => findSpans(layout, searched), [layout, searched]);
  const failed = useMemo(
    () => layout.nodes.flatMap(({ span }, position) => (span.status.code === 'error' ? [position] : [])),
    [layout],
  );
  const selected = useMemo(
    () => layout.nodes.findIndex(({ span }) => span.spanId === selectedSpan),
    [layout, selectedSpan],
  );

  const selectAt = (position: number) => {
    const node = layout.nodes[position];
    if (!node) return;
    setCollapsed((before) => reveal(layout, before, position));
    select(node.span.spanId);
  };
  /** The next of `positions` after the selected one, or the one before it; around the end. */
  const step = (positions: readonly number[], direction: 1 | -1) => {
    if (positions.length === 0) return;
    const next =
      direction === 1
        ? positions.find((position) => position > selected)
        : positions.findLast((position) => position < selected);
    selectAt(next ?? positions.at(direction === 1 ? 0 : -1)!);
  };
  const setFolded = (position: number, fold: boolean) => {
    const node = layout.nodes[position];
    if (!node || node.children.length === 0) return;
    setCollapsed((before) => {
      const next = new Set(before);
      if (fold) next.add(node.span.spanId);
      else next.delete(node.span.spanId);
      return next;
    });
  };
  const showDepth = (next: number) => {
    const kept = Math.max(0, Math.min(layout.maxDepth, next));
    setDepth(kept);
    setCollapsed(kept === layout.maxDepth ? new Set() : collapseBelow(layout, kept));
  };

  return {
    rows,
    collapsed,
    critical,
    found,
    failed,
    selected,
    depth,
    view: zoom ?? { from: 0, to: layout.duration },
    zoomed: zoom !== null,
    text,
    setText,
    setView: (view: View) => setZoom(view.from <= 0 && view.to >= layout.duration ? null : view),
    showAll: () => setZoom(null),
    selectAt,
    moveBy: (direction: 1 | -1) => {
      const row = rows.indexOf(selected);
      selectAt(rows[Math.max(0, Math.min(rows.length - 1, row + direction))]!);
    },
    nextFound: (direction: 1 | -1 = 1) => step(found, direction),
    nextFailed: () => step(failed, 1),
    /** Folds what is below; where nothing is to be folded, goes to the parent. */
    goOut: () => {
      const node = layout.nodes[selected];
      if (!node) return;
      if (node.children.length > 0 && !collapsed.has(node.span.spanId)) setFolded(selected, true);
      else selectAt(node.parent);
    },
    /** Unfolds what is below; where it is unfolded, goes to the first of it. */
    goIn: () => {
      const node = layout.nodes[selected];
      if (!node) return;
      if (collapsed.has(node.span.spanId)) setFolded(selected, false);
      else if (node.children.length > 0) selectAt(node.children[0]!);
    },
    fold: (position: number) => setFolded(position, !collapsed.has(layout.nodes[position]?.span.spanId ?? '')),
    setFolded,
    showDepth,
  };
}

export type WaterfallState = ReturnType<typeof useWaterfall>;
