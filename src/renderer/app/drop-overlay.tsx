import { FileUp } from 'lucide-react';
import { useCanSend } from '../page/use-can-send';

/** Over everything while files are held over the panel: what letting go will do. */
export function DropOverlay() {
  const canSend = useCanSend();
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-3 z-50 flex flex-col items-center justify-center gap-2 rounded-lg border-2 border-dashed border-accent bg-canvas/90 text-center"
    >
      <FileUp size={28} aria-hidden className="text-accent" />
      <p className="text-base font-semibold">{canSend ? 'Let go to import' : 'Nothing can be imported here'}</p>
      <p className="max-w-md text-sm text-muted">
        {canSend
          ? 'Spans, log lines and points of files of OTLP JSON go to the backend and its destinations, as if an app had sent them.'
          : 'This backend only answers queries: no address that takes telemetry is known.'}
      </p>
    </div>
  );
}
