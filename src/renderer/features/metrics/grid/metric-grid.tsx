import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChartLine } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { usePageKeys } from '../../../page/page-keys';
import { keepTime } from '../../../page/time-window';
import { EmptyState } from '../../../ui/layout/empty-state';
import { NewRows } from '../../../ui/list/new-rows';
import { useReaderAt } from '../../../ui/list/use-reader-at';
import type { Metric } from '../metric/metric';
import { type GridHead, type GridRow, gridRows, rowHeights } from './grid-rows';
import { IdleTile, MetricTile } from './metric-tile';
import { useColumnCount } from './use-column-count';
import { useHeldMetrics } from './use-held-metrics';
import { useManyServices } from './use-many-services';

interface MetricGridProps {
  /** Those of the window, and those that are kept besides. */
  metrics: readonly Metric[];
  idle: readonly Metric[];
  /** What they answer: another one takes the place of all. */
  question: string;
}

/** Every metric as a small chart, of which those in view are asked for. They hold still while the reader is at them. */
export function MetricGrid({ question, ...listed }: MetricGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useColumnCount(scroller);
  const many = useManyServices();
  const navigate = useNavigate();
  const reader = useReaderAt();
  const [current, setCurrent] = useState<string | null>(null);
  const [released, setReleased] = useState(false);
  const { metrics, idle, waiting } = useHeldMetrics(listed, (reader.at || current !== null) && !released, question);
  if (released) setReleased(false);
  const rows = useMemo(() => gridRows(metrics, idle, columns), [metrics, idle, columns]);
  const order = useMemo(() => rows.flatMap((row) => (row.kind === 'origin' ? [] : row.metrics)), [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeights[rows[index]!.kind],
    getItemKey: (index) => rows[index]!.key,
    overscan: 2,
  });
  const go = (by: number) => {
    const at = order.findIndex(({ name }) => name === current);
    const next = order[at < 0 ? 0 : Math.min(order.length - 1, Math.max(0, at + by))];
    if (!next) return;
    setCurrent(next.name);
    virtual.scrollToIndex(rows.findIndex((row) => row.kind !== 'origin' && row.metrics.includes(next)));
  };
  const open = () => {
    if (current) void navigate({ to: '/metrics', search: (before) => ({ ...keepTime(before), metric: current }) });
  };
  const showNew = () => {
    scroller.current?.scrollTo({ top: 0 });
    setCurrent(null);
    setReleased(true);
  };
  usePageKeys('Metrics', [
    { key: 'j', label: 'Next metric', run: () => go(1) },
    { key: 'k', label: 'Metric before', run: () => go(-1) },
    { key: 'ArrowDown', label: 'Metric below', run: () => go(columns) },
    { key: 'ArrowUp', label: 'Metric above', run: () => go(-columns) },
    { key: 'Enter', label: 'Open the metric', run: open },
    { key: 'n', label: 'Show those that came meanwhile', run: showNew },
  ]);
  if (rows.length === 0) return <EmptyState icon={ChartLine} title="No metric of that name, unit or description" />;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <NewRows waiting={waiting} onShow={showNew} />
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto px-4 pb-4" {...reader.handlers}>
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => (
            <div
              key={item.key}
              className="absolute inset-x-0 top-0"
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              <Row row={rows[item.index]!} columns={columns} many={many} current={current} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  row: GridRow;
  columns: number;
  many: boolean | undefined;
  current: string | null;
}

function Row({ row, columns, many, current }: RowProps) {
  if (row.kind === 'origin') {
    return (
      <h2 className="flex h-full items-end gap-2 pb-1.5 text-sm font-semibold">
        {row.title}
        <span className="text-xs font-normal text-muted">
          {formatCount(row.count)}, {row.note}
        </span>
      </h2>
    );
  }
  return (
    <div className="grid gap-x-2.5" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
      {row.metrics.map((metric, at) => (
        <div key={metric.name} className="min-w-0">
          {row.kind === 'headed' && <Head head={row.heads[at]} />}
          {row.idle ? (
            <IdleTile metric={metric} current={metric.name === current} />
          ) : (
            <MetricTile metric={metric} many={many} current={metric.name === current} />
          )}
        </div>
      ))}
    </div>
  );
}

function Head({ head }: { head: GridHead | undefined }) {
  return (
    <p className="flex h-6.5 items-center gap-1.5 font-mono text-xs text-muted">
      {head && (
        <>
          <span className="truncate">{showPlainText(head.name)}</span>
          <span className="text-faint tabular">{formatCount(head.count)}</span>
        </>
      )}
    </p>
  );
}
