import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { TraceSummary } from '../../../../shared/contract/telemetry';
import { showPlainText } from '../../../../shared/show-plain-text';
import { type PageKey, usePageKeys } from '../../../page/page-keys';
import type { TraceSort } from '../../../page/page-search';
import { keepTime } from '../../../page/time-window';
import { NewRows } from '../../../ui/list/new-rows';
import { useColumnWidths } from '../../../ui/list/use-column-widths';
import { useReaderAt } from '../../../ui/list/use-reader-at';
import { durationRange } from './duration-share';
import { listColumns } from './list-columns';
import { MatchedSpans, type Matching, matchedRowHeight } from './matched-spans';
import { TraceListHead } from './trace-list-head';
import { TraceRow, traceRowHeight } from './trace-row';
import { useOpenTraces } from './use-open-traces';

interface TraceListProps {
  traces: readonly TraceSummary[];
  /** Whether the reader chose the columns. */
  chosen: boolean;
  /** What each trace was matched by: its matched spans can be looked at. */
  matching: Matching;
  /** What they stand by; absent: the newest first. */
  sort?: TraceSort | undefined;
  onSort?: (sort: TraceSort | undefined) => void;
  /** New traces held back above the list. */
  waiting?: number;
  /** Held by the pause button. */
  paused?: boolean;
  /** Told whether a row is under the pointer, has the focus, is selected or was scrolled to: then none may move. */
  onHold?: (hold: boolean) => void;
  /** Shows what waits. */
  onRelease?: () => void;
  /** Keys of the page beside those of the list. */
  keys?: readonly PageKey[];
  /** Below the last row. */
  foot?: ReactNode;
}

const noKeys: readonly PageKey[] = [];

/** Rows of traces, newest first. They hold still while the reader is at them; what came meanwhile is counted. */
export function TraceList({
  traces,
  chosen,
  matching,
  sort,
  onSort,
  waiting = 0,
  paused = false,
  onHold,
  onRelease,
  keys,
  foot,
}: TraceListProps) {
  const frame = useRef<HTMLElement>(null);
  const navigate = useNavigate();
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const reader = useReaderAt();
  const widths = useColumnWidths('traces.column');
  const { open, toggle, setRows } = useOpenTraces();
  const rows = useVirtualizer({
    count: traces.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => traceRowHeight + (open.get(traces[index]!.traceId) ?? 0) * matchedRowHeight,
    getItemKey: (index) => traces[index]!.traceId,
    overscan: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are as high as what is open below them
  useLayoutEffect(() => rows.measure(), [open]);
  const range = useMemo(() => durationRange(traces.map(({ durationNs }) => durationNs)), [traces]);
  const columns = useMemo(() => listColumns(traces), [traces]);
  const selected = traces.findIndex(({ traceId }) => traceId === selectedId);

  const held = paused || reader.at || selected > 0 || open.size > 0;
  useEffect(() => onHold?.(held), [held, onHold]);
  useEffect(() => () => onHold?.(false), [onHold]);

  const select = (index: number) => {
    const next = Math.max(0, Math.min(traces.length - 1, index));
    setSelectedId(traces[next]?.traceId ?? null);
    rows.scrollToIndex(next);
  };
  const toNewest = () => {
    frame.current?.scrollTo({ top: 0 });
    setSelectedId(null);
    onRelease?.();
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
    {
      key: 'x',
      label: 'Show or hide the matched spans of the selected trace',
      run: () => selectedId !== null && toggle(selectedId),
    },
    { key: 'n', label: 'Jump to the newest', run: toNewest },
    ...(keys ?? noKeys),
  ]);

  return (
    <div className="@container relative flex min-h-0 flex-1 flex-col">
      <TraceListHead {...{ columns, chosen, range, widths, sort, onSort }} />
      <NewRows waiting={waiting} onShow={toNewest} />
      <section
        ref={frame}
        aria-label="Traces"
        data-testid="trace-list"
        className="min-h-0 flex-1 overflow-y-scroll bg-surface"
        {...reader.handlers}
      >
        <ul className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ key, index, start }) => {
            const trace = traces[index]!;
            const isOpen = open.has(trace.traceId);
            return (
              <li key={key} className="absolute inset-x-0" style={{ transform: `translateY(${start}px)` }}>
                <TraceRow {...{ trace, range, columns, chosen, widths }} selected={index === selected} />
                <button
                  type="button"
                  aria-expanded={isOpen}
                  aria-label={`Matched spans of ${showPlainText(trace.rootName) || 'a trace without its root'}`}
                  title={isOpen ? 'Hide the matched spans (x)' : 'Show the matched spans (x)'}
                  onClick={() => toggle(trace.traceId)}
                  className="absolute top-0 left-0 flex h-8 w-6 items-center justify-center text-faint hover:text-ink"
                >
                  {isOpen ? <ChevronDown size={13} aria-hidden /> : <ChevronRight size={13} aria-hidden />}
                </button>
                {isOpen && <MatchedSpans trace={trace} {...matching} onRows={setRows} />}
              </li>
            );
          })}
        </ul>
        {foot}
      </section>
    </div>
  );
}
