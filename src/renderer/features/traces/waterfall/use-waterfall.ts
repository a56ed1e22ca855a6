import { useDeferredValue, useMemo, useState } from 'react';
import { findCriticalPath } from '../../../../shared/trace/find-critical-path';
import { findSpans } from '../../../../shared/trace/find-spans';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { findRepeats } from '../../../../shared/trace-paths/find-repeats';
import { useStoredSwitch } from '../../../ui/controls/use-stored-switch';
import type { View } from './time-axis';
import { collapseBelow, type Folding, reveal, visibleRows } from './visible-rows';

/** Spans that were chosen as a group, such as those of one operation. */
export interface PickedSpans {
  readonly label: string;
  readonly positions: readonly number[];
}

const nothing: ReadonlySet<string> = new Set();

/** What the reader has done to a waterfall: selection, collapsed spans and folded siblings, zoom, search and a picked group. */
export function useWaterfall(
  layout: TraceLayout,
  selectedSpan: string | undefined,
  select: (spanId: string | undefined) => void,
) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(nothing);
  const [opened, setOpened] = useState<ReadonlySet<string>>(nothing);
  const [unfolded, setUnfolded] = useStoredSwitch('watchtower.trace.unfolded');
  const [atRepeat, setAtRepeat] = useState<string>();
  const [depth, setDepth] = useState(layout.maxDepth);
  const [zoom, setZoom] = useState<View | null>(null);
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<PickedSpans | null>(null);
  const searched = useDeferredValue(text);

  const critical = useMemo(() => findCriticalPath(layout), [layout]);
  const repeats = useMemo(() => findRepeats(layout), [layout]);
  const folding = useMemo<Folding>(
    () => ({ collapsed, repeats: unfolded ? null : repeats, opened }),
    [collapsed, repeats, unfolded, opened],
  );
  const rows = useMemo(() => visibleRows(layout, folding), [layout, folding]);
  const searchFound = useMemo(() => findSpans(layout, searched), [layout, searched]);
  const found = text.trim() === '' && picked ? picked.positions : searchFound;
  const failed = useMemo(
    () => layout.nodes.flatMap(({ span }, position) => (span.status.code === 'error' ? [position] : [])),
    [layout],
  );
  const selected = useMemo(
    () => layout.nodes.findIndex(({ span }) => span.spanId === selectedSpan),
    [layout, selectedSpan],
  );
  const selectedRow = useMemo(
    () =>
      rows.findIndex((row) =>
        row.kind === 'span' ? row.position === selected : selected === -1 && row.repeat.id === atRepeat,
      ),
    [rows, selected, atRepeat],
  );
  const row = rows[selectedRow];
  const repeat = row?.kind === 'repeat' ? row.repeat : undefined;

  // Whoever chose a span, be it the address or another view: it shows.
  const [revealed, setRevealed] = useState<string>();
  if (selectedSpan !== revealed && (selected >= 0 || selectedSpan === undefined)) {
    setRevealed(selectedSpan);
    if (selected >= 0) {
      const shown = reveal(layout, folding, selected);
      setCollapsed(shown.collapsed);
      setOpened(shown.opened);
    }
  }

  const selectAt = (position: number) => {
    const node = layout.nodes[position];
    if (!node) return;
    const shown = reveal(layout, folding, position);
    setCollapsed(shown.collapsed);
    setOpened(shown.opened);
    select(node.span.spanId);
  };
  const selectRepeat = (id: string) => {
    setAtRepeat(id);
    select(undefined);
  };
  const selectRow = (at: number) => {
    const next = rows[at];
    if (next?.kind === 'span') selectAt(next.position);
    else if (next) selectRepeat(next.repeat.id);
  };
  /** The next of `positions` after the selected one, or the one before it; around the end. */
  const step = (positions: readonly number[], direction: 1 | -1) => {
    if (positions.length === 0) return;
    const from = repeat ? repeat.positions[0]! - 0.5 : selected;
    const next =
      direction === 1
        ? positions.find((position) => position > from)
        : positions.findLast((position) => position < from);
    selectAt(next ?? positions.at(direction === 1 ? 0 : -1)!);
  };
  const setFolded = (position: number, fold: boolean) => {
    const node = layout.nodes[position];
    if (node && node.children.length > 0) setCollapsed((before) => toggled(before, node.span.spanId, fold));
  };
  const openRepeat = (id: string, open: boolean) => setOpened((before) => toggled(before, id, open));
  const showDepth = (next: number) => {
    const kept = Math.max(0, Math.min(layout.maxDepth, next));
    setDepth(kept);
    setCollapsed(kept === layout.maxDepth ? nothing : collapseBelow(layout, kept));
  };

  return {
    rows,
    collapsed,
    critical,
    repeats,
    folds: !unfolded,
    found,
    failed,
    selected,
    selectedRow,
    /** Siblings whose line is chosen. */
    repeat,
    depth,
    view: zoom ?? { from: 0, to: layout.duration },
    zoomed: zoom !== null,
    text,
    setText,
    picked,
    setPicked,
    setView: (view: View) => setZoom(view.from <= 0 && view.to >= layout.duration ? null : view),
    showAll: () => setZoom(null),
    selectAt,
    selectRow,
    clear: () => {
      setAtRepeat(undefined);
      select(undefined);
    },
    moveBy: (direction: 1 | -1) => {
      selectRow(Math.max(0, Math.min(rows.length - 1, selectedRow + direction)));
    },
    nextFailed: () => step(failed, 1),
    nextFound: (direction: 1 | -1 = 1) => step(found, direction),
    /** Folds what is below; where nothing is to fold, goes to what is above. */
    goOut: () => {
      if (row?.kind === 'repeat') {
        if (row.open) openRepeat(row.repeat.id, false);
        else selectAt(row.repeat.parent);
        return;
      }
      const node = layout.nodes[selected];
      if (!node) return;
      const among = folding.repeats?.of.get(selected);
      if (node.children.length > 0 && !collapsed.has(node.span.spanId)) setFolded(selected, true);
      else if (among) selectRepeat(among.id);
      else selectAt(node.parent);
    },
    /** Unfolds what is below; where it is unfolded, goes to the first of it. */
    goIn: () => {
      if (row?.kind === 'repeat') {
        if (row.open) selectAt(row.repeat.positions[0]!);
        else openRepeat(row.repeat.id, true);
        return;
      }
      const node = layout.nodes[selected];
      if (!node) return;
      if (collapsed.has(node.span.spanId)) setFolded(selected, false);
      else if (node.children.length > 0) selectRow(selectedRow + 1);
    },
    /** Shows or hides what stands behind a line. */
    toggleRow: (at: number) => {
      const line = rows[at];
      if (line?.kind === 'repeat') openRepeat(line.repeat.id, !line.open);
      else if (line) setFolded(line.position, !collapsed.has(layout.nodes[line.position]?.span.spanId ?? ''));
    },
    setFolds: (fold: boolean) => {
      setUnfolded(!fold);
      setOpened(nothing);
    },
    showDepth,
  };
}

function toggled(before: ReadonlySet<string>, id: string, on: boolean): Set<string> {
  const next = new Set(before);
  if (on) next.add(id);
  else next.delete(id);
  return next;
}

export type WaterfallState = ReturnType<typeof useWaterfall>;
