import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { client } from '../../client/contract-client';
import { formatAgo, nanosToMillis } from '../../client/format-time';
import { useNow } from '../../client/use-now';
import { Button } from '../../ui/button';
import { HealthMark } from '../../ui/health-mark';

const lookBackMs = 15 * 60_000;
const everyMs = 1000;

/** Waits for a span of the service and lights up when it is there. */
export function FirstSpan({ serviceName }: { serviceName: string }) {
  const query = `{ resource.service.name = ${JSON.stringify(serviceName)} }`;
  const now = useNow(1000);
  const newest = useQuery({
    queryKey: ['first-span', serviceName],
    queryFn: async ({ signal }) => {
      const to = Date.now();
      const { traces } = await client.traces.search(
        { query, window: { from: to - lookBackMs, to }, limit: 1 },
        { signal },
      );
      return traces[0] ?? null;
    },
    refetchInterval: everyMs,
  });
  const trace = newest.data;
  return (
    <section
      aria-live="polite"
      className={`rounded-lg border p-4 transition-colors duration-500 ${trace ? 'border-ok bg-ok-soft' : 'border-line-strong bg-surface'}`}
    >
      <p className="flex items-center gap-2.5 font-medium">
        <HealthMark health={trace ? 'ok' : 'waiting'} size={14} />
        {trace ? (
          <span className="min-w-0 truncate">{serviceName} is connected</span>
        ) : (
          <span className="min-w-0 truncate">
            Waiting for the first span of <code className="font-mono">{serviceName}</code>
          </span>
        )}
      </p>
      {trace ? (
        <div className="mt-2 flex flex-wrap items-center gap-2 pl-6">
          <span className="min-w-0 truncate text-muted">
            Last trace {formatAgo(nanosToMillis(trace.startNs), now)}: {trace.rootName || 'root span not yet received'}
          </span>
          <Button
            size="sm"
            className="ml-auto"
            render={<Link to="/traces/$traceId" params={{ traceId: trace.traceId }} />}
          >
            Open the trace
          </Button>
          <Button size="sm" tone="primary" render={<Link to="/traces" search={{ q: query, live: true }} />}>
            Watch traces arrive
          </Button>
        </div>
      ) : (
        <p className="mt-1 pl-6 text-muted">
          Set the environment, start your app, do one thing with it. SDKs send every few seconds, so give it five.
        </p>
      )}
    </section>
  );
}
