import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../ui/controls/button';
import { ProblemCard } from '../ui/layout/problem-card';

/** A page that broke: the frame around it stays. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <div className="p-4">
      <ProblemCard
        problem={{
          kind: 'page-broke',
          message: 'This page broke. That is a bug in Watchtower.',
          hint: 'Your telemetry is not touched. Trying again often helps; the details belong in a report.',
          details: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }}
        action={<Button onClick={reset}>Try again</Button>}
      />
    </div>
  );
}
