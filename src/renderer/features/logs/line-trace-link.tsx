import { Activity } from 'lucide-react';

/** To the trace of a log line, for the pointer: the page has a key for it. */
export function LineTraceLink({ traceId, onOpen }: { traceId: string; onOpen: () => void }) {
  return (
    <a
      href={`/traces/${traceId}`}
      aria-label="Open the trace"
      title="Open the trace"
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onOpen();
      }}
      className="shrink-0 text-faint hover:text-accent"
    >
      <Activity size={13} />
    </a>
  );
}
