import { connection } from '../client/contract-client';
import { useConnectionState } from '../client/use-connection-state';
import { Button } from '../ui/button';
import { HealthMark } from '../ui/health-mark';

/** Says when what the page shows is not live, and why. */
export function ConnectionBanner() {
  const state = useConnectionState();
  if (state !== 'lost' && state !== 'unauthorized') return null;
  return (
    <div role="status" className="flex items-center gap-2.5 border-b border-warn/40 bg-warn-soft px-3 py-1.5 text-sm">
      <HealthMark health={state === 'lost' ? 'busy' : 'warn'} />
      {state === 'lost' ? (
        <span>
          <b className="font-medium">Watchtower does not answer.</b> What you see is the last it said; connecting again
          by itself.
        </span>
      ) : (
        <span>
          <b className="font-medium">This page is not signed in.</b> Open the link that{' '}
          <code className="font-mono">watchtower serve</code> printed;{' '}
          <code className="font-mono">watchtower status</code> prints it again.
        </span>
      )}
      <Button size="sm" className="ml-auto" onClick={connection.retryNow}>
        Try now
      </Button>
    </div>
  );
}
