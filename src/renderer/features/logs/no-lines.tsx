import { ScrollText } from 'lucide-react';
import { EmptyWindow, NearestWindows } from '../../page/kept/empty-window';
import { EmptyState } from '../../ui/layout/empty-state';
import { Spinner } from '../../ui/marks/spinner';
import { DemoInvitation } from '../demo/demo-invitation';
import { SendDemoData } from '../demo/send-demo-data';

/** In place of lines: that they come, or why there are none. */
export function NoLines({ loading, filtered, live }: { loading: boolean; filtered: boolean; live: boolean }) {
  if (loading) {
    return (
      <div className="flex-1 p-4">
        <Spinner />
      </div>
    );
  }
  if (filtered) {
    return (
      <EmptyState icon={ScrollText} title="No line matches in this window" actions={<NearestWindows />}>
        Widen the time window or remove a filter.{live && ' A line that matches appears here as it comes.'}
      </EmptyState>
    );
  }
  return (
    <EmptyWindow
      icon={ScrollText}
      signal="lines"
      title="No log lines in this window"
      first={{
        title: 'No log line was kept yet',
        children: (
          <>
            Lines appear here as they come. An app sends them with the logs exporter of its OpenTelemetry SDK: set{' '}
            <code className="font-mono text-xs">OTEL_LOGS_EXPORTER=otlp</code>.
            <DemoInvitation>To see it work now, send those of a small shop:</DemoInvitation>
          </>
        ),
        actions: <SendDemoData />,
      }}
    >
      {live && 'A new one appears here as it comes.'}
    </EmptyWindow>
  );
}
