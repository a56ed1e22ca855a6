import { Link } from '@tanstack/react-router';
import { ChartLine } from 'lucide-react';
import { useMemo } from 'react';
import { keepTime } from '../../app/time-window';
import { Badge } from '../../ui/badge';
import { EmptyState } from '../../ui/empty-state';
import { Table, Td, Th } from '../../ui/table';
import { findMetrics } from './find-metrics';
import type { Metric } from './metric-views';

/** A page of thousands of rows helps nobody: the search narrows it. */
const shownAtMost = 500;

/** Every metric of the window, to choose one from. */
export function MetricBrowser({ metrics, find, type }: { metrics: readonly Metric[]; find: string; type: string }) {
  const found = useMemo(() => findMetrics(metrics, find, type), [metrics, find, type]);
  if (metrics.length === 0) {
    return (
      <EmptyState icon={ChartLine} title="No metrics in this window">
        They appear here as they come. An app sends them with the metrics exporter of its OpenTelemetry SDK: set{' '}
        <code className="font-mono text-xs">OTEL_METRICS_EXPORTER=otlp</code>; SDKs send once a minute. Rates and
        latencies of your spans come by themselves, as <code className="font-mono text-xs">traces_spanmetrics_…</code>.
      </EmptyState>
    );
  }
  if (found.length === 0) return <EmptyState icon={ChartLine} title="No metric of that name, unit or description" />;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-surface">
      <Table>
        <thead>
          <tr className="sticky top-0 z-10 bg-surface">
            <Th className="pl-4">Metric</Th>
            <Th>Type</Th>
            <Th>Unit</Th>
            <Th>What it says</Th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, shownAtMost).map((metric) => (
            <tr key={metric.name} className="hover:bg-hover">
              <Td className="pl-4">
                <Link
                  to="/metrics"
                  search={(before) => ({ ...keepTime(before), metric: metric.name })}
                  className="font-mono text-xs text-accent underline-offset-2 hover:underline"
                >
                  {metric.name}
                </Link>
              </Td>
              <Td>
                <Badge>{metric.type || 'unknown'}</Badge>
              </Td>
              <Td className="text-muted">{metric.unit || '–'}</Td>
              <Td className="w-full max-w-0 truncate text-muted" title={metric.help}>
                {metric.help}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {found.length > shownAtMost && (
        <p className="px-4 py-2 text-xs text-muted">
          {found.length - shownAtMost} more: type a part of the name to find them.
        </p>
      )}
    </div>
  );
}
