import { Link } from '@tanstack/react-router';
import type { HostStatus } from '../../../shared/contract/host';
import { formatBytes } from '../../../shared/format-bytes';
import { Facts } from '../../ui/layout/facts';
import { Section } from '../../ui/layout/section';

/** What is kept by programs that run apart, as far as it is known, or why nothing is. */
export function VolumeCard({ status }: { status: HostStatus }) {
  const { keptAt, storage, capabilities } = status;
  if (storage.dataDir === '') {
    return (
      <Section title={`Kept ${keptAt.where}`}>
        <p className="p-3 text-muted">{capabilities.because.storage}</p>
      </Section>
    );
  }
  return (
    <Section
      title={`Kept ${keptAt.where}`}
      aside={
        // What a cluster of somebody else holds is never deleted from here.
        keptAt.here && (
          <Link to="/stack" className="text-xs text-accent underline-offset-2 hover:underline">
            Delete
          </Link>
        )
      }
    >
      <Facts
        facts={[
          { name: 'Where', value: storage.dataDir },
          { name: 'Disk', value: storage.diskBytes > 0 ? formatBytes(storage.diskBytes) : 'not measured' },
          { name: 'For at most', value: `${storage.maxAgeHours} h` },
          ...(storage.residentBytes > 0
            ? [{ name: 'Memory', value: `${formatBytes(storage.residentBytes)}, all containers` }]
            : []),
        ]}
      />
    </Section>
  );
}
