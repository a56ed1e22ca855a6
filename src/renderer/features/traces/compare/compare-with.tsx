import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import type { Trace } from '../../../../shared/contract/telemetry';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { formatClock, nanosToMillis } from '../../../client/format-time';
import { compareTracesLink } from '../../../page/trace/compare-traces-link';
import { Button } from '../../../ui/controls/button';
import { Input } from '../../../ui/controls/input';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Spinner } from '../../../ui/marks/spinner';
import { Popover } from '../../../ui/overlays/popover';
import { quoteTraceQl } from '../list/quote-traceql';
import { chooseFast } from './choose-fast';

/** Traces of the same kind are looked for so long before and after the trace, milliseconds. */
const lookedAround = 3_600_000;
const mostFound = 200;
const mostListed = 8;

interface CompareWithProps {
  trace: Trace;
  layout: TraceLayout;
}

/** Leads to the comparison of the trace with another: one that was fast, one of the same kind, or any by its id. */
export function CompareWith({ trace, layout }: CompareWithProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      align="end"
      className="w-[26rem]"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm">
          <GitCompareArrows size={13} aria-hidden /> Compare with…
        </Button>
      }
    >
      {open && <Choices trace={trace} layout={layout} />}
    </Popover>
  );
}

function Choices({ trace, layout }: CompareWithProps) {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const root = layout.nodes[0]?.span;
  const start = nanosToMillis(layout.startNs);
  const query = root
    ? `{ rootServiceName = ${quoteTraceQl(root.service)} && rootName = ${quoteTraceQl(root.name)} }`
    : '{}';
  const found = useQuery(
    orpc.traces.search.queryOptions({
      input: { query, window: { from: start - lookedAround, to: start + lookedAround }, limit: mostFound },
      retry: false,
    }),
  );
  const others = (found.data?.traces ?? []).filter(({ traceId }) => traceId !== trace.traceId);
  const fast = chooseFast(others);
  const [id] = /[0-9a-f]{16,32}/i.exec(text) ?? [];
  const go = (other: string) => void navigate(compareTracesLink(other.toLowerCase(), trace.traceId));
  return (
    <div className="grid gap-3 text-sm">
      <form
        className="flex items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (id) go(id);
        }}
      >
        <Input
          mono
          autoFocus
          aria-label="Id or link of another trace"
          placeholder="Paste the id or the link of a trace"
          className="flex-1"
          value={text}
          invalid={text.trim() !== '' && !id}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={!id}>
          Compare
        </Button>
      </form>
      {text.trim() !== '' && !id && <p className="text-xs text-bad">An id has 16 to 32 digits of 0-9 and a-f.</p>}
      {found.error ? (
        <ProblemCard problem={describeError(found.error)} />
      ) : found.isPending ? (
        <Spinner label="Looking for traces of the same kind" />
      ) : others.length === 0 ? (
        <p className="text-muted">No other trace of {showPlainText(root?.name ?? '')} within an hour of this one.</p>
      ) : (
        <>
          {fast && (
            <Button tone="primary" render={<Link {...compareTracesLink(fast.traceId, trace.traceId)} />}>
              One of the same kind that was fast · {formatDuration(fast.durationNs)}
            </Button>
          )}
          <p className="text-xs text-muted">
            {others.length > mostListed ? `The ${mostListed} newest of ` : ''}
            {others.length >= mostFound - 1 ? 'at least ' : ''}
            {formatCount(others.length)} of the same kind within an hour of this one
            {others.length > mostListed ? '' : ', newest first'}
          </p>
          <ul aria-label="Traces of the same kind">
            {others.slice(0, mostListed).map(({ traceId, startNs, durationNs, spanCount, errorCount }) => (
              <li key={traceId}>
                <Link
                  {...compareTracesLink(traceId, trace.traceId)}
                  className="flex items-center gap-3 rounded px-2 py-1 font-mono text-xs hover:bg-hover"
                >
                  <span className="text-muted">{formatClock(startNs)}</span>
                  <span className="w-16 text-right">{formatDuration(durationNs)}</span>
                  <span className="text-muted">{formatCount(spanCount)} spans</span>
                  {errorCount > 0 && <span className="text-bad">{formatCount(errorCount)} failed</span>}
                  <span className="ml-auto text-muted">{traceId.slice(0, 8)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
