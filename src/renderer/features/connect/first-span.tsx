import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatAgo } from '../../../shared/format-ago';
import { showPlainText } from '../../../shared/show-plain-text';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { nanosToMillis } from '../../client/format-time';
import { useHostStatus } from '../../client/use-host-status';
import { useNow } from '../../client/use-now';
import { Button } from '../../ui/controls/button';
import { ProblemCard } from '../../ui/layout/problem-card';
import { HealthMark } from '../../ui/marks/health-mark';
import { SendDemoData } from '../demo/send-demo-data';
import { describeConnection } from './describe-connection';

/** As far back as anything may be kept that still helps. */
const lookBackMs = 7 * 24 * 3_600_000;
const everyMs = 1000;

/** What the service has sent; waits for its first span and lights up when it is there. */
export function FirstSpan({ serviceName }: { serviceName: string }) {
  const now = useNow(1000);
  const { traces, logs } = useHostStatus()?.capabilities ?? { traces: true, logs: true };
  const newest = useQuery({
    queryKey: ['first-span', serviceName, traces, logs],
    queryFn: ({ signal }) => findNewest(serviceName, { traces, logs }, signal),
    refetchInterval: everyMs,
  });
  const trace = newest.data?.trace;
  const { health, text, connected, note } = describeConnection(newest.data, now);
  const last = trace ? nanosToMillis(trace.startNs) : null;
  return (
    <section
      aria-live="polite"
      className={`rounded-lg border p-4 transition-colors duration-500 ${connected ? 'border-ok bg-ok-soft' : 'border-line-strong bg-surface'}`}
    >
      <p className="flex items-center gap-2.5 font-medium">
        <HealthMark health={health} size={14} />
        <span className="min-w-0 truncate">
          <code className="font-mono">{showPlainText(serviceName)}</code> {text}
        </span>
      </p>
      {note && <p className="mt-1 pl-6 text-muted">{note}</p>}
      {newest.isError && (
        <div className="mt-2">
          <ProblemCard problem={describeError(newest.error)} />
        </div>
      )}
      <div className="mt-2 flex flex-wrap items-center gap-2 pl-6">
        {trace && last !== null && (
          <>
            <span className="min-w-0 truncate text-muted">
              Last trace {formatAgo(last, now)}: {showPlainText(trace.rootName) || 'root span not yet received'}
            </span>
            <Button
              size="sm"
              className="ml-auto"
              render={<Link to="/traces/$traceId" params={{ traceId: trace.traceId }} />}
            >
              Open the trace
            </Button>
            <Button size="sm" tone="primary" render={<Link to="/traces" search={{ service: serviceName }} />}>
              Watch traces arrive
            </Button>
          </>
        )}
        {!trace && newest.data?.log != null && (
          <Button size="sm" tone="primary" render={<Link to="/logs" search={{ service: serviceName }} />}>
            Watch logs arrive
          </Button>
        )}
        {newest.data && !trace && newest.data.log === null && <SendDemoData size="sm" />}
      </div>
    </section>
  );
}

/** Looks for a trace of the service, then for a line, among what the backend in use has. */
async function findNewest(service: string, has: { traces: boolean; logs: boolean }, signal: AbortSignal) {
  const to = Date.now();
  const window = { from: to - lookBackMs, to };
  const name = JSON.stringify(service);
  const search = { query: `{ resource.service.name = ${name} }`, window, limit: 1 };
  const { traces } = has.traces ? await client.traces.search(search, { signal }) : { traces: [] };
  const trace = traces[0] ?? null;
  if (trace) return { trace, span: nanosToMillis(trace.startNs), log: null };
  const lines = { query: `{service_name=${name}}`, window, limit: 1, direction: 'backward' } as const;
  const { records } = has.logs ? await client.logs.query(lines, { signal }) : { records: [] };
  return { trace, span: null, log: records[0] ? nanosToMillis(records[0].timeNs) : null };
}
