import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, ArrowLeftRight } from 'lucide-react';
import { traceInput } from '../../../../shared/trace/trace-input';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { PageBody } from '../../../page/page-body';
import { keepTime } from '../../../page/time-window';
import { Button } from '../../../ui/controls/button';
import { EmptyState } from '../../../ui/layout/empty-state';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Spinner } from '../../../ui/marks/spinner';
import { ComparedTraces } from './compared-traces';

const route = getRouteApi('/traces/compare');

/** Two traces side by side: what differs, and the structure of both as one. */
export function CompareTracesPage() {
  const { a = '', b = '' } = route.useSearch();
  const navigate = useNavigate();
  const chosen = a !== '' && b !== '';
  const base = useQuery(orpc.traces.get.queryOptions({ input: traceInput(a), enabled: chosen }));
  const other = useQuery(orpc.traces.get.queryOptions({ input: traceInput(b), enabled: chosen }));
  const swap = () => void navigate({ to: '/traces/compare', search: (old) => ({ ...old, a: b, b: a }), replace: true });
  const leave = () => void navigate({ to: '/traces', search: keepTime });
  const error = base.error ?? other.error;
  const gone = [...new Set([base, other].flatMap(({ data }, side) => (data === null ? [side === 0 ? a : b] : [])))];
  const [before, after] = [base.data, other.data];
  return (
    <>
      <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-4 py-2">
        <Link to="/traces" search={keepTime} aria-label="All traces" className="text-muted hover:text-ink">
          <ArrowLeft size={16} />
        </Link>
        <h1 className="text-base font-semibold">Compare traces</h1>
        <span className="flex-1" />
        {chosen && (
          <Button onClick={swap} title="Swap the two (s)">
            <ArrowLeftRight size={14} aria-hidden />
            Swap
          </Button>
        )}
      </header>
      {!chosen ? (
        <EmptyState
          icon={ArrowLeftRight}
          title="Two traces are needed"
          actions={<Button render={<Link to="/traces" search={keepTime} />}>Choose one, then the other</Button>}
        >
          A trace’s page has “Compare with…”, and the list of traces compares two that are selected.
        </EmptyState>
      ) : before && after ? (
        <ComparedTraces key={`${a} ${b}`} base={before} other={after} onSwap={swap} onLeave={leave} />
      ) : gone.length > 0 && !error ? (
        <EmptyState
          icon={ArrowLeftRight}
          title={
            gone.length === 2 ? 'Neither trace is here' : a === b ? 'The trace is not here' : 'One trace is not here'
          }
          actions={<Button render={<Link to="/traces" search={keepTime} />}>All traces</Button>}
        >
          {gone.map((traceId) => (
            <code key={traceId} className="block font-mono text-xs wrap-anywhere">
              {traceId.slice(0, 64)}
            </code>
          ))}
          {gone.length === 2 ? 'They' : 'It'} may be older than what is kept.
        </EmptyState>
      ) : (
        <PageBody>
          {error ? <ProblemCard problem={describeError(error)} /> : <Spinner label="Loading both traces" />}
        </PageBody>
      )}
    </>
  );
}
