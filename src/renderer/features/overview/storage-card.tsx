import { Link } from '@tanstack/react-router';
import type { HostStatus } from '../../../shared/contract/host';
import { formatAgo } from '../../../shared/format-ago';
import { formatBytes } from '../../../shared/format-bytes';
import { formatCount, formatShort } from '../../client/format-number';
import { useNow } from '../../client/use-now';
import { Section } from '../../ui/layout/section';
import { Meter } from '../../ui/marks/meter';

/** What is kept, how much of the two bounds is used, and what goes next. */
export function StorageCard({ storage }: { storage: HostStatus['storage'] }) {
  const now = useNow(10_000);
  const { stored, oldestAt } = storage;
  const ageHours = oldestAt === null ? 0 : (now - oldestAt) / 3_600_000;
  return (
    <Section
      title="Kept on this machine"
      aside={
        stored && (
          <Link to="/settings" className="text-xs text-accent underline-offset-2 hover:underline">
            Retention
          </Link>
        )
      }
    >
      <div className="grid gap-3 p-3">
        {stored ? (
          <>
            <Meter
              label="Disk"
              share={storage.diskBytes / storage.maxBytes}
              text={`${formatBytes(storage.diskBytes)} of ${formatBytes(storage.maxBytes)}`}
            />
            <Meter
              label="Age"
              share={ageHours / storage.maxAgeHours}
              text={
                oldestAt === null
                  ? `nothing kept, ${storage.maxAgeHours} h at most`
                  : `oldest ${formatAgo(oldestAt, now)}, ${storage.maxAgeHours} h at most`
              }
            />
            <dl className="grid grid-cols-4 gap-2 border-t border-line pt-2.5">
              <Total name="Spans" value={stored.spans} />
              <Total name="Log lines" value={stored.logs} />
              <Total name="Points" value={stored.points} />
              <Total name="Series" value={stored.series} />
            </dl>
            <p className="text-xs text-faint">
              Points and series are those sent and those that Watchtower derives from spans.
            </p>
          </>
        ) : (
          <p className="text-muted">
            {formatBytes(storage.diskBytes)} in {storage.dataDir}, for {storage.maxAgeHours} h.
          </p>
        )}
        <p className="text-xs text-muted tabular">
          {formatBytes(storage.residentBytes)} memory
          {storage.backlogBytes > 0 && ` · ${formatBytes(storage.backlogBytes)} waiting in the journal`}
        </p>
      </div>
    </Section>
  );
}

function Total({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="text-sm font-semibold tabular" title={formatCount(value)}>
        {formatShort(value)}
      </dd>
    </div>
  );
}
