import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Stretch } from '../../../../shared/trace/find-critical-path';
import { findOwnTime } from '../../../../shared/trace/find-own-time';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { classNames } from '../../../ui/class-names';

import { SpanBar } from './span-bar';
import { SpanLabel } from './span-label';
import { chooseTicks, placeOf, type View } from './time-axis';
import { TraceRuler } from './trace-ruler';

const rowHeight = 28;
const noLogs: readonly number[] = [];

interface WaterfallProps {
  layout: TraceLayout;
  /** Positions of the nodes to show, from top to bottom. */
  rows: readonly number[];
  collapsed: ReadonlySet<string>;
  critical: ReadonlyMap<number, readonly Stretch[]>;
  /** Positions that the search inside the trace found. */
  found: ReadonlySet<number>;
  /** Offsets of log lines by span id. */
  logs: ReadonlyMap<string, readonly number[]>;
  /** Position of the selected node; -1 for none. */
  selected: number;
  view: View;
  onView: (view: View) => void;
  onSelect: (position: number) => void;
  onToggle: (position: number) => void;
}

/** The spans of a trace over time; only the rows in sight are in the page. */
export function Waterfall(props: WaterfallProps) {
  const { layout, rows, collapsed, critical, found, logs, selected, view, onView, onSelect, onToggle } = props;
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const selectedRow = rows.indexOf(selected);
  useEffect(() => {
    if (selectedRow >= 0) virtual.scrollToIndex(selectedRow, { align: 'auto' });
  }, [selectedRow, virtual]);

  const ticks = chooseTicks(view, 8);
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex shrink-0 border-b border-line-strong bg-raised">
        <div className="flex w-2/5 max-w-xl shrink-0 items-end border-r border-line px-3 pb-1 text-xs text-muted">
          Service and operation
        </div>
        <div className="min-w-0 flex-1 pr-4">
          <TraceRuler layout={layout} view={view} onView={onView} />
        </div>
      </div>
      <div
        ref={frame}
        className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto"
        data-testid="waterfall"
        role="tree"
        aria-label="Spans of the trace"
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const position = rows[index]!;
            const node = layout.nodes[position]!;
            const { span } = node;
            const parent = layout.nodes[node.parent];
            return (
              <div
                key={span.spanId}
                role="treeitem"
                aria-level={node.depth + 1}
                aria-selected={position === selected}
                aria-expanded={node.children.length > 0 ? !collapsed.has(span.spanId) : undefined}
                data-span={span.spanId}
                tabIndex={-1}
                className={classNames(
                  'absolute inset-x-0 flex h-7 cursor-pointer border-b border-line/60 text-sm',
                  position === selected ? 'bg-selected' : 'hover:bg-hover',
                )}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => onSelect(position)}
                onKeyDown={(event) => event.key === 'Enter' && onSelect(position)}
              >
                <div className="w-2/5 max-w-xl shrink-0 overflow-hidden border-r border-line">
                  <SpanLabel
                    node={node}
                    collapsed={collapsed.has(span.spanId)}
                    found={found.has(position)}
                    entersService={parent?.span.service !== span.service}
                    onToggle={() => onToggle(position)}
                  />
                </div>
                <div className="relative min-w-0 flex-1 overflow-hidden pr-4">
                  <div className="relative h-full">
                    {ticks.map((tick) => (
                      <span
                        key={tick}
                        className="absolute inset-y-0 w-px bg-line/70"
                        style={{ left: `${placeOf(tick, view)}%` }}
                      />
                    ))}
                    <SpanBar
                      node={node}
                      view={view}
                      own={findOwnTime(layout, position)}
                      critical={critical.get(position)}
                      logs={logs.get(span.spanId) ?? noLogs}
                      traceStartNs={layout.startNs}
                    />
                  </div>
                </div>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
