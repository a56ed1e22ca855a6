import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TraceSummary } from '../../../shared/contract/telemetry';
import { formatAgo } from '../../../shared/format-ago';
import { formatDuration } from '../../../shared/format-duration';
import { showPlainText } from '../../../shared/show-plain-text';
import { useArrivalInterval } from '../../client/arrival/use-arrival-interval';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { nanosToMillis } from '../../client/format-time';
import { afterFirst } from '../../client/loading/first-answer';
import { useNow } from '../../client/use-now';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Section } from '../../ui/layout/section';
import { Skeleton } from '../../ui/layout/skeleton';
import { ServiceDot } from '../../ui/marks/service-dot';

const query = '{ status = error }';
const lookBackMs = 3_600_000;
const shown = 5;
const everyMs = 10_000;

/** The traces that failed last, each a way into what happened. */
export function NewestErrors() {
  const now = useNow(5000);
  const refetchInterval = useArrivalInterval(everyMs, everyMs);
  const errors = useQuery({
    queryKey: ['newest-errors'],
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      const to = Date.now();
      return (await client.traces.search({ query, window: { from: to - lookBackMs, to }, limit: shown }, { signal }))
        .traces;
    },
    refetchInterval,
  });
  return (
    <Section
      title="Newest errors"
      aside={
        <span className="flex gap-3 text-xs">
          <Link to="/errors" search={{ since: '1h' }} className="text-accent underline-offset-2 hover:underline">
            Grouped
          </Link>
          <Link
            to="/traces"
            search={{ errors: true, since: '1h', live: false }}
            className="text-accent underline-offset-2 hover:underline"
          >
            All of the last hour
          </Link>
        </span>
      }
    >
      {errors.isError && !errors.data ? (
        <div className="p-3">
          <ProblemCard problem={describeError(errors.error)} />
        </div>
      ) : errors.data?.length === 0 ? (
        <p className="px-3 py-2 text-muted">No trace failed in the last hour.</p>
      ) : (
        <ul className="divide-y divide-line">
          {errors.data
            ? errors.data.map((trace) => <ErrorRow key={trace.traceId} trace={trace} now={now} />)
            : Array.from({ length: 2 }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows that stand for none yet
                <li key={index} className="flex h-8 items-center px-3">
                  <Skeleton className="h-4 w-64" />
                </li>
              ))}
        </ul>
      )}
    </Section>
  );
}

function ErrorRow({ trace, now }: { trace: TraceSummary; now: number }) {
  const failing = trace.services.filter(({ errors }) => errors > 0);
  return (
    <li>
      <Link
        to="/traces/$traceId"
        params={{ traceId: trace.traceId }}
        className="flex h-8 items-center gap-3 px-3 hover:bg-hover"
      >
        <ServiceDot service={trace.rootService} className="max-w-40 shrink-0 text-muted" />
        <span className="min-w-0 shrink-0 basis-auto truncate font-medium max-w-[50%]">
          {showPlainText(trace.rootName) || 'root span not received yet'}
        </span>
        <span className="min-w-0 flex-1 truncate text-right text-xs text-muted">
          failed in {showPlainText(failing.map(({ name }) => name).join(', ') || trace.rootService)}
        </span>
        <span className="w-16 shrink-0 text-right text-xs tabular">{formatDuration(trace.durationNs)}</span>
        <span className="w-16 shrink-0 text-right text-xs text-muted tabular">
          {formatAgo(nanosToMillis(trace.startNs), now)}
        </span>
      </Link>
    </li>
  );
}
