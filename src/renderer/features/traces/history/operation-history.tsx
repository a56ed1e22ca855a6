import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Span, TimeWindow } from '../../../../shared/contract/telemetry';
import { formatDuration } from '../../../../shared/format-duration';
import { orpc } from '../../../client/contract-client';
import { nanosToMillis } from '../../../client/format-time';
import { alignSeries } from '../../../ui/charts/align-series';
import { formatValue } from '../../../ui/charts/format-value';
import { MiniChart } from '../../../ui/charts/mini-chart';
import { Skeleton } from '../../../ui/layout/skeleton';
import { operationQueries } from './operation-queries';

const aroundMs = 30 * 60_000;
const stepSeconds = 60;
const height = 44;

/** How often the operation of a span occurred in the half hour before and after it, how often it failed and how long it took, with a mark where the span is. */
export function OperationHistory({ span }: { span: Span }) {
  const at = nanosToMillis(span.startNs);
  const window = { from: Math.floor(at - aroundMs), to: Math.ceil(at + aroundMs) };
  const charts = operationQueries(span);
  const answers = useQueries({
    queries: charts.map(({ query }) =>
      orpc.metrics.queryRange.queryOptions({
        input: { query, window, step: stepSeconds },
        retry: false,
        staleTime: 60_000,
      }),
    ),
  });
  const failed = answers.find(({ isError }) => isError);
  if (failed) return <p className="text-xs text-muted">The backend does not answer what is known of this operation.</p>;
  if (answers.some(({ data }) => data === undefined)) return <Skeleton className="h-32 w-full" />;
  if (answers[0]!.data!.series.length === 0) {
    return <p className="text-xs text-muted">No metrics of this operation are kept of that time.</p>;
  }
  return (
    <div className="grid gap-2">
      {charts.map(({ title, unit }, index) => (
        <OperationChart
          key={title}
          title={title}
          unit={unit}
          window={window}
          mark={at}
          series={answers[index]!.data!.series}
        />
      ))}
      <p className="text-2xs text-faint">
        Half an hour before and after this span, which took {formatDuration(span.durationNs)}; the line is where it
        began.
      </p>
    </div>
  );
}

interface OperationChartProps {
  title: string;
  unit: string;
  window: TimeWindow;
  /** Unix milliseconds. */
  mark: number;
  series: Parameters<typeof alignSeries>[0];
}

function OperationChart({ title, unit, window, mark, series }: OperationChartProps) {
  const { times, columns } = useMemo(() => alignSeries(series, stepSeconds), [series]);
  return (
    <figure>
      <figcaption className="text-2xs text-muted">{title}</figcaption>
      <MiniChart
        label={`${title} around this span`}
        window={window}
        times={times}
        lines={columns.map((column) => ({ name: title, colour: 'var(--color-accent)', column }))}
        format={(value) => formatValue(value, unit)}
        height={height}
        mark={mark}
      />
    </figure>
  );
}
