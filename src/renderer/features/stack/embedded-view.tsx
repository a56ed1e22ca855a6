import { useMutation } from '@tanstack/react-query';
import { Play, RotateCw } from 'lucide-react';
import type { HostStatus } from '../../../shared/contract/host';
import { formatAgo } from '../../../shared/format-ago';
import { formatBytes } from '../../../shared/format-bytes';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { formatDateTime } from '../../client/format-time';
import { useNow } from '../../client/use-now';
import { describeBackend } from '../../page/describe-backend';
import { Button } from '../../ui/controls/button';
import { Facts } from '../../ui/layout/facts';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Section } from '../../ui/layout/section';
import { ServiceTable } from './service-table';

/** The embedded engine: its services, its process, its data. */
export function EmbeddedView({ status }: { status: HostStatus }) {
  const now = useNow(1000);
  const restart = useMutation(orpc.host.restart.mutationOptions());
  const start = useMutation(orpc.host.start.mutationOptions());
  const { storage } = status;
  const rests = status.state === 'stopped' || status.state === 'failed';
  const action = rests ? start : restart;
  return (
    <>
      {action.isError && <ProblemCard problem={describeError(action.error)} />}
      <ServiceTable status={status} />
      <Section
        title="Process and data"
        aside={
          <Button size="sm" disabled={action.isPending} onClick={() => action.mutate(undefined)}>
            {rests ? (
              <Play size={13} aria-hidden />
            ) : (
              <RotateCw size={13} className={restart.isPending ? 'animate-spin' : ''} aria-hidden />
            )}
            {rests ? 'Start the engine' : restart.isPending ? 'Restarting' : 'Restart the engine'}
          </Button>
        }
      >
        <Facts
          facts={[
            { name: 'State', value: describeBackend(status).word },
            {
              name: 'Running since',
              value: `${formatDateTime(status.startedAt)}, ${formatAgo(status.startedAt, now)}`,
            },
            { name: 'Memory', value: `${formatBytes(storage.residentBytes)} resident` },
            {
              name: 'Data folder',
              value: <code className="font-mono text-xs">{storage.dataDir}</code>,
              copy: storage.dataDir,
            },
            { name: 'Disk', value: `${formatBytes(storage.diskBytes)} of ${formatBytes(storage.maxBytes)}` },
            {
              name: 'Waiting',
              value: `${formatBytes(storage.backlogBytes)} in the journal, safe on disk, not yet in the database`,
            },
            { name: 'Host', value: `Watchtower ${status.version}, ${status.host}` },
          ]}
        />
      </Section>
    </>
  );
}
