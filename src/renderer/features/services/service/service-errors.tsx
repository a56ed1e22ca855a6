import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatAgo } from '../../../../shared/format-ago';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import { useArrivalInterval } from '../../../client/arrival/use-arrival-interval';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { nanosToMillis } from '../../../client/format-time';
import { afterFirst } from '../../../client/loading/first-answer';
import { useNow } from '../../../client/use-now';
import { keepTime } from '../../../page/time-window';
import { useTimeRange } from '../../../page/use-time-range';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { Skeleton } from '../../../ui/layout/skeleton';
import { MiddleCut } from '../../../ui/marks/middle-cut';
import { spansOfService } from './spans-of-service';

const everyMs = 10_000;
const shown = 8;

/** The traces in which a span of the service failed last. */
export function useServiceErrors(service: string) {
  const time = useTimeRange();
  const interval = useArrivalInterval(everyMs, everyMs);
  const query = spansOfService(service, 'spans', 'status = error');
  const errors = useQuery({
    queryKey: ['service.errors', service, time.key],
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      return client.traces.search({ query, window: time.resolve(), limit: shown }, { signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval: 'since' in time.range ? interval : false,
    retry: false,
  });
  return { query, errors };
}

export function ServiceErrors({ service }: { service: string }) {
  const now = useNow(5000);
  const { query, errors } = useServiceErrors(service);
  const { data } = errors;
  return (
    <Section
      title="Newest errors"
      className="min-w-0"
      aside={
        <Link
          to="/traces"
          search={(before) => ({ ...keepTime(before), q: query, live: false })}
          className="text-xs text-accent underline-offset-2 hover:underline"
        >
          All in this window
        </Link>
      }
    >
      {errors.isError && !data ? (
        <div className="p-3">
          <ProblemCard problem={describeError(errors.error)} />
        </div>
      ) : !data ? (
        <Skeleton className="m-3 h-4 w-48" />
      ) : data.traces.length === 0 ? (
        <p className="px-3 py-2 text-muted">None of its spans failed in this window.</p>
      ) : (
        <ul className="divide-y divide-line">
          {data.traces.map(({ traceId, rootName, rootService, durationNs, startNs }) => (
            <li key={traceId}>
              <Link
                data-list-row
                to="/traces/$traceId"
                params={{ traceId }}
                search={keepTime}
                className="flex h-8 items-center gap-3 px-3 hover:bg-hover"
              >
                <span className="flex min-w-0 flex-1 font-medium" title={showPlainText(rootName)}>
                  <MiddleCut name={showPlainText(rootName) || 'root span not received yet'} />
                </span>
                <span className="max-w-32 truncate text-xs text-muted">{showPlainText(rootService)}</span>
                <span className="w-14 shrink-0 text-right text-xs tabular">{formatDuration(durationNs)}</span>
                <span className="w-16 shrink-0 text-right text-xs text-muted tabular">
                  {formatAgo(nanosToMillis(startNs), now)}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
