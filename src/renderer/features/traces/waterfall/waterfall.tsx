import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Finding } from '../../../../shared/runs/finding';
import { findOwnTime } from '../../../../shared/trace/find-own-time';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { classNames } from '../../../ui/class-names';

import { findingOfRepeat, findingOfSpan } from './finding-of-row';
import { RepeatBar } from './repeat-bar';
import { RepeatLabel } from './repeat-label';
import { SpanBar } from './span-bar';
import { SpanLabel } from './span-label';
import { chooseTicks, placeOf } from './time-axis';
import { TraceRuler } from './trace-ruler';
import type { WaterfallState } from './use-waterfall';
import type { Row } from './visible-rows';

const rowHeight = 28;
const noLogs: readonly number[] = [];

export interface WaterfallProps {
  layout: TraceLayout;
  state: WaterfallState;
  /** Positions that stand out: those that were searched for, or that a finding means. */
  found: ReadonlySet<number>;
  /** Offsets of log lines by span id. */
  logs: ReadonlyMap<string, readonly number[]>;
  /** What rules found, by span id. */
  findings: ReadonlyMap<string, readonly Finding[]>;
}

/** The spans of a trace over time; only the rows in sight are in the page. */
export function Waterfall({ layout, state, found, logs, findings }: WaterfallProps) {
  const { rows, selectedRow, view } = state;
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  useEffect(() => {
    if (selectedRow >= 0) virtual.scrollToIndex(selectedRow, { align: 'auto' });
  }, [selectedRow, virtual]);
  // Logs and findings take their place once they came: a selected row that stood in sight stays there.
  const tall = virtual.scrollRect?.height ?? 0;
  const wasTall = useRef(tall);
  useEffect(() => {
    const before = wasTall.current;
    wasTall.current = tall;
    if (selectedRow < 0 || tall >= before) return;
    const below = selectedRow * rowHeight - (virtual.scrollOffset ?? 0);
    if (below >= 0 && below + rowHeight <= before) virtual.scrollToIndex(selectedRow, { align: 'auto' });
  }, [tall, selectedRow, virtual]);

  const ticks = chooseTicks(view, 8);
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex shrink-0 border-b border-line-strong bg-raised">
        <div className="flex w-2/5 max-w-xl shrink-0 items-end border-r border-line px-3 pb-1 text-xs text-muted">
          Service and operation
        </div>
        <div className="min-w-0 flex-1 pr-4">
          <TraceRuler layout={layout} view={view} onView={state.setView} />
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
          {virtual.getVirtualItems().map(({ index, start }) => (
            <WaterfallRow
              key={keyOf(rows[index]!, layout)}
              layout={layout}
              row={rows[index]!}
              state={state}
              found={found}
              logs={logs}
              findings={findings}
              ticks={ticks}
              index={index}
              top={start}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function keyOf(row: Row, { nodes }: TraceLayout): string {
  return row.kind === 'span' ? nodes[row.position]!.span.spanId : `repeat ${row.repeat.id}`;
}

interface WaterfallRowProps extends WaterfallProps {
  row: Row;
  ticks: readonly number[];
  index: number;
  top: number;
}

function WaterfallRow({ layout, row, state, found, logs, findings, ticks, index, top }: WaterfallRowProps) {
  const { collapsed, critical, selectedRow, view } = state;
  const toggle = () => state.toggleRow(index);
  const node = layout.nodes[row.kind === 'span' ? row.position : row.repeat.positions[0]!]!;
  const { span } = node;
  const among = row.kind === 'span' && state.folds && state.repeats.of.has(row.position);
  // Siblings that stand below a line of their own have their service, and what was found, told there.
  const entersService = !among && layout.nodes[node.parent]?.span.service !== span.service;
  const folds = row.kind === 'repeat' || node.children.length > 0;
  const shown = row.kind === 'repeat' ? row.open : !collapsed.has(span.spanId);
  return (
    <div
      role="treeitem"
      aria-level={row.depth + 1}
      aria-selected={index === selectedRow}
      aria-expanded={folds ? shown : undefined}
      data-span={row.kind === 'span' ? span.spanId : undefined}
      data-repeat={row.kind === 'repeat' ? row.repeat.positions.length : undefined}
      tabIndex={-1}
      className={classNames(
        'absolute inset-x-0 flex h-7 cursor-pointer border-b border-line/60 text-sm',
        index === selectedRow ? 'bg-selected' : 'hover:bg-hover',
      )}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => state.selectRow(index)}
      onDoubleClick={() => row.kind === 'repeat' && toggle()}
      onKeyDown={(event) => event.key === 'Enter' && state.selectRow(index)}
    >
      <div className="w-2/5 max-w-xl shrink-0 overflow-hidden border-r border-line">
        {row.kind === 'repeat' ? (
          <RepeatLabel
            layout={layout}
            repeat={row.repeat}
            depth={row.depth}
            open={row.open}
            found={found}
            entersService={entersService}
            finding={findingOfRepeat(row.repeat, layout, findings)}
            onToggle={toggle}
          />
        ) : (
          <SpanLabel
            node={node}
            depth={row.depth}
            collapsed={!shown}
            found={found.has(row.position)}
            entersService={entersService}
            finding={among ? undefined : findingOfSpan(span.spanId, findings)}
            onToggle={toggle}
          />
        )}
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
          {row.kind === 'repeat' ? (
            <RepeatBar layout={layout} repeat={row.repeat} view={view} critical={critical} />
          ) : (
            <SpanBar
              node={node}
              view={view}
              own={findOwnTime(layout, row.position)}
              critical={critical.get(row.position)}
              logs={logs.get(span.spanId) ?? noLogs}
              traceStartNs={layout.startNs}
            />
          )}
        </div>
      </div>
    </div>
  );
}
