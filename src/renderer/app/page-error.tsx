import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { connection } from '../client/contract-client';
import { PartNotLoaded } from '../client/loading/load-part';
import { Button } from '../ui/controls/button';
import { NotLoaded } from '../ui/layout/not-loaded';
import { ProblemCard } from '../ui/layout/problem-card';
import { Spinner } from '../ui/marks/spinner';
import { mayReload } from './may-reload';

/** A page that broke, or that could not be loaded: the frame around it stays. */
export function PageError({ error, reset }: ErrorComponentProps) {
  if (error instanceof PartNotLoaded) return <PageNotLoaded error={error} reset={reset} />;
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

/** Loads the whole panel again at this address, once: a browser may hold on to a failed file for as long as the page lives. */
function PageNotLoaded({ error, reset }: { error: PartNotLoaded; reset: () => void }) {
  const [stays, setStays] = useState(false);
  useEffect(() => {
    const answers = connection.state === 'open' || connection.state === 'http';
    if (answers && mayReload()) window.location.reload();
    else setStays(true);
  }, []);
  return (
    <div className="p-4">
      {stays ? <NotLoaded error={error} what="This page" reset={reset} /> : <Spinner label="Loading it again" />}
    </div>
  );
}
