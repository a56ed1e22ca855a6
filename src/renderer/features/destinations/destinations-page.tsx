import { PageHeader } from '../../app/page-header';
import { formatBytes } from '../../client/format-number';
import { useHostStatus } from '../../client/use-host-status';
import { Facts } from '../../ui/facts';
import { HealthMark } from '../../ui/health-mark';
import { Section } from '../../ui/section';

/** Where telemetry goes: in this version, the local store alone. */
export function DestinationsPage() {
  const status = useHostStatus();
  return (
    <>
      <PageHeader title="Destinations">
        <span className="text-muted">Where the telemetry that arrives here goes.</span>
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <div className="mx-auto grid max-w-3xl gap-4">
          <Section
            title="This machine"
            aside={
              <span className="flex items-center gap-1.5 text-xs text-muted">
                <HealthMark health={status?.state === 'ready' ? 'ok' : 'busy'} size={10} /> always on
              </span>
            }
          >
            <Facts
              facts={[
                {
                  name: 'Kept in',
                  value: <code className="font-mono text-xs">{status?.storage.dataDir ?? '…'}</code>,
                  copy: status?.storage.dataDir,
                },
                {
                  name: 'Kept for',
                  value: status
                    ? `${status.storage.maxAgeHours} h, at most ${formatBytes(status.storage.maxBytes)}`
                    : '…',
                },
                { name: 'Used', value: status ? formatBytes(status.storage.diskBytes) : '…' },
              ]}
            />
          </Section>
          <Section
            title="Cloud"
            aside={
              <span className="flex items-center gap-1.5 text-xs text-muted">
                <HealthMark health="off" size={10} /> nothing leaves this machine
              </span>
            }
          >
            <p className="p-3 text-muted">
              Sending a copy to a cloud backend (any OTLP/HTTP endpoint, Sumo Logic, Grafana Cloud) comes with the next
              release. This version opens no connection to anything but this machine.
            </p>
          </Section>
        </div>
      </div>
    </>
  );
}
