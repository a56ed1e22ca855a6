import { Link } from '@tanstack/react-router';
import { ChartLine } from 'lucide-react';
import { Fragment, useMemo } from 'react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { keepTime } from '../../../page/time-window';
import { EmptyState } from '../../../ui/layout/empty-state';
import { Table, Td, Th } from '../../../ui/layout/table';
import { Badge } from '../../../ui/marks/badge';
import { DemoInvitation } from '../../demo/demo-invitation';
import { SendDemoData } from '../../demo/send-demo-data';
import { findMetrics } from '../metric/find-metrics';
import { metricOrigin } from '../metric/metric-origin';
import type { Metric } from '../metric/metric-views';

/** A page of thousands of rows helps nobody: the search narrows it. */
const shownAtMost = 500;

const origins = [
  { origin: 'own', title: 'Your metrics', note: 'as your apps send them' },
  { origin: 'derived', title: 'Derived from spans', note: 'calls, errors and latencies, and who calls whom' },
  { origin: 'watchtower', title: 'About Watchtower', note: 'what it received and keeps' },
] as const;

/** Every metric of the window, to choose one from. */
export function MetricBrowser({ metrics, find, type }: { metrics: readonly Metric[]; find: string; type: string }) {
  const found = useMemo(() => findMetrics(metrics, find, type), [metrics, find, type]);
  if (metrics.length === 0) {
    return (
      <EmptyState icon={ChartLine} title="No metrics in this window" actions={<SendDemoData />}>
        They appear here as they come. An app sends them with the metrics exporter of its OpenTelemetry SDK: set{' '}
        <code className="font-mono text-xs">OTEL_METRICS_EXPORTER=otlp</code>; SDKs send once a minute. Rates and
        latencies of your spans come by themselves, as <code className="font-mono text-xs">traces_spanmetrics_…</code>.
        <DemoInvitation>To see it work now, send those of a small shop:</DemoInvitation>
      </EmptyState>
    );
  }
  const shown = found.slice(0, shownAtMost);
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
          {origins.map(({ origin, title, note }) => {
            const group = shown.filter(({ name }) => metricOrigin(name) === origin);
            if (group.length === 0) return null;
            return (
              <Fragment key={origin}>
                <tr className="bg-raised">
                  <th scope="colgroup" colSpan={4} className="h-8 border-b border-line px-4 text-left">
                    <span className="text-sm font-semibold">{title}</span>{' '}
                    <span className="text-xs font-normal text-muted">{note}</span>
                  </th>
                </tr>
                {group.map((metric) => (
                  <MetricRow key={metric.name} metric={metric} />
                ))}
              </Fragment>
            );
          })}
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

function MetricRow({ metric }: { metric: Metric }) {
  return (
    <tr className="hover:bg-hover">
      <Td className="pl-4">
        <Link
          to="/metrics"
          search={(before) => ({ ...keepTime(before), metric: metric.name })}
          className="font-mono text-xs text-accent underline-offset-2 hover:underline"
        >
          {showPlainText(metric.name)}
        </Link>
      </Td>
      <Td>
        <Badge>{metric.type || 'unknown'}</Badge>
      </Td>
      <Td className="text-muted">{showPlainText(metric.unit) || '–'}</Td>
      <Td className="w-full max-w-0 truncate text-muted" title={showPlainText(metric.help)}>
        {showPlainText(metric.help)}
      </Td>
    </tr>
  );
}
