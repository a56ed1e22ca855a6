import { Link } from '@tanstack/react-router';
import type { HostStatus } from '../../../shared/contract/host';
import { describeBackend, serviceHealth } from '../../page/describe-backend';
import { Section } from '../../ui/layout/section';
import { Table, Td, Th } from '../../ui/layout/table';
import { HealthMark } from '../../ui/marks/health-mark';
import { CopyButton } from '../../ui/text/copy-button';

const words = { up: 'up', starting: 'starting', down: 'down' } as const;

/** What runs: each service with its health and where it answers. */
export function ServiceTable({ status }: { status: HostStatus }) {
  const { backend, word } = describeBackend(status);
  return (
    <Section
      title={`${backend}, ${word}`}
      aside={
        status.capabilities.services ? (
          <Link to="/stack" className="text-xs text-accent underline-offset-2 hover:underline">
            Services and logs
          </Link>
        ) : (
          status.capabilities.lifecycle && <span className="text-xs text-muted tabular">pid {status.pid}</span>
        )
      }
    >
      <Table>
        <thead>
          <tr>
            <Th>Service</Th>
            <Th>Health</Th>
            <Th>Answers at</Th>
            <Th className="w-8" aria-label="Copy" />
          </tr>
        </thead>
        <tbody>
          {status.services.map((service) => (
            <tr key={service.name} className="last:[&>td]:border-0">
              <Td className="font-medium whitespace-nowrap">{service.title}</Td>
              <Td>
                <span className="flex items-center gap-1.5 whitespace-nowrap">
                  <HealthMark health={serviceHealth(service.state)} size={10} />
                  {words[service.state]}
                  {service.detail && <span className="truncate text-muted">{service.detail}</span>}
                </span>
              </Td>
              <Td className="font-mono text-xs">
                {service.address ?? <span className="text-faint">{nowhere(status.capabilities)}</span>}
              </Td>
              <Td className="text-right">
                {service.address && <CopyButton text={service.address} what={`the address of ${service.title}`} />}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

/** Why a service has no address. */
function nowhere({ services, lifecycle }: HostStatus['capabilities']): string {
  if (services) return 'not yet';
  return lifecycle ? 'inside the engine' : 'not set';
}
