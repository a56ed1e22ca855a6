import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { describeError } from '../../../client/describe-error';
import { keepTime } from '../../../page/time-window';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { Skeleton } from '../../../ui/layout/skeleton';
import { pickExemplars } from './pick-exemplars';
import type { Measured } from './spans-of-service';
import { TimeLines } from './time-lines';
import { useServiceHistory } from './use-service-history';

/** Rate, errors and latency of a service over the time window; the slowest traces stand as marks in the latency. */
export function ServiceCharts({
  service,
  measured,
  enabled,
}: {
  service: string;
  measured: Measured;
  enabled: boolean;
}) {
  const navigate = useNavigate();
  const { history, exemplars } = useServiceHistory(service, measured, enabled);
  const { data } = history;
  const points = useMemo(
    () => (data ? pickExemplars(exemplars.data ?? [], measured, data.window) : []),
    [data, exemplars.data, measured],
  );
  const share = useMemo(
    () => data?.rate.map((rate, index) => (rate ? (data.failed[index] ?? 0) / rate : null)) ?? [],
    [data],
  );
  if (history.isError && !data) {
    return (
      <Section title="Rate, errors and latency">
        <div className="p-3">
          <ProblemCard problem={describeError(history.error)} />
        </div>
      </Section>
    );
  }
  if (!data) {
    return (
      <div className="grid gap-4 min-[960px]:grid-cols-3">
        {['Rate', 'Errors', 'Latency'].map((title) => (
          <Section key={title} title={title}>
            <Skeleton className="m-3 h-40" />
          </Section>
        ))}
      </div>
    );
  }
  const chart = { window: data.window, times: data.times };
  return (
    <div className="grid gap-4 min-[960px]:grid-cols-3">
      <TimeLines
        {...chart}
        title="Rate"
        unit="/s"
        lines={[{ name: measured, colour: 'var(--color-accent)', values: data.rate }]}
      />
      <TimeLines
        {...chart}
        title="Errors"
        unit="ratio"
        lines={[{ name: `share of ${measured}`, colour: 'var(--color-bad)', values: share }]}
      />
      <TimeLines
        {...chart}
        title="Latency"
        unit="s"
        aside={
          exemplars.isError
            ? 'no exemplars: metrics did not answer'
            : points.length > 0
              ? `◆ ${points.length} slow ${points.length === 1 ? 'trace' : 'traces'}`
              : undefined
        }
        points={points}
        onPoint={({ traceId }) => void navigate({ to: '/traces/$traceId', params: { traceId }, search: keepTime })}
        lines={[
          { name: 'p50', colour: 'var(--color-service-3)', values: data.p50 },
          { name: 'p95', colour: 'var(--color-accent)', values: data.p95 },
          { name: 'p99', colour: 'var(--color-service-5)', values: data.p99 },
        ]}
      />
    </div>
  );
}
