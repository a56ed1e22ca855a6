import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { Trace } from '../../../../shared/contract/telemetry';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { type SpanSums, sumSpans } from '../../../../shared/trace/sum-spans';
import { formatCount } from '../../../client/format-number';
import { type PageKey, usePageKeys } from '../../../page/page-keys';
import { classNames } from '../../../ui/class-names';
import { Select } from '../../../ui/controls/select';
import { serviceColour } from '../../../ui/marks/service-colour';
import { SortHead, type SortOrder } from '../table/sort-head';
import type { PickedSpans } from '../waterfall/use-waterfall';
import { groupOf, listGroupKeys } from './group-keys';

const rowHeight = 30;
const columns =
  'grid grid-cols-[minmax(12rem,1fr)_4.5rem_6rem_6rem_minmax(6rem,10rem)_6rem_6rem_4.5rem] items-center gap-x-3 px-4';

type Column = 'label' | 'count' | 'total' | 'own' | 'share' | 'median' | 'longest' | 'failed';
const heads: readonly { column: Column; name: string; title?: string }[] = [
  { column: 'label', name: 'Group' },
  { column: 'count', name: 'Spans' },
  { column: 'own', name: 'Own time', title: 'While no child of a span ran, added up' },
  { column: 'total', name: 'In all', title: 'Durations added up: what is inside of another counts twice' },
  { column: 'share', name: 'Share of own time' },
  { column: 'median', name: 'Median' },
  { column: 'longest', name: 'Longest' },
  { column: 'failed', name: 'Failed' },
];

interface TraceStatisticsProps {
  trace: Trace;
  layout: TraceLayout;
  own: readonly number[];
  by: string;
  onBy: (by: string) => void;
  keys: readonly PageKey[];
  /** Marks spans in the waterfall and goes there. */
  onPick: (picked: PickedSpans) => void;
}

