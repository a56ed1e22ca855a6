import { Link } from '@tanstack/react-router';

const look = 'text-accent underline-offset-2 hover:underline';

/** From a service to what it sent. */
export function ServiceLinks({ service, traces, logs }: { service: string; traces: boolean; logs: boolean }) {
  return (
    <span className="text-xs whitespace-nowrap">
      {traces && (
        <Link to="/traces" search={{ service }} className={look}>
          traces
        </Link>
      )}
      {traces && logs && <span className="text-faint"> · </span>}
      {logs && (
        <Link to="/logs" search={{ service }} className={look}>
          logs
        </Link>
      )}
      {!traces && !logs && (
        <Link
          to="/metrics"
          search={{ q: `{service_name=${JSON.stringify(service)}, __name__!~"target_info"}` }}
          className={look}
        >
          metrics
        </Link>
      )}
    </span>
  );
}
