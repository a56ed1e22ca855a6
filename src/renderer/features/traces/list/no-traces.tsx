import { Link } from '@tanstack/react-router';
import { Activity, Terminal } from 'lucide-react';
import { EmptyWindow, NearestWindows } from '../../../page/kept/empty-window';
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
        actions={
          <>
            <Button onClick={onClear}>Clear the filters</Button>
            <NearestWindows />
          </>
        }
      >
        {live
          ? 'New ones appear here as soon as they match.'
          : 'A longer time window or fewer conditions may find some.'}
      </EmptyState>
    );
  }
  return (
    <EmptyWindow
      icon={Terminal}
      signal="spans"
      title="No traces in this time window"
      first={{
        title: live ? 'Waiting for the first trace' : 'No trace was kept yet',
        children: (
          <>
            Point an app at the OTLP endpoint and its traces appear here{live && ' by themselves'}.
            <DemoInvitation>To see it work now, send the traces of a small shop:</DemoInvitation>
          </>
        ),
        actions: (
          <>
            <Button tone="primary" render={<Link to="/connect" />}>
              Connect an app
            </Button>
            <SendDemoData />
          </>
        ),
      }}
    >
      {live && 'A new one appears here as it comes.'}
    </EmptyWindow>
  );
}