/** What groups of a trace's spans come to: how many, how long in all and by themselves, and how many failed. */
export function TraceStatistics({ trace, layout, own, by, onBy, keys, onPick }: TraceStatisticsProps) {
  const [order, setOrder] = useState<SortOrder<Column>>({ column: 'own', down: true });
  const [chosen, setChosen] = useState<string>();
  const groupKeys = useMemo(() => listGroupKeys(trace), [trace]);
  const groups = useMemo(() => sumSpans(layout, own, groupOf(by, trace, layout)), [layout, own, by, trace]);
  const sorted = useMemo(() => {
    const sign = order.down ? -1 : 1;
    return groups.toSorted((a, b) => {
      const [one, other] = [sortValue(a, order.column), sortValue(b, order.column)];
      return sign * (one < other ? -1 : one > other ? 1 : 0);
    });
  }, [groups, order]);
  const grouped = groups.reduce((sum, { positions }) => sum + positions.length, 0);

  const frame = useRef<HTMLTableSectionElement>(null);
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const at = sorted.findIndex(({ label }) => label === chosen);
  const move = (step: 1 | -1) => {
    const next = Math.max(0, Math.min(sorted.length - 1, at + step));
    setChosen(sorted[next]?.label);
    virtual.scrollToIndex(next, { align: 'auto' });
  };
  const pick = (group: SpanSums) => onPick({ label: nameOf(group, by), positions: group.positions });
  usePageKeys('Trace', [
    { key: 'j', label: 'Next group', run: () => move(1) },
    { key: 'k', label: 'Previous group', run: () => move(-1) },
    { key: 'ArrowDown', label: 'Next group', run: () => move(1) },
    { key: 'ArrowUp', label: 'Previous group', run: () => move(-1) },
    { key: 'Enter', label: 'Mark its spans in the waterfall', run: () => sorted[at] && pick(sorted[at]) },
    ...keys,
  ]);
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-x-auto bg-surface">
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 text-xs text-muted">
        <span>Group by</span>
        <Select
          label="Group by"
          value={by}
          onChange={onBy}
          className="max-w-72"
          options={[
            { value: 'operation', label: 'Operation' },
            { value: 'service', label: 'Service' },
            { value: 'kind', label: 'Kind of span' },
            ...groupKeys.map(({ value }) => ({ value, label: showPlainText(value.slice(0, 100)) })),
            ...(isKnown(by, groupKeys) ? [] : [{ value: by, label: showPlainText(by.slice(0, 100)) }]),
          ]}
        />
        <span className="tabular" role="status">
          {formatCount(sorted.length)} {sorted.length === 1 ? 'group' : 'groups'}
          {grouped < layout.nodes.length && ` · ${formatCount(layout.nodes.length - grouped)} spans do not have it`}
        </span>
      </div>
      <table aria-label="Statistics of the trace" className="flex min-h-0 min-w-[56rem] flex-1 flex-col">
        <thead className="block shrink-0">
          <tr className={classNames(columns, 'h-7 shrink-0 border-y border-line bg-raised text-xs text-muted')}>
            {heads.map(({ column, name, title }) => (
              <SortHead
                key={column}
                name={name}
                title={title}
                column={column}
                order={order}
                onOrder={setOrder}
                right={column !== 'label' && column !== 'share'}
              />
            ))}
          </tr>
        </thead>
        <tbody ref={frame} className="relative block min-h-0 flex-1 overflow-x-hidden overflow-y-auto">
          {sorted.length === 0 && (
            <tr className="block">
              <td className="px-4 py-3 text-sm text-muted">No span of this trace has {showPlainText(by)}.</td>
            </tr>
          )}
          <tr aria-hidden className="block" style={{ height: virtual.getTotalSize() }} />
          {virtual.getVirtualItems().map(({ index, start }) => {
            const group = sorted[index]!;
            return (
              <tr
                key={group.label}
                tabIndex={-1}
                aria-selected={group.label === chosen}
                title="Mark these spans in the waterfall"
                className={classNames(
                  columns,
                  'absolute inset-x-0 top-0 h-7.5 cursor-pointer border-b border-line/60 text-sm',
                  group.label === chosen ? 'bg-selected' : 'hover:bg-hover',
                )}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => pick(group)}
                onKeyDown={(event) => event.key === 'Enter' && pick(group)}
              >
                <GroupCells group={group} by={by} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function GroupCells({ group, by }: { group: SpanSums; by: string }) {
  const { service, positions, total, own, share, median, longest, failed } = group;
  const name = by === 'operation' ? group.label.slice(group.label.indexOf('\u0000') + 1) : group.label;
  const colour = service === undefined ? 'var(--color-faint)' : serviceColour(service);
  return (
    <>
      <td className="flex min-w-0 items-center gap-1.5">
        <span aria-hidden className="h-4 w-1 shrink-0 rounded-xs" style={{ background: colour }} />
        {by === 'operation' && service !== undefined && (
          <span className="max-w-[45%] shrink-0 truncate text-xs text-muted">{showPlainText(service)}</span>
        )}
        <span className="truncate" title={showPlainText(name)}>
          {name === '' ? <em className="text-faint">empty</em> : showPlainText(name)}
        </span>
      </td>
      <Cell>{formatCount(positions.length)}</Cell>
      <Cell>{formatDuration(own)}</Cell>
      <Cell>{formatDuration(total)}</Cell>
      <td className="flex items-center gap-2">
        <span className="h-2 flex-1 rounded-xs bg-hover">
          <span
            className="block h-2 min-w-px rounded-xs"
            style={{ width: `${share * 100}%`, background: colour }}
            aria-hidden
          />
        </span>
        <span className="w-9 shrink-0 text-right font-mono text-2xs text-muted">
          {(share * 100).toFixed(share < 0.1 ? 1 : 0)} %
        </span>
      </td>
      <Cell>{formatDuration(median)}</Cell>
      <Cell>{formatDuration(longest)}</Cell>
      <td className={classNames('text-right font-mono text-xs', failed > 0 ? 'text-bad' : 'text-faint')}>
        {formatCount(failed)}
      </td>
    </>
  );
}

function Cell({ children }: { children: string }) {
  return <td className="text-right font-mono text-xs">{children}</td>;
}

function sortValue(group: SpanSums, column: Column): string | number {
  if (column === 'label') return group.label.toLowerCase();
  return column === 'count' ? group.positions.length : group[column];
}

function nameOf({ label }: SpanSums, by: string): string {
  if (by === 'operation') return label.replace('\u0000', ' ');
  return by === 'service' ? label : `${by} = ${label}`;
}

function isKnown(by: string, keys: readonly { value: string }[]): boolean {
  return by === 'operation' || by === 'service' || by === 'kind' || keys.some(({ value }) => value === by);
}
