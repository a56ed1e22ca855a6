import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { TraceSummary } from '../../../shared/contract/telemetry';
import { usePageKeys } from '../../app/page-keys';
import { keepTime } from '../../app/time-window';
import { formatCount } from '../../client/format-number';
import { Button } from '../../ui/button';
import { TraceRow, traceRowHeight } from './trace-row';

interface TraceListProps {
  traces: readonly TraceSummary[];
  /** New traces held back above the list. */
  waiting?: number;
  /** Told whether the reader has left the newest row. */
  onHold?: (hold: boolean) => void;
}

/** Rows of traces, newest first. Scrolled away from the top it holds still and counts what came. */
export function TraceList({ traces, waiting = 0, onHold }: TraceListProps) {
  const frame = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const rows = useVirtualizer({
    count: traces.length,
    getScrollElement: () => frame.current,
    estimateSize: () => traceRowHeight,
    getItemKey: (index) => traces[index]!.traceId,
    overscan: 12,
  });
  const longest = traces.reduce((most, { durationNs }) => Math.max(most, durationNs), 1);
  const selected = traces.findIndex(({ traceId }) => traceId === selectedId);

  const select = (index: number) => {
    const next = Math.max(0, Math.min(traces.length - 1, index));
    setSelectedId(traces[next]?.traceId ?? null);
    rows.scrollToIndex(next);
  };
  const toNewest = () => {
    frame.current?.scrollTo({ top: 0 });
    onHold?.(false);
  };
  usePageKeys('Traces', [
    { key: 'j', label: 'Next trace', run: () => select(selected + 1) },
    { key: 'k', label: 'Previous trace', run: () => select(Math.max(0, selected - 1)) },
    {
      key: 'Enter',
      label: 'Open the selected trace',
      run: () =>
        selectedId && void navigate({ to: '/traces/$traceId', params: { traceId: selectedId }, search: keepTime }),
    },
    { key: 'n', label: 'Jump to the newest', run: toNewest },
  ]);
  // A selected row must stay where it is as much as a row that is read.
  useEffect(() => {
    if (selectedId !== null && selected > 0) onHold?.(true);
  }, [selectedId, selected, onHold]);

  return (
    <div className="relative min-h-0 flex-1">
      {waiting > 0 && (
        <div className="pointer-events-none absolute inset-x-0 top-2 z-10 flex justify-center">
          <Button tone="primary" size="sm" className="pointer-events-auto shadow-popup" onClick={toNewest}>
            <ArrowUp size={13} /> {formatCount(waiting)} new
          </Button>
        </div>
      )}
      <div
        ref={frame}
        data-testid="trace-list"
        className="h-full overflow-y-auto bg-surface"
        onScroll={({ currentTarget }) => onHold?.(currentTarget.scrollTop > 2)}
      >
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ key, index, start }) => (
            <div key={key} className="absolute inset-x-0" style={{ transform: `translateY(${start}px)` }}>
              <TraceRow trace={traces[index]!} longest={longest} selected={index === selected} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
