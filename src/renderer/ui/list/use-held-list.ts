import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useHeldRows } from './use-held-rows';
import { useReaderAt } from './use-reader-at';

/**
 * A live list of rows of one height, newest first, of which one may be selected. It holds still while the reader is at it or has
 * selected a row below the first; `waiting` is how many came meanwhile.
 */
export function useHeldList<Item extends { readonly id: string }>(items: readonly Item[], rowHeight: number) {
  const frame = useRef<HTMLElement>(null);
  const reader = useReaderAt();
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [released, setReleased] = useState(false);
  const place = items.findIndex(({ id }) => id === selectedId);
  const { shown, waiting } = useHeldRows(items, (reader.at || place > 0) && !released);
  if (released) setReleased(false);
  const selected = shown.findIndex(({ id }) => id === selectedId);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => shown[index]!.id,
    overscan: 8,
  });
  const select = (index: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, index));
    setSelectedId(shown[next]?.id ?? null);
    rows.scrollToIndex(next);
  };
  return {
    rows,
    shown,
    waiting,
    /** Of the selected row among the shown ones; -1: none is. */
    selected,
    /** Of what scrolls. */
    frame: { ref: frame, ...reader.handlers },
    toNext: () => select(selected + 1),
    toPrevious: () => select(selected - 1),
    /** Shows what came meanwhile, from its beginning. */
    toFirst: () => {
      frame.current?.scrollTo({ top: 0 });
      setSelectedId(null);
      setReleased(true);
    },
  };
}
