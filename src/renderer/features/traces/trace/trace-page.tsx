import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import type { Trace } from '../../../../shared/contract/telemetry';
import { traceInput } from '../../../../shared/trace/trace-input';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { PageHeader } from '../../../page/page-header';
import { keepTime } from '../../../page/time-window';
import { Button } from '../../../ui/controls/button';
import { EmptyState } from '../../../ui/layout/empty-state';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Spinner } from '../../../ui/marks/spinner';
import { TraceView } from './trace-view';

const route = getRouteApi('/traces/$traceId');

/** A trace grows while its spans come in: it is asked for again until it has been still for this long. */
const settledMs = 20_000;

export function TracePage() {
  const { traceId } = route.useParams();
  const navigate = useNavigate();
  const found = useQuery(
    orpc.traces.get.queryOptions({
      input: traceInput(traceId),
      refetchInterval: ({ state }) => (state.data && isSettled(state.data) ? false : 1500),
      structuralSharing: true,
    }),
  );
  if (found.data && found.data.spans.length > 0) return <TraceView key={traceId} trace={found.data} />;
  return (
    <>
      <PageHeader title={`Trace ${traceId}`} />
      {found.error ? (
        <div className="p-4">
          <ProblemCard problem={describeError(found.error)} />
        </div>
      ) : found.isPending ? (
        <div className="p-6">
          <Spinner label="Loading the trace" />
        </div>
      ) : (
        <EmptyState
          icon={SearchX}
          title="This trace is not here"
          actions={<Button onClick={() => void navigate({ to: '/traces', search: keepTime })}>All traces</Button>}
        >
          It may be older than what is kept, or its spans have not arrived yet: the page looks again by itself.
        </EmptyState>
      )}
    </>
  );
}

function isSettled({ spans }: Trace): boolean {
  const last = spans.reduce(
    (latest, { startNs, durationNs }) => Math.max(latest, Number(BigInt(startNs) / 1_000_000n) + durationNs / 1e6),
    0,
  );
  return Date.now() - last > settledMs;
}
