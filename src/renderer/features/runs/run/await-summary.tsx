import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RunSummary } from '../../../../shared/runs/run-summary';
import { describeError } from '../../../client/describe-error';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Skeleton } from '../../../ui/layout/skeleton';

interface AwaitSummaryProps {
  summary: UseQueryResult<RunSummary>;
  children: (summary: RunSummary) => ReactNode;
}

/** What a summary shows; until it is there, that it comes or why it does not. */
export function AwaitSummary({ summary, children }: AwaitSummaryProps) {
  if (summary.data) return children(summary.data);
  if (summary.error) return <ProblemCard problem={describeError(summary.error)} />;
  return (
    <div role="status" aria-label="Loading the summary" className="grid gap-3">
      <Skeleton className="h-4 w-80" />
      <Skeleton className="h-24" />
      <Skeleton className="h-40" />
    </div>
  );
}
