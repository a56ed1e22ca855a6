import { Link } from '@tanstack/react-router';
import type { HostStatus } from '../../../shared/contract/host';
import { formatBytes } from '../../../shared/format-bytes';
import { Facts } from '../../ui/layout/facts';
import { Section } from '../../ui/layout/section';

/** What the Docker stack keeps: its programs tell no more than the size. */
export function VolumeCard({ storage }: { storage: HostStatus['storage'] }) {
  return (
    <Section
      title="Kept on this machine"
      aside={
        <Link to="/stack" className="text-xs text-accent underline-offset-2 hover:underline">
          Delete
        </Link>
      }
    >
      <Facts
        facts={[
          { name: 'Where', value: storage.dataDir },
          { name: 'Disk', value: storage.diskBytes > 0 ? formatBytes(storage.diskBytes) : 'not measured yet' },
          { name: 'For at most', value: `${storage.maxAgeHours} h` },
          { name: 'Memory', value: `${formatBytes(storage.residentBytes)}, all containers` },
        ]}
      />
    </Section>
  );
}
