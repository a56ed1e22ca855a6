import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Span } from '../../../../shared/contract/telemetry';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatClock, nanosToMillis } from '../../../client/format-time';
import { keepTime } from '../../../page/time-window';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { Spinner } from '../../../ui/marks/spinner';

/** Who links here came, as a rule, after it: looked for from an hour before until a day after, milliseconds. */
const before = 3_600_000;
const after = 24 * 3_600_000;
const mostFound = 50;

/** The traces whose spans link to a span, such as the work that a message of it began. */
export function LinkedFrom({ traceId, span }: { traceId: string; span: Span }) {
  const start = nanosToMillis(span.startNs);
  const spanId = span.spanId.slice(0, 16);
  const found = useQuery(
    orpc.traces.search.queryOptions({
      input: {
        query: `{ link:traceID = "${traceId}" && link:spanID = "${spanId}" }`,
        window: { from: start - before, to: start + after },
        limit: mostFound,
      },
      retry: false,
    }),
  );
  const traces = found.data?.traces ?? [];
  return (
    <section aria-label="Linked from" className="border-t border-line/60 pt-2">
      <h3 className="px-3 pb-1 text-xs font-medium text-muted">Linked from</h3>
      {found.isPending ? (
        <div className="px-3">
          <Spinner label="Looking for what links here" />
        </div>
      ) : found.error ? (
        <p className="px-3 text-sm text-muted">Not known: {describeError(found.error).message}</p>
      ) : traces.length === 0 ? (
        <p className="px-3 text-sm text-faint">No span of the day after links to this one.</p>
      ) : (
        <ul>
          {traces.map((trace) => (
            <li key={trace.traceId}>
              <Link
                to="/traces/$traceId"
                params={{ traceId: trace.traceId }}
                search={keepTime}
                className="flex items-center gap-2 px-3 py-1 text-xs hover:bg-hover"
              >
                <span className="font-mono text-muted">{formatClock(trace.startNs)}</span>
                <ServiceDot service={trace.rootService} className="text-muted" />
                <span className="min-w-0 flex-1 truncate">{showPlainText(trace.rootName)}</span>
                <span className="font-mono">{formatDuration(trace.durationNs)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {traces.length >= mostFound && <p className="px-3 text-xs text-muted">The newest {mostFound}; there are more.</p>}
    </section>
  );
}
