import { Link } from '@tanstack/react-router';
import { Activity, Terminal } from 'lucide-react';
import { Button } from '../../../ui/controls/button';
import { EmptyState } from '../../../ui/layout/empty-state';
import { Spinner } from '../../../ui/marks/spinner';
import { DemoInvitation } from '../../demo/demo-invitation';
import { SendDemoData } from '../../demo/send-demo-data';

interface NoTracesProps {
  searching: boolean;
  filtered: boolean;
  live: boolean;
  onClear: () => void;
}

/** In place of the list: why it is empty, and how it fills. */
export function NoTraces({ searching, filtered, live, onClear }: NoTracesProps) {
  if (searching) {
    return (
      <div className="p-6">
        <Spinner label="Searching" />
      </div>
    );
  }
  if (filtered) {
    return (
      <EmptyState
        icon={Activity}
        title="No trace matches"
        actions={<Button onClick={onClear}>Clear the filters</Button>}
      >
        {live
          ? 'New ones appear here as soon as they match.'
          : 'A longer time window or fewer conditions may find some.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Terminal}
      title={live ? 'Waiting for the first trace' : 'No traces in this time window'}
      actions={
        <>
          <Button tone="primary" render={<Link to="/connect" />}>
            Connect an app
          </Button>
          <SendDemoData />
        </>
      }
    >
      {live
        ? 'Point an app at the OTLP endpoint and its traces appear here by themselves.'
        : 'Choose a longer window, or connect an app.'}
      <DemoInvitation>To see it work now, send the traces of a small shop:</DemoInvitation>
    </EmptyState>
  );
}
