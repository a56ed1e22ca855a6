import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Span } from '../../../../shared/contract/telemetry';
import { formatDuration, formatOffset } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import { timingLabels } from '../../../../shared/trace/describe-timing';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { formatCount } from '../../../client/format-number';
import { type PageKey, usePageKeys } from '../../../page/page-keys';
import { classNames } from '../../../ui/class-names';
import { Input } from '../../../ui/controls/input';
import { HealthMark } from '../../../ui/marks/health-mark';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { readDuration } from './read-duration';
import { SortHead, type SortOrder } from './sort-head';

const rowHeight = 28;
const columns =
  'grid grid-cols-[6rem_minmax(8rem,clamp(12rem,14vw,22rem))_minmax(12rem,1fr)_5.5rem_6rem_6rem_minmax(6rem,12rem)] items-center gap-x-3 px-4';

type Column = 'start' | 'service' | 'name' | 'kind' | 'duration' | 'own' | 'status';
const heads: readonly { column: Column; name: string; right?: boolean }[] = [
  { column: 'start', name: 'Start', right: true },
  { column: 'service', name: 'Service' },
  { column: 'name', name: 'Operation' },
  { column: 'kind', name: 'Kind' },
  { column: 'duration', name: 'Duration', right: true },
  { column: 'own', name: 'Own time', right: true },
  { column: 'status', name: 'Status' },
];

interface SpanTableProps {
  layout: TraceLayout;
  own: readonly number[];
  /** Positions of the spans that are searched for or picked; null for all. */
  only: readonly number[] | null;
  /** Position of the selected span; -1 for none. */
  selected: number;
  onSelect: (position: number) => void;
  keys: readonly PageKey[];
}

/** The spans of a trace as a table that sorts, of those that are searched for and take long enough. */
export function SpanTable({ layout, own, only, selected, onSelect, keys }: SpanTableProps) {
  const [order, setOrder] = useState<SortOrder<Column>>({ column: 'duration', down: true });
  const [least, setLeast] = useState('');
  const leastNs = least.trim() === '' ? 0 : readDuration(least);
  const rows = useMemo(() => {
    const among = only ?? layout.nodes.map((_, position) => position);
    const sign = order.down ? -1 : 1;
    return among
      .filter((position) => layout.nodes[position]!.span.durationNs >= (leastNs ?? 0))
      .map((position) => ({ position, value: valueAt(layout, own, position, order.column) }))
      .sort((a, b) => sign * (a.value < b.value ? -1 : a.value > b.value ? 1 : 0) || a.position - b.position)
      .map(({ position }) => position);
  }, [layout, own, only, leastNs, order]);

  const frame = useRef<HTMLTableSectionElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const at = useMemo(() => rows.indexOf(selected), [rows, selected]);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  const move = (step: 1 | -1) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
    if (next !== undefined) onSelect(next);
  };
  usePageKeys('Trace', [
    { key: 'j', label: 'Next span', run: () => move(1) },
    { key: 'k', label: 'Previous span', run: () => move(-1) },
    { key: 'ArrowDown', label: 'Next span', run: () => move(1) },
    { key: 'ArrowUp', label: 'Previous span', run: () => move(-1) },
    ...keys,
  ]);
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-x-auto bg-surface">
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 text-xs text-muted">
        <span className="flex items-center gap-2">
          At least
          <Input
            mono
            aria-label="Least duration"
            className="w-24"
            placeholder="10ms"
            value={least}
            invalid={leastNs === null}
            onChange={(event) => setLeast(event.target.value)}
          />
        </span>
        {leastNs === null && <span className="text-bad">Write a duration, such as 100ms or 1.5s.</span>}
        <span className="tabular" role="status">
          {rows.length === layout.nodes.length
            ? `${formatCount(rows.length)} ${rows.length === 1 ? 'span' : 'spans'}`
            : `${formatCount(rows.length)} of ${formatCount(layout.nodes.length)} spans`}
        </span>
      </div>
      <table aria-label="Spans of the trace" className="flex min-h-0 min-w-[52rem] flex-1 flex-col">
        <thead className="block shrink-0">
          <tr className={classNames(columns, 'h-7 border-y border-line bg-raised text-xs text-muted')}>
            {heads.map(({ column, name, right }) => (
              <SortHead
                key={column}
                name={name}
                column={column}
                order={order}
                onOrder={setOrder}
                right={right === true}
              />
            ))}
          </tr>
        </thead>
        <tbody ref={frame} className="relative block min-h-0 flex-1 overflow-x-hidden overflow-y-auto">
          {rows.length === 0 && (
            <tr className="block">
              <td className="px-4 py-3 text-sm text-muted">No span of this trace is like that.</td>
            </tr>
          )}
          <tr aria-hidden className="block" style={{ height: virtual.getTotalSize() }} />
          {virtual.getVirtualItems().map(({ index, start }) => {
            const position = rows[index]!;
            const { span, start: after } = layout.nodes[position]!;
            return (
              <tr
                key={span.spanId}
                tabIndex={-1}
                aria-selected={position === selected}
                data-span={span.spanId}
                className={classNames(
                  columns,
                  'absolute inset-x-0 top-0 h-7 cursor-pointer border-b border-line/60 text-sm',
                  position === selected ? 'bg-selected' : 'hover:bg-hover',
                )}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => onSelect(position)}
                onKeyDown={(event) => event.key === 'Enter' && onSelect(position)}
              >
                <SpanCells span={span} start={after} own={own[position]!} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function SpanCells({ span, start, own }: { span: Span; start: number; own: number }) {
  const failed = span.status.code === 'error';
  return (
    <>
      <td className="text-right font-mono text-xs text-muted">{formatOffset(start)}</td>
      <td className="min-w-0" title={showPlainText(span.service)}>
        <ServiceDot service={span.service} className="max-w-full text-muted" />
      </td>
      <td className={classNames('truncate', failed && 'text-bad')} title={showPlainText(span.name)}>
        {showPlainText(span.name)}
      </td>
      <td className="truncate text-xs text-muted">{span.kind}</td>
      <td className="text-right font-mono text-xs">
        {span.timing ? timingLabels[span.timing] : formatDuration(span.durationNs)}
      </td>
      <td className="text-right font-mono text-xs">{formatDuration(own)}</td>
      <td className="flex min-w-0 items-center gap-1 text-xs">
        {failed && <HealthMark health="bad" label="Error" size={10} />}
        <span className={classNames('truncate', failed ? 'text-bad' : 'text-muted')}>
          {failed ? showPlainText(span.status.message) || 'error' : span.status.code === 'ok' ? 'ok' : ''}
        </span>
      </td>
    </>
  );
}

function valueAt({ nodes }: TraceLayout, own: readonly number[], position: number, column: Column): string | number {
  const { span, start } = nodes[position]!;
  if (column === 'start') return start;
  if (column === 'own') return own[position]!;
  if (column === 'duration') return span.durationNs;
  if (column === 'status')
    return span.status.code === 'error' ? `2${span.status.message}` : span.status.code === 'ok' ? '1' : '0';
  return span[column].toLowerCase();
}
