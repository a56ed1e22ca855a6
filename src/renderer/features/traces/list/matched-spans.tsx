import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { MatchedSpan, TraceSummary } from '../../../../shared/contract/telemetry';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { nanosToMillis } from '../../../client/format-time';
import { keepTime } from '../../../page/time-window';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { Spinner } from '../../../ui/marks/spinner';

/** What the list asks of each trace. */
export interface Matching {
  query: string;
  /** Attributes that are columns, as TraceQL writes them. */
  fields: readonly string[];
}

interface MatchedSpansProps extends Matching {
  trace: TraceSummary;
  /** Told how many rows are shown, so that the list gives them room. */
  onRows: (traceId: string, rows: number) => void;
}

const mostSpans = 12;
export const matchedRowHeight = 26;
/** The times of a search are whole seconds. */
const marginMs = 1000;
const mostCharacters = 200;

/** The spans of a trace that the query matches, each with what it was matched by and the attributes that are columns. */
export function MatchedSpans({ trace, query, fields, onRows }: MatchedSpansProps) {
  const { traceId, startNs, durationNs, spanCount } = trace;
  const found = useQuery({
    queryKey: ['matched-spans', query, fields, traceId, spanCount],
    queryFn: ({ signal }) => {
      const start = nanosToMillis(startNs);
      const window = { from: start - marginMs, to: start + durationNs / 1e6 + marginMs };
      return client.traces.matchedSpans({ query, traceId, window, fields: [...fields], limit: mostSpans }, { signal });
    },
    placeholderData: (before, asked) => (asked?.queryKey[3] === traceId ? before : undefined),
    staleTime: 60_000,
    retry: false,
  });
  const { data } = found;
  const hidden = data ? data.matched - data.spans.length : 0;
  const rows = data && data.spans.length > 0 ? data.spans.length + (hidden > 0 ? 1 : 0) : 1;
  useEffect(() => onRows(traceId, rows), [onRows, traceId, rows]);
  const row = 'flex items-center gap-3 px-4 pl-8 text-xs';
  return (
    <section
      aria-label={`Matched spans of ${showPlainText(trace.rootName)}`}
      className="border-b border-line bg-canvas tabular"
    >
      {!data || data.spans.length === 0 ? (
        <p className={row} style={{ height: matchedRowHeight }} role={found.isError ? 'alert' : undefined}>
          {found.isError ? (
            <span className="truncate text-bad">{describeError(found.error).message}</span>
          ) : data ? (
            <span className="text-muted">No span of it matches any more.</span>
          ) : (
            <Spinner label="Looking for the matched spans" />
          )}
        </p>
      ) : (
        <ul>
          {data.spans.map((span) => (
            <li key={span.spanId}>
              <MatchedRow span={span} trace={trace} className={row} />
            </li>
          ))}
        </ul>
      )}
      {hidden > 0 && (
        <p className={`${row} text-muted`} style={{ height: matchedRowHeight }}>
          {formatCount(hidden)} more of {formatCount(data!.matched)} matched spans are in the trace.
        </p>
      )}
    </section>
  );
}

function MatchedRow({ span, trace, className }: { span: MatchedSpan; trace: TraceSummary; className: string }) {
  const { spanId, name, service, failed, durationNs, attributes } = span;
  const after = Number(BigInt(span.startNs) - BigInt(trace.startNs));
  return (
    <Link
      to="/traces/$traceId"
      params={{ traceId: trace.traceId }}
      search={(before) => ({ ...keepTime(before), span: spanId })}
      className={`${className} hover:bg-hover`}
      style={{ height: matchedRowHeight }}
    >
      <span className="w-20 shrink-0 text-right font-mono text-2xs text-faint" title="After the beginning of its trace">
        {after >= 0 ? '+' : '−'}
        {formatDuration(Math.abs(after))}
      </span>
      <ServiceDot service={service} className="max-w-40 shrink-0 text-muted" />
      <span className="max-w-[28rem] min-w-16 shrink truncate font-medium" title={showPlainText(name)}>
        {showPlainText(name)}
      </span>
      {failed && <span className="shrink-0 text-bad">✕ failed</span>}
      <span className="flex min-w-0 flex-1 gap-3 overflow-hidden font-mono text-2xs whitespace-nowrap text-muted">
        {attributes.map(({ key, value }) => {
          const text = showPlainText(
            (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, mostCharacters),
          );
          return (
            <span key={key} className="min-w-0 truncate" title={`${showPlainText(key)}: ${text}`}>
              {showPlainText(key)} <span className="text-ink">{text}</span>
            </span>
          );
        })}
      </span>
      <span className="w-20 shrink-0 text-right font-mono">{formatDuration(durationNs)}</span>
    </Link>
  );
}
