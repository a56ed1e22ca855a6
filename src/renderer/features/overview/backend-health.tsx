import { Link } from '@tanstack/react-router';
import type { HostStatus } from '../../../shared/contract/host';
import { describeBackend, serviceHealth } from '../../page/describe-backend';
import { HealthMark } from '../../ui/marks/health-mark';

/** What runs behind the ports, in one line: each part with its health. Where it answers stands under Endpoints. */
export function BackendHealth({ status }: { status: HostStatus }) {
  const { backend, word, health } = describeBackend(status);
  return (
    <section
      aria-label="Backend"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-surface px-3 py-2"
    >
      <span className="flex items-center gap-1.5 font-semibold">
        <HealthMark health={health} size={10} />
        {backend}, {word}
      </span>
      {status.services.map((service) => (
        <span key={service.name} className="flex items-center gap-1.5 text-muted" title={service.detail}>
          <HealthMark health={serviceHealth(service.state)} label={service.state} size={8} />
          {service.title}
          {service.state !== 'up' && ` ${service.state}`}
        </span>
      ))}
      <Link to="/stack" className="ml-auto text-xs text-accent underline-offset-2 hover:underline">
        {status.capabilities.services ? 'Services and logs' : 'Stack'}
      </Link>
    </section>
  );
}
